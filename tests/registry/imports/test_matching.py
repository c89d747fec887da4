"""A person says whether a file's PCN is the one that is held without a code."""

from datetime import date
from typing import Any

import pytest

from pcnportal.history.models import Event
from pcnportal.people.models import FormerDetail, Organisation, Succession
from pcnportal.refusals import NotAllowed, Stale
from registry.imports.held import Held
from registry.imports.matching import name_of
from registry.models import PCN, FileStatement, Membership, PCNMatch, PCNPeriod
from registry.workflow.matching import confirm_match, reject_match
from tests import factories as make
from tests.claims import refused
from tests.harrow import EAST, GP_DIRECT, Harrow
from tests.registry.imports.importing import DECEMBER, december, february, members_on, tables

pytestmark = pytest.mark.django_db
LIVE, OPENED = date(2019, 7, 1), date(2019, 10, 1)


def held(harrow: Harrow, name: str, codes: Any) -> PCN:
    """A PCN without a code whose members a document gives."""
    pcn = make.PCNFactory.create(name=name)
    for code in codes:
        Membership.objects.create(
            practice=harrow.practice(code), pcn=pcn, starts_on=LIVE, source=harrow.report
        )
    return pcn


@pytest.fixture
def east(harrow: Harrow) -> PCNMatch:
    """Harrow East, held with two of its three practices, and the file's row that is proposed to be it."""
    pcn = held(harrow, "Harrow East Network", list(EAST)[:2])
    december()
    return PCNMatch.objects.get(pcn=pcn)


def confirm(match: PCNMatch, by: Any) -> None:
    confirm_match(match, by=by, seen=match.version)


def test_it_is_proposed_with_the_overlap(east):
    assert (east.code, east.shared, east.held, east.named) == ("U51050", 2, 2, 3)
    assert (east.has_same_name, east.has_same_commissioner, east.is_accepted) == (False, True, None)
    assert not Organisation.objects.filter(code="U51050").exists()


def test_confirmed_it_gets_its_code_from_the_day_that_ods_opened_it(harrow, east):
    confirm(east, harrow.user("officer"))
    assert Organisation.objects.get(code="U51050").pcn == east.pcn
    former = FormerDetail.objects.get(organisation=east.pcn.organisation, what="code")
    assert (former.value, former.until) == ("", OPENED)


def test_what_waited_beside_it_is_agreed_or_written(harrow, east):
    confirm(east, harrow.user("officer"))
    on = {"pcn": east.pcn}
    assert members_on(LIVE, **on) == {("E84039", "U51050"), ("E84075", "U51050")}
    assert members_on(OPENED, **on) == {(code, "U51050") for code in EAST}
    assert not FileStatement.objects.standing().filter(value="U51050").exists()
    bacon_lane = Membership.objects.get(practice__organisation__code="E84014")
    assert (bacon_lane.starts_on, bacon_lane.source) == (OPENED, east.run.source)


def test_a_practice_that_stands_elsewhere_stays_beside(harrow):
    pcn = held(harrow, "Harrow East PCN", list(EAST)[:2])
    held(harrow, "GP Direct PCN", [*GP_DIRECT, "E84014"])
    december()
    confirm(PCNMatch.objects.get(pcn=pcn), harrow.user("officer"))
    said = FileStatement.objects.standing().filter(value="U51050")
    assert [row.organisation.code for row in said] == ["E84014"]


def test_the_history_says_who_gave_it_the_code(harrow, east):
    confirm_match(east, by=harrow.user("manager"), seen=0, reason="The officer asked ODS.")
    event = Event.objects.filter(verb="code_pcn").get()
    assert (event.subject, event.by, event.reason) == (
        east.pcn,
        harrow.user("manager"),
        "The officer asked ODS.",
    )
    assert event.changes["code"] == "U51050"


def test_after_it_the_same_file_changes_nothing(harrow, east):
    confirm(east, harrow.user("officer"))
    before = tables()
    assert december()[0] is None
    assert tables() == before


def test_rejected_the_files_pcn_gets_a_row_of_its_own_at_once(harrow, east):
    reject_match(east, by=harrow.user("officer"), seen=0, reason="That is the one of 2018.")
    own = Organisation.objects.get(code="U51050")
    assert (own.name, own.pcn.commissioner.code, own.opened_on) == ("HARROW EAST PCN", "08E", OPENED)
    assert PCNPeriod.objects.get(pcn=own.pcn).status == "live"
    assert members_on(DECEMBER, pcn=own.pcn) == {("E84014", "U51050")}
    beside = FileStatement.objects.standing().filter(value="U51050")
    assert {row.organisation.code for row in beside} == {"E84039", "E84075"}
    assert Organisation.objects.get(pk=east.pcn_id).code is None


def test_rejected_it_is_not_proposed_again_and_nothing_is_doubled(harrow, east):
    reject_match(east, by=harrow.user("officer"), seen=0, reason="That is the one of 2018.")
    before = tables()
    assert december()[0] is None
    assert tables() == before


def test_a_row_that_two_pcns_may_be_waits_until_both_are_decided(harrow):
    first = held(harrow, "Harrow East PCN", ["E84039"])
    second = held(harrow, "Harrow East Primary Care Network", ["E84075", "E84014"])
    december(accept_matches=True)
    both = PCNMatch.objects.filter(code="U51050")
    assert {match.pcn for match in both} == {first, second}
    assert {match.is_accepted for match in both} == {None}
    officer = harrow.user("officer")
    reject_match(both.get(pcn=first), by=officer, seen=0, reason="It is the other one.")
    assert not Organisation.objects.filter(code="U51050").exists()
    confirm(both.get(pcn=second), officer)
    assert Organisation.objects.get(code="U51050").pcn == second


