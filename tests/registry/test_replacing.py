"""A wrong decision is replaced, with a reason; nothing that was decided is lost."""

from datetime import date

import pytest

from pcnportal import clock
from registry.models import Condition, Decision, Letter, PCNPeriod
from registry.workflow import missing, move
from registry.workflow.forms import edit_form
from registry.workflow.outcomes import outcome_of
from registry.workflow.replacing import endorsement_in_force
from tests import factories as make
from tests import steps
from tests.claims import refused
from tests.harrow import Harrow

WRONG = "The minutes say otherwise."


def replace(harrow, case, outcome, decision=None, **facts):
    case.refresh_from_db()
    facts = {"reason": WRONG, "reasons": list(steps.REASONS)} | harrow.quorum | facts
    return move(
        case,
        "replace",
        by=harrow.user("secretary"),
        seen=case.version,
        decision=decision or steps.decision_of(case),
        outcome=outcome,
        **facts,
    )


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ("approve", "approved"),
        ("not_approve", "not_approved"),
        ("request_information", "information_requested"),
    ],
)
def test_the_case_takes_the_stage_of_the_new_decision(harrow: Harrow, outcome, status):
    case = steps.approved(harrow)
    old = steps.decision_of(case)
    replace(harrow, case, outcome)
    new = steps.decision_of(case)
    assert (new.supersedes, new.replaced_because, new.item, new.decided_on) == (
        old,
        WRONG,
        old.item,
        old.decided_on,
    )
    assert case.status == status
    assert Decision.objects.count() == 2


def test_it_needs_to_say_what_was_wrong_and_what_was_decided(harrow: Harrow):
    case = steps.approved(harrow)
    with refused("Say what was wrong with the decision.", "reason"):
        replace(harrow, case, "not_approve", reason=" ")
    for outcome in ("endorse", "", "approved"):
        with refused("Choose what the body decided.", "outcome"):
            replace(harrow, case, outcome)
    with refused("Give at least one reason.", "reasons"):
        replace(harrow, case, "not_approve", reasons=[])


def test_a_decision_is_replaced_once(harrow: Harrow):
    case = steps.approved(harrow)
    old = steps.decision_of(case)
    replace(harrow, case, "not_approve")
    with refused("That decision is not in force.", "decision"):
        replace(harrow, case, "approve", decision=old)
    replace(harrow, case, "approve")
    assert [d.outcome for d in case.decisions.order_by("pk")] == ["approved", "not_approved", "approved"]


def test_the_decision_of_another_case_is_not_replaced(harrow: Harrow):
    other = steps.approved(harrow, "Harrow East PCN")
    case = steps.approved(harrow)
    with refused("That decision is not in force.", "decision"):
        replace(harrow, case, "not_approve", decision=steps.decision_of(other))


def test_its_open_conditions_close_as_replaced_and_the_new_ones_stand(harrow: Harrow):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    replace(harrow, case, "approve", conditions=[steps.wanted(harrow, text="In the committee's own words.")])
    old, new = Condition.objects.order_by("pk")
    assert (old.status, old.closed_because, old.closed_by) == ("Replaced", WRONG, harrow.user("secretary"))
    assert (new.status, new.number, new.decision) == ("Open", 1, steps.decision_of(case))
    assert outcome_of(case) == "Approved with conditions"


def test_a_condition_that_was_met_stays_met(harrow: Harrow):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    Condition.objects.update(result="met", closed_by=harrow.user("chair"))
    replace(harrow, case, "not_approve")
    assert [c.status for c in Condition.objects.all()] == ["Met"]


def test_the_pcn_was_never_approved_where_the_approval_was_wrong(harrow: Harrow):
    case = steps.approved(harrow)
    replace(harrow, case, "not_approve")
    standing = PCNPeriod.objects.standing().get()
    assert (standing.status, standing.starts_on) == ("proposed", make.COMMITTEE_DAY)
    assert standing.supersedes.status == "approved"


