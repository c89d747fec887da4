"""The panel endorses, the commissioner confirms and writes, and on 1 July the network starts."""

from datetime import date
from typing import Any

import pytest

from governance.models import AgendaItem
from pcnportal import clock
from registry.models import (
    ClinicalDirector,
    Commissioner,
    Letter,
    Membership,
    NominatedPayee,
    PCNPeriod,
)
from registry.workflow import missing, move
from registry.workflow.forms import edit_form
from registry.workflow.outcomes import item_for
from registry.workflow.replacing import endorsement_in_force
from tests import factories as make
from tests import steps
from tests.claims import refused
from tests.harrow import GP_DIRECT, Harrow


def go(harrow, case, verb, by="manager", day=make.GO_LIVE, **facts):
    case.refresh_from_db()
    with clock.at(day):
        return move(case, verb, by=harrow.user(by), seen=case.version, **facts)


def gap(case, verb, day=make.GO_LIVE):
    with clock.at(day):
        return missing(case, verb)


def reviewed(harrow, answers=None, **fields):
    """A registration whose form lacks something, taken to its confirmation with these answers."""
    case = steps.drafted(harrow)
    typed = steps.form(harrow)
    members = fields.pop("members", typed["members"])
    typed["fields"] |= fields
    typed["members"] = members
    edit_form(case, by=harrow.user("officer"), seen=case.version, **typed)
    steps.do(harrow, case, "submit", "officer")
    steps.do(harrow, case, "open_review", "officer")
    with clock.at(steps.DAYS["recommend"]):
        for key, answer in (answers or {}).items():
            line = steps.line_of(case, key)
            steps.answer_line(line, by=harrow.user("officer"), seen=line.case.version, **answer)
        if not answers:
            steps.answer_everything(harrow, case)
        meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    decided = {"reasons": steps.REASONS} | harrow.quorum
    steps.do(harrow, case, "recommend", "officer", reasons=steps.REASONS)
    steps.do(harrow, case, "put_on_agenda", "secretary", meeting=meeting)
    steps.do(harrow, case, "approve", "secretary", **decided)
    panel = harrow.meeting(harrow.panel, make.PANEL_DAY)
    steps.do(harrow, case, "put_before_panel", "secretary", meeting=panel)
    steps.do(harrow, case, "endorse", "secretary", **decided)
    return steps.do(harrow, case, "confirm", "manager")


@pytest.mark.parametrize("verb", ["endorse", "decline_endorsement"])
def test_the_panel_decides_at_its_meeting_and_not_before(harrow: Harrow, verb):
    case = steps.approved(harrow)
    assert gap(case, verb) == f"It is on no agenda of {harrow.panel}."
    meeting = harrow.meeting(harrow.panel, make.PANEL_DAY)
    steps.do(harrow, case, "put_before_panel", "secretary", meeting=meeting)
    decided = {"reasons": steps.REASONS} | harrow.quorum
    with refused(f"{harrow.panel} meets on 24 May 2019."):
        go(harrow, case, verb, "secretary", make.COMMITTEE_DAY, **decided)
    go(harrow, case, verb, "secretary", make.PANEL_DAY, **decided)
    made = endorsement_in_force(case)
    assert made is not None
    assert (made.body, made.decided_on) == (harrow.panel, make.PANEL_DAY)


def test_a_declined_endorsement_leads_back_into_the_review(harrow: Harrow):
    case = steps.before_panel(harrow)
    decided = {"reasons": ["The solution for Zain is not clear."]} | harrow.quorum
    go(harrow, case, "decline_endorsement", "secretary", make.PANEL_DAY, **decided)
    assert case.status == "under_review"


def test_confirmed_only_once_the_panel_has_endorsed(harrow: Harrow):
    case = steps.before_panel(harrow)
    with refused(f"{harrow.panel} has not endorsed it yet."):
        go(harrow, case, "confirm")


def test_without_a_panel_the_committees_approval_is_confirmed(harrow: Harrow):
    Commissioner.objects.update(endorsing_body=None)
    case = steps.approved(harrow)
    go(harrow, case, "confirm", day=make.CONFIRM_BY)
    assert case.status == "confirmed"


def test_no_practice_may_be_left_without_a_pcn(harrow: Harrow):
    case = steps.endorsed(harrow)
    make.PracticeFactory.create(code="E84653", name="Zain Medical Centre")
    with refused("3 of 4 open practices are placed; in no PCN: Zain Medical Centre."):
        go(harrow, case, "confirm")


def test_confirming_issues_the_letter_of_the_approval(harrow: Harrow):
    case = steps.confirmed(harrow)
    letter = Letter.objects.get()
    assert (letter.decision, letter.issued_on) == (steps.decision_of(case), make.CONFIRM_BY)
    assert letter.issued_by == harrow.user("manager")


def test_live_the_register_holds_members_director_payee_and_period(harrow: Harrow):
    case = steps.live(harrow)
    held = {"case": case, "starts_on": make.GO_LIVE, "ends_on": None, "source": harrow.report}
    members = Membership.objects.filter(pcn=case.pcn, **held)
    assert sorted(str(m.practice) for m in members) == sorted(GP_DIRECT.values())
    director = ClinicalDirector.objects.get(pcn=case.pcn, **held)
    assert (str(director.person), str(director.practice), director.share) == (
        "Dr Shahla Ahmad",
        "GP Direct",
        None,
    )
    assert str(NominatedPayee.objects.get(pcn=case.pcn, **held)) == "GP Direct"
    periods = PCNPeriod.objects.standing().values_list("status", "starts_on", "ends_on")
    assert list(periods) == [
        ("approved", make.COMMITTEE_DAY, make.GO_LIVE),
        ("live", make.GO_LIVE, None),
    ]


