"""What is remembered is what the verbs wrote; whatever else was written makes it unknown."""

import time

import pytest
from django.db import transaction

from pcnportal.history import triggers
from pcnportal.people.models import Organisation
from registry.models import Case, Status
from tests import factories as make
from tests import steps
from tests.claims import everything
from tests.harrow import settle
from tests.remembered import MEMORY, forget, known, read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("bring", [steps.drafted, steps.recommended, steps.information_requested, steps.live])
def test_what_is_put_back_is_what_the_verbs_wrote(bring):
    found = []
    for _ in range(2):
        with transaction.atomic():
            case = bring(settle())
            found.append((everything(), case.version, case.status, case.commissioner))
            transaction.set_rollback(True)
    assert found[0] == found[1]


def test_one_after_the_other_is_put_back_and_goes_on():
    for _ in range(2):
        with transaction.atomic():
            harrow = settle()
            first, second = steps.approved(harrow), steps.before_committee(harrow, "Harrow East PCN")
            assert known()
            assert (first.status, second.status) == (Status.APPROVED, Status.BEFORE_COMMITTEE)
            steps.do(harrow, second, "approve", "secretary", reasons=steps.REASONS, **harrow.quorum)
            assert known() is None
            assert set(Case.objects.values_list("status", flat=True)) == {Status.APPROVED}
            transaction.set_rollback(True)


def test_what_is_written_past_it_is_noticed():
    harrow = settle()
    settled = known()
    assert settled
    assert settled.rows == read()
    with transaction.atomic():
        make.OrganisationFactory.create(name="NHS Brent CCG", code="07P")
        assert known() is None
        transaction.set_rollback(True)
    assert known() is settled
    Organisation.objects.filter(code="08F").update(name="NHS Havering")
    assert known() is None
    assert steps.drafted(harrow).pk
    assert known() is None


def test_a_database_that_holds_something_is_settled_anew():
    make.OrganisationFactory.create(name="NHS Brent CCG", code="07P")
    assert settle().ccg.pk
    assert known() is None


def test_what_put_back_something_old_is_no_younger(monkeypatch):
    """Else events come back after the database takes them no more."""
    forget()
    begun = time.monotonic()
    for later, bring in ((0, steps.under_review), (150, steps.recommended)):
        monkeypatch.setattr("tests.remembered.time.monotonic", lambda later=later: begun + later)
        with transaction.atomic():
            bring(settle())
            transaction.set_rollback(True)
    whole = [kept for key, kept in MEMORY.kept.items() if key[2] == "recommended"]
    assert [kept.at for kept in whole] == [begun]
    forget()


def test_what_is_old_is_put_back_as_it_was_and_the_database_takes_no_old_event_afterwards(monkeypatch):
    forget()
    begun, found = time.monotonic(), []
    for later in (0, 10_000):
        monkeypatch.setattr("tests.remembered.time.monotonic", lambda later=later: begun + later)
        with transaction.atomic():
            steps.approved(settle())
            found.append(everything())
            assert triggers.installed()
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert triggers.installed()
    forget()
