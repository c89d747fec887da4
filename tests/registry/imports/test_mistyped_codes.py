"""A PCN whose code was mistyped or corrected is not doubled by a file, and a twin that stands gives way."""

from datetime import date
from typing import Any

import pytest

from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.people.models import FormerDetail, Organisation
from registry.models import PCN, Membership, PCNMatch
from registry.workflow import register as verbs
from registry.workflow.matching import confirm_match, reject_match
from tests import factories as make
from tests.claims import refused
from tests.harrow import EAST, Harrow
from tests.reading import signed_in
from tests.registry.imports.importing import december, members_on, tables
from tests.registry.imports.test_matching import OPENED, held

pytestmark = pytest.mark.django_db
RIGHT, SLIP, NOVEMBER = "U51050", "U51051", date(2019, 11, 1)


@pytest.fixture(autouse=True)
def _day():
    with clock.at(date(2019, 12, 9)):
        yield


@pytest.fixture
def why(harrow: Harrow) -> dict[str, Any]:
    return {"by": harrow.user("officer"), "source": harrow.report, "reason": "A letter says so."}


@pytest.fixture
def east(harrow: Harrow) -> PCN:
    return held(harrow, "Harrow East PCN", list(EAST)[:2])


@pytest.fixture
def mistyped(east: PCN, why: dict[str, Any]) -> PCN:
    verbs.code_pcn(east, code=SLIP, on=NOVEMBER, **why)
    return east


def code_of(pcn: PCN) -> str | None:
    return Organisation.objects.get(pk=pcn.pk).code


def spans(pcn: PCN) -> list[tuple[str, date | None]]:
    return [(span.value, span.starts_on) for span in verbs.spans_of(pcn.organisation, "code")]


def twins() -> list[str | None]:
    rows = PCN.objects.filter(organisation__name__iexact="harrow east pcn")
    return sorted((row.organisation.code or "" for row in rows), key=str)


def correct(pcn: PCN, why: dict[str, Any], value: str) -> None:
    change = FormerDetail.objects.filter(organisation=pcn.pk, what="code").latest("until")
    verbs.correct_detail(change, value=value, on=NOVEMBER, **why)
    pcn.refresh_from_db()


def test_a_mistyped_code_is_proposed_to_be_the_files_and_nothing_is_doubled(harrow, mistyped):
    december(accept_matches=True)
    match = PCNMatch.objects.get(pcn=mistyped)
    assert (match.code, match.is_accepted, twins()) == (RIGHT, None, [SLIP])
    before = tables()
    assert december()[0] is None
    assert tables() == before


def test_confirmed_it_corrects_the_code_and_keeps_the_wrong_one_readable(harrow, mistyped, why):
    december()
    confirm_match(PCNMatch.objects.get(pcn=mistyped), by=why["by"], seen=0)
    mistyped = PCN.objects.get(pk=mistyped.pk)
    assert (twins(), spans(mistyped)) == ([RIGHT], [("", None), (RIGHT, OPENED)])
    assert FormerDetail.every.filter(organisation=mistyped.pk, is_withdrawn=True, what="code").exists()
    event = Event.objects.get(verb="correct_code")
    assert event.changes["code"] == [SLIP, RIGHT]
    assert members_on(OPENED, pcn=mistyped) == {(code, RIGHT) for code in EAST}
    assert december()[0] is None


def test_rejected_both_stand(harrow, mistyped, why):
    december()
    reject_match(PCNMatch.objects.get(pcn=mistyped), by=why["by"], seen=0, reason="They are two.")
    assert twins() == [RIGHT, SLIP]
    before = tables()
    assert december()[0] is None
    assert tables() == before


def test_a_code_that_was_confirmed_and_then_corrected_is_asked_again_and_its_members_stay(harrow, east, why):
    december()
    confirm_match(PCNMatch.objects.get(pcn=east), by=why["by"], seen=0)
    east.refresh_from_db()
    correct(east, why, SLIP)
    members = members_on(NOVEMBER, pcn=east)
    december(accept_matches=True)
    match = PCNMatch.objects.get(pcn=east)
    assert (match.is_accepted, twins()) == (None, [SLIP])
    assert members_on(NOVEMBER, pcn=east) == members
    confirm_match(match, by=why["by"], seen=match.version)
    assert (code_of(east), twins()) == (RIGHT, [RIGHT])
    assert members_on(NOVEMBER, pcn=east) == {(code, RIGHT) for code in EAST}
    assert Membership.objects.standing().filter(practice__organisation__code="E84014").count() == 1
    december()
    assert members_on(NOVEMBER, pcn=east) == {(code, RIGHT) for code in EAST}