def test_not_approved_after_another_review_leaves_what_the_pcn_was_until_then(harrow: Harrow):
    case = steps.approved(harrow)
    later = date(2019, 6, 17)
    with clock.at(later):
        move(case, "review_again", by=harrow.user("officer"), seen=case.version, reason="A member left.")
        meeting = harrow.meeting(harrow.committee, later)
        move(
            case,
            "recommend",
            by=harrow.user("officer"),
            seen=case.version,
            reasons=["It is too small."],
            outcome="not_approve",
        )
        move(case, "put_on_agenda", by=harrow.user("secretary"), seen=case.version, meeting=meeting)
        move(
            case,
            "not_approve",
            by=harrow.user("secretary"),
            seen=case.version,
            reasons=["It is too small."],
            **harrow.quorum,
        )
    periods = PCNPeriod.objects.standing().values_list("status", "starts_on", "ends_on")
    assert list(periods) == [("approved", make.COMMITTEE_DAY, later), ("proposed", later, None)]


def test_a_replacement_that_refuses_issues_its_letter(harrow: Harrow):
    case = steps.approved(harrow)
    replace(harrow, case, "not_approve")
    assert Letter.objects.get().decision == steps.decision_of(case)


def test_a_replaced_decision_of_the_committee_takes_the_endorsement_with_it(harrow: Harrow):
    case = steps.endorsed(harrow)
    replace(harrow, case, "approve", conditions=[steps.wanted(harrow)])
    assert case.status == "approved"
    assert endorsement_in_force(case) is None
    assert missing(case, "confirm") == f"{harrow.panel} has not endorsed it yet."
    assert missing(case, "put_before_panel") == ""


def test_the_panels_decision_is_replaced_by_the_panels(harrow: Harrow):
    case = steps.endorsed(harrow)
    endorsement = endorsement_in_force(case)
    assert endorsement is not None
    with refused("Choose what the body decided.", "outcome"):
        replace(harrow, case, "not_approve", decision=endorsement)
    with clock.at(make.PANEL_DAY):
        replace(harrow, case, "decline_endorsement", decision=endorsement)
    assert case.status == "under_review"
    assert PCNPeriod.objects.standing().get().status == "approved"


def test_a_confirmed_case_whose_endorsement_was_recorded_wrongly_is_confirmed_again(harrow: Harrow):
    case = steps.confirmed(harrow)
    with clock.at(make.CONFIRM_BY):
        replace(harrow, case, "endorse", decision=endorsement_in_force(case))
        assert case.status == "endorsed"
        move(case, "confirm", by=harrow.user("manager"), seen=case.version)
    assert case.status == "confirmed"
    assert Letter.objects.get().decision == steps.decision_of(case)


def test_a_replacement_accepts_no_more_than_what_was_sent_to_the_region(harrow: Harrow):
    case = steps.approved(harrow, "Harrow East PCN")
    closed = harrow.practice("E84014").organisation
    closed.closed_on = make.COMMITTEE_DAY
    closed.save()
    replace(harrow, case, "approve")
    assert steps.decision_of(case).accepted == ["population"]


def test_who_recommended_does_not_replace_the_decision(harrow: Harrow):
    case = steps.approved(harrow)
    case.recommendations.update(made_by=harrow.user("secretary"))
    with refused("You recommended this registration, so someone else records the decision."):
        replace(harrow, case, "not_approve")


def test_once_live_nothing_is_replaced(harrow: Harrow):
    case = steps.live(harrow)
    with clock.at(make.GO_LIVE), refused("GP Direct PCN is “Live”: this can't be done now."):
        replace(harrow, case, "not_approve")


def test_a_new_version_comes_in_after_a_replacement_that_refused(harrow: Harrow):
    case = steps.approved(harrow)
    replace(harrow, case, "not_approve")
    edit_form(case, by=harrow.user("officer"), seen=case.version, **steps.form(harrow))
    move(case, "submit", by=harrow.user("officer"), seen=case.version)
    assert case.status == "received"