def test_no_network_starts_before_its_round(harrow: Harrow):
    case = steps.confirmed(harrow)
    with refused("Networks of this round start on 1 July 2019."):
        go(harrow, case, "go_live", day=date(2019, 6, 30))


@pytest.mark.parametrize("day", [date(2019, 6, 30), date(2019, 7, 9)])
def test_it_starts_on_a_day_between_the_rounds_start_and_today(harrow: Harrow, day):
    case = steps.confirmed(harrow)
    with refused("Choose a day from 1 July 2019 until today.", "starts_on"):
        go(harrow, case, "go_live", day=date(2019, 7, 8), starts_on=day)
    go(harrow, case, "go_live", day=date(2019, 7, 8), starts_on=date(2019, 7, 8))
    assert PCNPeriod.objects.get(status="live").starts_on == date(2019, 7, 8)


def test_a_network_approved_after_the_start_of_the_round_starts_with_it(harrow: Harrow):
    harrow.round.go_live_on = make.COMMITTEE_DAY
    harrow.round.save()
    case = steps.confirmed(harrow)
    go(harrow, case, "go_live")
    standing = PCNPeriod.objects.standing().get()
    assert (standing.status, standing.starts_on) == ("live", make.COMMITTEE_DAY)
    assert standing.supersedes.status == "approved"


def test_a_condition_before_go_live_holds_it_up_and_one_after_does_not(harrow: Harrow):
    case = steps.confirmed(harrow, conditions=[steps.wanted(harrow, timing="after"), steps.wanted(harrow)])
    with refused("Still open and due before go-live: condition 2."):
        go(harrow, case, "go_live")
    case.conditions.filter(number=2).update(result="met", closed_by=harrow.user("chair"))
    go(harrow, case, "go_live")
    assert case.status == "live"


ATTESTED = {"answer": "met", "note": "Seen."}
LACKING: dict[str, tuple[dict[str, Any], str]] = {
    "payee": ({"payee": None}, "Nominated payee"),
    "signatures": ({"members": [{"code": code} for code in GP_DIRECT]}, "Signed by every member"),
}


@pytest.mark.parametrize("key", LACKING)
def test_what_is_needed_to_start_is_held_or_attested(harrow: Harrow, key):
    case = reviewed(harrow, **LACKING[key][0])
    assert gap(case, "go_live") == ""
    case.lines.filter(key=key).update(answer="", answered_by=None, answered_for=None)
    with refused(f"“{LACKING[key][1]}” is neither held nor attested."):
        go(harrow, case, "go_live")


@pytest.mark.parametrize("key", LACKING)
def test_not_applicable_is_neither_held_nor_attested(harrow: Harrow, key):
    answers = {key: {"answer": "not_applicable", "note": "Later."}, "contiguity": ATTESTED}
    case = reviewed(harrow, answers, **LACKING[key][0])
    assert gap(case, "go_live") == f"“{LACKING[key][1]}” is neither held nor attested."


def test_what_fails_on_the_day_and_was_not_accepted_holds_it_up(harrow: Harrow):
    case = steps.confirmed(harrow)
    gone = harrow.practice("E84062").organisation
    gone.closed_on = make.GO_LIVE
    gone.save()
    with refused(
        "“Member practices” fails today, and the decision did not accept that. "
        "Shaftesbury Medical Centre (E84062) is not open on 1 July 2019."
    ):
        go(harrow, case, "go_live")


def test_what_the_decision_accepted_does_not_hold_it_up(harrow: Harrow):
    steps.received(harrow)
    case = steps.confirmed(harrow, "Harrow East PCN")
    assert steps.decision_of(case).accepted == ["population"]
    go(harrow, case, "go_live")
    assert case.status == "live"


def test_a_withdrawn_registration_leaves_its_pcn_proposed(harrow: Harrow):
    case = steps.endorsed(harrow)
    go(harrow, case, "withdraw", "officer", make.CONFIRM_BY, reason="It joins Sphere.")
    periods = PCNPeriod.objects.standing().values_list("status", "starts_on", "ends_on")
    assert list(periods) == [
        ("approved", make.COMMITTEE_DAY, make.CONFIRM_BY),
        ("proposed", make.CONFIRM_BY, None),
    ]


def test_what_was_withdrawn_waits_on_no_agenda_and_asks_for_nothing(harrow: Harrow):
    case = steps.before_panel(harrow, conditions=[steps.wanted(harrow)])
    go(harrow, case, "withdraw", "officer", make.COMMITTEE_DAY, reason="It joins Sphere.")
    condition = case.conditions.get()
    assert (condition.get_result_display(), condition.closed_because) == (
        "Replaced",
        "The registration was withdrawn: It joins Sphere.",
    )
    assert item_for(case, harrow.panel) is None
    assert AgendaItem.objects.filter(is_taken_off=True, subject_id=case.pk).count() == 1
