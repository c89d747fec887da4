"""What ODS said of Harrow in December 2019 beside what its committee had approved in May."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.people.models import FormerDetail, Organisation, User
from registry.models import PCN, FileStatement, Membership, PCNMatch
from tests.demo import played, undone
from tests.registry.imports.importing import december, february, kinds, lines, members_on, tables

DAY, LIVE = date(2019, 12, 31), date(2019, 7, 1)
CODES = {
    "Health Alliance PCN": "U60450",
    "Sphere PCN": "U89806",
    "Harrow Collaborative PCN": "U10339",
    "Harrow East PCN": "U51050",
    "Healthsense PCN": "U84846",
    "GP Direct PCN": None,
}

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def users(django_db_setup: Any, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    with played(django_db_blocker, DAY) as users, clock.at(DAY):
        yield users


@pytest.fixture(autouse=True)
def taken_back(users: Any) -> Iterator[None]:
    with undone():
        yield


def harrow_in_july() -> set[tuple[Any, ...]]:
    members = Membership.objects.on(LIVE).filter(case__commissioner__code="08E")
    return set(members.values_list("practice__organisation__code", "pcn__organisation__name", "starts_on"))


def codes() -> dict[str, str | None]:
    return dict(Organisation.objects.filter(pcn__commissioner__code="08E").values_list("name", "code"))


def test_five_of_harrows_six_pcns_get_their_codes_and_none_is_doubled():
    _run, plan = december(accept_matches=True, codes=("08E",))
    assert codes() == CODES
    assert kinds(plan) == {"matched": 5, "beside": 3, "unchanged": 35}


def test_as_at_1_july_2019_there_are_still_six_pcns_and_33_practices_without_a_code():
    before = harrow_in_july()
    december(accept_matches=True)
    assert harrow_in_july() == before
    assert (len(before), len({pcn for _, pcn, _ in before})) == (33, 6)
    former = FormerDetail.objects.filter(what="code", organisation__pcn__commissioner__code="08E")
    assert set(former.values_list("value", "until")) == {("", date(2019, 10, 1))}


def test_three_practices_stand_elsewhere_in_the_file_and_it_is_kept_beside():
    december(accept_matches=True, codes=("08E",))
    said = FileStatement.objects.standing().filter(what="membership")
    assert set(said.values_list("organisation__code", "value", "label", "starts_on")) == {
        ("E84058", "U89806", "SPHERE PCN", date(2019, 10, 1)),
        ("E84005", "U10339", "HARROW COLLABORATIVE PCN", date(2019, 10, 1)),
        ("E84062", "U10339", "HARROW COLLABORATIVE PCN", date(2019, 10, 1)),
    }


def test_an_earlier_local_start_is_no_conflict():
    december(accept_matches=True, codes=("08E",))
    honeypot = Membership.objects.standing().get(practice__organisation__code="E84039")
    assert (honeypot.starts_on, honeypot.source.kind) == (LIVE, "document")
    assert not FileStatement.objects.filter(organisation__code="E84039").exists()


def test_a_second_run_changes_nothing_with_matches_accepted_or_waiting():
    for accepted in (False, True):
        december(accept_matches=accepted)
        before = tables()
        run, plan = december(accept_matches=accepted)
        assert (run, plan.is_empty) == (None, True)
        assert tables() == before


def test_until_somebody_decides_the_pcn_is_not_made_and_its_members_wait_beside():
    december(codes=("08E",))
    assert set(codes().values()) == {None}
    assert not Organisation.objects.filter(code__in=[code for code in CODES.values() if code]).exists()
    assert PCNMatch.objects.filter(is_accepted=None).count() == 5
    assert FileStatement.objects.standing().filter(what="membership").count() == 33


def test_a_later_run_accepts_what_an_earlier_one_only_proposed():
    december(codes=("08E",))
    december(codes=("08E",), accept_matches=True)
    assert codes() == CODES
    assert PCNMatch.objects.filter(is_accepted=True).count() == 5
    assert FileStatement.objects.standing().filter(what="membership").count() == 3


def test_a_pcn_that_shares_a_practice_and_no_name_is_not_proposed():
    """GP Direct's own practice stands in Sphere in the file; its two others in Harrow Collaborative."""
    december(codes=("08E",))
    assert not PCNMatch.objects.filter(pcn__organisation__name="GP Direct PCN").exists()


def test_havering_calls_its_pcns_otherwise_so_that_a_person_is_asked():
    december(accept_matches=True, codes=("08F",))
    waiting = PCNMatch.objects.filter(is_accepted=None, pcn__commissioner__code="08F")
    assert set(waiting.values_list("pcn__organisation__name", "name", "has_same_name")) == {
        ("Marshall Primary Care Network", "HAVERING MARSHALL PCN", False),
        ("North Primary Care Network", "HAVERING NORTH PCN", False),
        ("South Primary Care Network", "HAVERING SOUTH PCN", False),
    }
    assert Organisation.objects.get(code="U29424").name == "Havering Crest Primary Care Network"


def test_february_2022_after_it_leaves_what_was_approved_as_it_was():
    december(accept_matches=True)
    before = harrow_in_july()
    february(accept_matches=True)
    assert harrow_in_july() == before
    assert members_on(date(2022, 2, 25), practice__organisation__code="E84058") != set()
    assert PCN.objects.filter(organisation__code="U89806").count() == 1
    assert Organisation.objects.get(code="U89806").name == "Sphere PCN"


def test_a_pcn_that_is_not_in_the_register_is_made():
    _run, plan = february()
    assert ("U65725", "PCN", "", "") in lines(plan, "new")
    assert PCN.objects.get(organisation__code="U65725").commissioner.name == "NHS HULL CCG"


def test_what_a_commissioner_ended_stays_ended():
    december(accept_matches=True, codes=("08E",))
    honeypot = Membership.objects.standing().get(practice__organisation__code="E84039")
    Membership.objects.filter(pk=honeypot.pk).update(ends_on=date(2021, 1, 1))
    february(codes=("08E",))
    assert members_on(date(2022, 1, 1), practice__organisation__code="E84039") == set()
    said = FileStatement.objects.standing().get(organisation__code="E84039", what="membership")
    assert (said.value, said.ends_on) == ("U51050", None)
