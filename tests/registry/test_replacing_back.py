"""A wrong deferral, a wrongly declined endorsement, and a deferral that was recorded as something else."""

from datetime import date

import pytest

from governance.models import AgendaItem
from pcnportal import clock
from registry.models import Letter, PCNPeriod
from registry.workflow import available, missing, move
from registry.workflow.outcomes import item_for, latest_decision
from registry.workflow.replacing import NOTHING_STANDS, endorsement_in_force, replaceable
from tests import factories as make
from tests import steps
from tests.claims import refused
from tests.harrow import Harrow
from tests.registry.ready import LATER, ready
from tests.registry.test_departures import reply
from tests.registry.test_replacing import WRONG, replace

MOVED_ON = "can't be replaced any more: the registration was moved on since."


@pytest.fixture
def deferred(harrow: Harrow):
    return ready(harrow, "defer").go(harrow)


@pytest.fixture
def declined(harrow: Harrow):
    return ready(harrow, "decline_endorsement").go(harrow)


@pytest.mark.parametrize(
    ("outcome", "status", "letters"),
    [
        ("approve", "approved", 0),
        ("not_approve", "not_approved", 1),
        ("request_information", "information_requested", 1),
    ],
)
def test_a_wrong_deferral_is_replaced_at_the_item_of_its_meeting(
    harrow: Harrow, deferred, outcome, status, letters
):
    old, later = latest_decision(deferred), item_for(deferred, harrow.committee)
    assert old is not None
    assert later is not None
    replace(harrow, deferred, outcome, decision=old)
    new = steps.decision_of(deferred)
    assert (deferred.status, new.item, new.decided_on, new.supersedes) == (
        status,
        old.item,
        make.COMMITTEE_DAY,
        old,
    )
    later.refresh_from_db()
    assert later.is_taken_off
    assert later.taken_off_because == f"The decision of 20 May 2019 was replaced: {WRONG}"
    assert Letter.objects.count() == letters


def test_an_approval_that_was_recorded_as_a_deferral_goes_on_to_the_panel(harrow: Harrow, deferred):
    replace(harrow, deferred, "approve", decision=latest_decision(deferred))
    assert PCNPeriod.objects.standing().get().status == "approved"
    assert missing(deferred, "put_before_panel") == ""


def test_a_deferral_to_the_wrong_meeting_is_deferred_to_another(harrow: Harrow, deferred):
    other = harrow.meeting(harrow.committee, date(2019, 6, 3))
    old = latest_decision(deferred)
    for meeting in (None, harrow.meeting(harrow.committee, make.COMMITTEE_DAY)):
        with refused("Choose a later meeting.", "meeting"):
            replace(harrow, deferred, "defer", decision=old, meeting=meeting)
    replace(harrow, deferred, "defer", decision=old, meeting=other)
    item = item_for(deferred, harrow.committee)
    assert item is not None
    assert (deferred.status, item.meeting) == ("before_committee", other)
    assert AgendaItem.objects.filter(is_taken_off=True, meeting__held_on=LATER).count() == 1


@pytest.mark.parametrize("stage", ["approved", "endorsed", "before_panel", "information_requested"])
def test_what_should_have_been_deferred_waits_for_the_later_meeting(harrow: Harrow, stage):
    case = getattr(steps, stage)(harrow)
    replace(harrow, case, "defer", meeting=harrow.meeting(harrow.committee, LATER))
    item = item_for(case, harrow.committee)
    assert item is not None
    assert (case.status, item.meeting.held_on) == ("before_committee", LATER)
    assert item_for(case, harrow.panel) is None
    assert not PCNPeriod.objects.standing().filter(status="approved").exists()
    with clock.at(LATER):
        facts = {"reasons": steps.REASONS} | harrow.quorum
        move(case, "approve", by=harrow.user("secretary"), seen=case.version, **facts)
    assert steps.decision_of(case).decided_on == LATER


