"""On the morning of the committee there are forms and no memberships: a file matches them and writes none."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.people.models import Organisation, User
from registry.models import FileStatement, Membership, PCNMatch
from tests.demo import played, undone
from tests.registry.imports.importing import december

MORNING = date(2019, 5, 20)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def users(django_db_setup: Any, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    with played(django_db_blocker, MORNING) as users:
        yield users


@pytest.fixture(autouse=True)
def taken_back(users: Any) -> Iterator[None]:
    with undone(), clock.at(MORNING):
        december(accept_matches=True, codes=("08E",))
        yield


def test_five_pcns_are_matched_by_the_members_that_their_forms_name():
    assert PCNMatch.objects.filter(is_accepted=True).count() == 5
    assert Organisation.objects.get(code="U89806").name == "Sphere PCN"


def test_no_membership_is_written_where_a_form_stands():
    assert not Membership.objects.filter(practice__commissioner__code="08E").exists()


def test_only_what_differs_from_a_form_is_kept_beside():
    said = FileStatement.objects.standing().filter(what="membership")
    assert set(said.values_list("organisation__code", flat=True)) == {"E84058", "E84005", "E84062"}


def test_a_second_run_changes_nothing():
    run, plan = december(accept_matches=True, codes=("08E",))
    assert (run, plan.is_empty) == (None, True)