def test_confirming_one_rejects_its_rival(harrow):
    first = held(harrow, "Harrow East PCN", ["E84039"])
    second = held(harrow, "Harrow East Primary Care Network", ["E84075", "E84014"])
    december()
    confirm(PCNMatch.objects.get(pcn=second), harrow.user("officer"))
    rival = PCNMatch.objects.get(pcn=first)
    assert (rival.is_accepted, rival.reason) == (
        False,
        "Harrow East Primary Care Network is U51050.",
    )


@pytest.mark.parametrize(
    ("name", "codes", "accepted"),
    [
        ("Harrow East PCN", list(EAST), True),
        ("HARROW EAST primary care network", list(EAST), True),
        ("Harrow-East P.C.N.", list(EAST)[:2], None),
        ("Harrow East PCN", list(EAST)[:1], None),
        ("Harrow East PCN", [*EAST, *GP_DIRECT], None),
        ("Harrow West PCN", list(EAST), None),
    ],
)
def test_it_is_accepted_without_a_person_only_where_every_reason_agrees(harrow, name, codes, accepted):
    pcn = held(harrow, name, codes)
    december(accept_matches=True)
    assert PCNMatch.objects.get(pcn=pcn, code="U51050").is_accepted is accepted


def test_a_pcn_of_another_commissioner_is_not_accepted_without_a_person(harrow):
    pcn = held(harrow, "Harrow East PCN", EAST)
    PCN.objects.filter(pk=pcn.pk).update(commissioner=harrow.havering)
    december(accept_matches=True)
    assert PCNMatch.objects.get(pcn=pcn).is_accepted is None


def test_of_two_spellings_of_a_name_one_is_told():
    assert name_of("The Harrow East PCN") == name_of("HARROW EAST, Primary Care Network") == "harrow east"


def test_who_may_not_decide_may_not(harrow, east):
    with refused("Your role does not allow this.", kind=NotAllowed):
        confirm(east, harrow.user("member"))
    with refused("This belongs to another commissioner", kind=NotAllowed):
        confirm(east, harrow.user("officer@havering.example"))


def test_two_who_decide_at_once_decide_once(harrow, east):
    confirm(east, harrow.user("officer"))
    with refused("was changed by someone else", kind=Stale):
        reject_match(east, by=harrow.user("manager"), seen=0, reason="No.")


def test_a_pcn_that_a_file_gave_a_code_by_now_gets_no_other(harrow, east):
    Organisation.objects.filter(pk=east.pcn_id).update(code="U99999", source=east.run.source)
    with refused("Harrow East Network has the code U99999 by now."):
        confirm(east, harrow.user("officer"))


def test_a_code_that_another_has_by_now_is_not_given_twice(harrow, east):
    make.OrganisationFactory.create(name="Another", code="U51050", kind="pcn")
    with refused("Another has the code U51050 by now."):
        confirm(east, harrow.user("officer"))


def test_a_match_that_waits_is_not_doubled_by_a_later_file_under_another_commissioner(harrow):
    pcn = held(harrow, "Harrow East PCN", [])
    december()
    assert PCNMatch.objects.get(pcn=pcn).is_accepted is None
    february()
    assert not Organisation.objects.filter(code="U51050").exists()
    assert PCNMatch.objects.filter(pcn=pcn).count() == 1


def test_a_successor_of_the_commissioner_in_two_steps_is_the_same_commissioner(harrow):
    ccg, ics, icb = harrow.ccg, *(make.OrganisationFactory.create(name=n, code=c) for n, c in STEPS)
    for before, after, on in ((ccg, ics, date(2021, 4, 1)), (ics, icb, date(2022, 7, 1))):
        Succession.objects.create(predecessor=before, successor=after, kind="succeeded", on=on)
    assert Held().successor(ccg.pk, icb.pk) == (True, date(2021, 4, 1))
    assert Held().successor(icb.pk, ccg.pk) == (False, None)


STEPS = (("NHS North West London CCG", "W2U3Z"), ("NHS North West London ICB", "QRV"))


def test_a_pcn_of_which_only_a_short_name_is_held_is_proposed_and_not_doubled(harrow):
    pcn = make.PCNFactory.create(name="East PCN")
    december()
    match = PCNMatch.objects.get(pcn=pcn)
    assert (match.code, match.name, match.shared, match.held) == ("U51050", "HARROW EAST PCN", 0, 0)
    assert match.is_accepted is None
    assert not Organisation.objects.filter(code="U51050").exists()
    confirm(match, harrow.user("officer"))
    assert Membership.objects.filter(pcn=pcn).count() == len(EAST)


def test_who_imports_for_all_england_decides_for_a_commissioner_without_users(harrow, east):
    PCN.objects.filter(pk=east.pcn_id).update(
        commissioner=make.OrganisationFactory(code="07L", name="NHS B&D")
    )
    east.refresh_from_db()
    with pytest.raises(NotAllowed):
        confirm(east, harrow.user("officer"))
    confirm(east, harrow.user("admin"))
    assert Organisation.objects.get(code="U51050").pcn == east.pcn