def test_an_endorsement_that_was_recorded_as_declined_is_endorsed(harrow: Harrow, declined):
    old = endorsement_in_force(declined)
    with clock.at(make.CONFIRM_BY):
        replace(harrow, declined, "endorse", decision=old)
        assert declined.status == "endorsed"
        move(declined, "confirm", by=harrow.user("manager"), seen=declined.version)
    assert declined.status == "confirmed"


def test_only_the_declined_endorsement_is_replaced_while_it_is_reviewed_again(harrow: Harrow, declined):
    with refused("That decision is not in force.", "decision"):
        replace(harrow, declined, "not_approve", decision=steps.decision_of(declined))


def test_an_answered_line_does_not_stand_in_the_way_and_a_recommendation_does(harrow: Harrow, declined):
    steps.answer_everything(harrow, declined)
    officer = harrow.user("officer")
    assert replaceable(declined)
    move(declined, "recommend", by=officer, seen=declined.version, reasons=steps.REASONS)
    assert missing(declined, "replace") == f"“Endorsement declined” of 24 May 2019 {MOVED_ON}"


def test_a_case_that_was_put_on_another_agenda_was_moved_on(harrow: Harrow, deferred):
    secretary, old = harrow.user("secretary"), latest_decision(deferred)
    move(deferred, "take_off_agenda", by=secretary, seen=deferred.version, reason="Too early.")
    move(
        deferred,
        "put_on_agenda",
        by=secretary,
        seen=deferred.version,
        meeting=harrow.meeting(harrow.committee, LATER),
    )
    with refused(f"“Deferred” of 20 May 2019 {MOVED_ON}"):
        replace(harrow, deferred, "approve", decision=old)


def test_a_member_that_leaves_does_not_stand_in_the_way(harrow: Harrow, deferred):
    move(
        deferred,
        "member_withdraws",
        by=harrow.user("officer"),
        seen=deferred.version,
        reason="It wrote.",
        practice=harrow.practice("E84062"),
    )
    assert replaceable(deferred)


def test_where_nothing_was_decided_nothing_is_replaced(harrow: Harrow):
    for bring in (steps.under_review, steps.before_committee):
        case = bring(harrow, bring.__name__)
        choice = next(c for c in available(case, harrow.user("secretary")) if c.verb == "replace")
        assert choice.missing == NOTHING_STANDS


def test_an_earlier_approval_is_not_undone_by_a_deferral_that_was_wrong(harrow: Harrow):
    case = steps.approved(harrow)
    june, july = date(2019, 6, 17), date(2019, 7, 15)
    secretary, officer = harrow.user("secretary"), harrow.user("officer")
    with clock.at(june):
        move(case, "review_again", by=officer, seen=case.version, reason="A member left.")
        move(case, "recommend", by=officer, seen=case.version, reasons=steps.REASONS)
        here = harrow.meeting(harrow.committee, june)
        move(case, "put_on_agenda", by=secretary, seen=case.version, meeting=here)
        later = harrow.meeting(harrow.committee, july)
        facts = {"reasons": steps.REASONS} | harrow.quorum
        move(case, "defer", by=secretary, seen=case.version, meeting=later, **facts)
        replace(harrow, case, "not_approve", decision=latest_decision(case))
    periods = PCNPeriod.objects.standing().values_list("status", "starts_on", "ends_on")
    assert list(periods) == [("approved", make.COMMITTEE_DAY, june), ("proposed", june, None)]


def test_a_deferral_is_not_replaced_by_an_approval_to_which_the_region_did_not_agree(harrow: Harrow):
    case = steps.before_committee(harrow, "Harrow East PCN")
    reply(harrow, case, said="refused")
    later = harrow.meeting(harrow.committee, LATER)
    steps.do(harrow, case, "defer", "secretary", reasons=steps.REASONS, meeting=later, **harrow.quorum)
    with refused("did not agree to the departure", "outcome"):
        replace(harrow, case, "approve", decision=latest_decision(case))
    case.refresh_from_db()
    assert case.status == "before_committee"