def test_a_code_of_another_pcn_of_other_name_and_members_is_not_proposed(harrow, why):
    pcn = held(harrow, "Another network", list(EAST)[:1])
    verbs.code_pcn(pcn, code="U99999", on=NOVEMBER, **why)
    december()
    assert not PCNMatch.objects.filter(pcn=pcn).exists()
    assert Organisation.objects.filter(code=RIGHT).exists()


def twin(east: PCN, why: dict[str, Any]) -> PCN:
    """What the file made where somebody said that they are two."""
    december()
    reject_match(PCNMatch.objects.get(pcn=east), by=why["by"], seen=0, reason="They are two.")
    return PCN.objects.get(organisation__code=RIGHT)


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_twin_on_which_nothing_was_built_gives_its_code_back(harrow, mistyped, why, is_closed):
    made = twin(mistyped, why)
    if is_closed:
        verbs.close_pcn(made, on=date(2019, 12, 5), **why)
    correct(mistyped, why, RIGHT)
    assert (code_of(mistyped), twins()) == (RIGHT, [RIGHT])
    assert not PCN.objects.filter(pk=made.pk).exists()
    assert PCNMatch.objects.get(pcn=mistyped).is_accepted
    event = Event.objects.get(verb="withdraw_twin")
    assert (event.changes["code"], event.reason) == (RIGHT, why["reason"])
    december()
    assert twins() == [RIGHT]
    assert members_on(NOVEMBER, pcn=mistyped) == {(code, RIGHT) for code in EAST}


def test_a_twin_gives_way_to_one_without_a_code_too(harrow, east, why):
    twin(east, why)
    verbs.code_pcn(east, code=RIGHT, on=NOVEMBER, **why)
    assert (code_of(east), twins()) == (RIGHT, [RIGHT])


def test_a_twin_on_which_something_was_built_stays(harrow, mistyped, why):
    made = twin(mistyped, why)
    verbs.appoint_director(made, name="Dr Meena Thakur", on=NOVEMBER, **why)
    with refused("1 clinical director would be lost", "code"):
        correct(mistyped, why, RIGHT)
    assert twins() == [RIGHT, SLIP]


def test_the_code_of_another_pcn_is_still_refused(harrow, why):
    december()
    other = make.PCNFactory.create(name="Sphere Network")
    with refused("U51050 is the code of HARROW EAST PCN", "code"):
        verbs.code_pcn(other, code=RIGHT, on=NOVEMBER, **why)


def test_a_code_that_was_withdrawn_is_given_back_and_to_no_rival_of_another_name(harrow, east, why):
    rival = held(harrow, "GP Direct PCN", list(EAST)[2:])
    december()
    match = PCNMatch.objects.get(pcn=east)
    confirm_match(match, by=why["by"], seen=0)
    given = FormerDetail.objects.get(organisation=east.pk, what="code")
    verbs.withdraw_detail(given, by=why["by"], reason="A slip.")
    december()
    assert not PCNMatch.objects.filter(pcn=rival, is_accepted__isnull=True).exists()
    east.refresh_from_db()
    verbs.code_pcn(PCN.objects.get(pk=east.pk), code=RIGHT, on=NOVEMBER, **why)
    match.refresh_from_db()
    assert (code_of(east), match.is_accepted) == (RIGHT, True)


def test_an_address_by_code_in_any_case_leads_to_its_own(harrow, mistyped):
    client = signed_in(harrow.user("officer"))
    own, day = mistyped.get_absolute_url(), "?as_at=2019-11-01"
    for typed in (SLIP, SLIP.lower()):
        assert client.get(f"/pcns/{typed}/").headers["Location"] == own
        assert client.get(f"/pcns/{typed}/{day}").headers["Location"] == f"{own}{day}"
    practice = next(iter(EAST))
    harrow.practice(practice)
    assert client.get(f"/practices/{practice.lower()}/").headers["Location"] == f"/practices/{practice}/"
    for missing in ("/pcns/U00000/", "/practices/e00000/", "/practices/e84%00/"):
        assert client.get(missing).status_code == 404
    assert client.post(f"/pcns/{SLIP}/").status_code in (404, 405)


def test_the_match_page_says_that_the_code_is_not_known(harrow, mistyped):
    december()
    match = PCNMatch.objects.get(pcn=mistyped)
    page = signed_in(harrow.user("officer")).get(match.get_absolute_url()).content.decode()
    assert "a code that the file does not know" in page
