"""A wrong decision is replaced, with a reason: the case takes the stage of the decision then in force."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType

from governance.models import Body, Meeting
from governance.workflow.meetings import take_off
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import Case, Condition, Decision, PCNPeriod, Status

from .agenda import schedule
from .deciding import decide, not_approvable, set_conditions
from .letters import issue
from .move import effect, guard
from .outcomes import (
    COMMITTEE_VERBS,
    PANEL_VERBS,
    body_for,
    decision_in_force,
    item_for,
    latest_decision,
)
from .periods import begin
from .transitions import TRANSITIONS

STAGE = {
    "approve": Status.APPROVED,
    "not_approve": Status.NOT_APPROVED,
    "request_information": Status.INFORMATION_REQUESTED,
    "defer": Status.BEFORE_COMMITTEE,
    "endorse": Status.ENDORSED,
    "decline_endorsement": Status.UNDER_REVIEW,
}
# Stages that other verbs lead to as well: only right after this decision is it the one that led there.
ONLY_RIGHT_AFTER = {
    Status.BEFORE_COMMITTEE: Decision.Outcome.DEFERRED,
    Status.UNDER_REVIEW: Decision.Outcome.ENDORSEMENT_DECLINED,
}
NOTHING_STANDS = "No decision stands that could be replaced."


def endorsement_in_force(case: Case) -> Decision | None:
    """The panel's decision since the committee's that stands, or None."""
    committee = decision_in_force(case)
    return (
        case.decisions.filter(
            outcome__in=(Decision.Outcome.ENDORSED, Decision.Outcome.ENDORSEMENT_DECLINED),
            superseded_by__isnull=True,
            pk__gt=committee.pk if committee else 0,
        )
        .order_by("-pk")
        .first()
    )


def replaceable(case: Case) -> list[Decision]:
    """The decisions that led the case to its stage and may be replaced there: the committee's, the panel's.

    A deferral or a declined endorsement only until the case is moved on: a line of the review that is
    answered since doesn't move it, a recommendation, another agenda or another decision does.
    """
    status = Status(case.status)
    if status not in ONLY_RIGHT_AFTER:
        return [found for found in (decision_in_force(case), endorsement_in_force(case)) if found]
    latest = latest_decision(case)
    is_it = latest is not None and latest.outcome == ONLY_RIGHT_AFTER[status]
    return [latest] if latest and is_it and not _was_moved_on(case, latest) else []


def _was_moved_on(case: Case, decision: Decision) -> bool:
    """Whether anything moved the case after `decision`; a member's withdrawal leaves it where it is."""
    verbs = TRANSITIONS.keys() - {"member_withdraws"}
    kind = ContentType.objects.get_for_model(Case)
    moved = events_of(case).filter(subject_type=kind, subject_id=case.pk, verb__in=verbs)
    last = moved.order_by("-pk").first()
    return last is None or last.changes.get("decision") != decision.pk


@guard("replace")
def _a_decision_stands(case: Case) -> str:
    if replaceable(case):
        return ""
    latest = latest_decision(case)
    if latest is None:
        return NOTHING_STANDS
    what = f"“{latest.get_outcome_display()}” of {latest.decided_on:%-d %B %Y}"
    return f"{what} can't be replaced any more: the registration was moved on since."


@effect("replace")
def _replace(
    case: Case,
    *,
    by: User,
    reason: str,
    decision: Decision,
    outcome: str,
    conditions: Iterable[Mapping[str, Any]] = (),
    meeting: Meeting | None = None,
    **facts: Any,
) -> dict[str, Any]:
    """Put a new decision in the place of `decision`; `outcome` is the verb that should have been recorded.

    A replaced decision of the committee takes the panel's endorsement with it: the panel endorses anew. The
    item that a replaced deferral put on a later agenda is taken off; a new deferral needs its `meeting`.
    """
    if not reason.strip():
        raise Refused("Say what was wrong with the decision.", "reason")
    if decision not in replaceable(case):
        raise Refused("That decision is not in force.", "decision")
    of_panel = decision.outcome in (Decision.Outcome.ENDORSED, Decision.Outcome.ENDORSEMENT_DECLINED)
    if outcome not in (PANEL_VERBS if of_panel else COMMITTEE_VERBS):
        raise Refused("Choose what the body decided.", "outcome")
    if outcome == "defer" and (meeting is None or meeting.day <= decision.item.meeting.day):
        raise Refused("Choose a later meeting.", "meeting")
    was_approved = decision.outcome == Decision.Outcome.APPROVED
    if outcome == "approve" and not was_approved and (sentence := not_approvable(case)):
        raise Refused(sentence, "outcome")
    closed = Condition.objects.filter(decision=decision, result="").update(
        result=Condition.Result.REPLACED,
        closed_by=by,
        closed_on=clock.today_if_held(),
        closed_because=reason,
    )
    wanted = list(conditions) if outcome == "approve" else []
    new = decide(
        case,
        outcome,
        by=by,
        item=decision.item,
        conditions=len(wanted),
        supersedes=decision,
        replaced_because=reason,
        **facts,
    )
    rows = set_conditions(new, wanted)
    scheduled: dict[str, Any] = {}
    if not of_panel:
        _set_period(case, decision, new)
        why = f"The decision of {decision.decided_on:%-d %B %Y} was replaced: {reason}"
        _take_off(case, body_for(case, "approve"), by, why)
        if outcome != "approve":
            _take_off(case, body_for(case, "endorse"), by, why)
    if outcome == "defer" and meeting:
        scheduled = schedule(case, by, meeting, decision.body, "registration")
    if outcome in ("not_approve", "request_information"):
        issue(new, by)
    return {
        "to": STAGE[outcome],
        "decision": new.pk,
        "replaced": decision.pk,
        "conditions_closed": closed,
        "conditions": [row.pk for row in rows],
    } | scheduled


def _set_period(case: Case, old: Decision, new: Decision) -> None:
    """What the PCN is from the day of the decision on, where the old or the new one says so.

    A period that a wrong decision began gets a successor; one that began before a wrong deferral ends.
    """
    says = (Decision.Outcome.APPROVED, Decision.Outcome.NOT_APPROVED)
    if old.outcome in says or new.outcome in says:
        is_approved = new.outcome == Decision.Outcome.APPROVED
        begin(
            case,
            PCNPeriod.Status.APPROVED if is_approved else PCNPeriod.Status.PROPOSED,
            new.decided_on,
            source=new.source,
            is_correction=old.outcome in says,
        )


def _take_off(case: Case, body: Body | None, by: User, why: str) -> None:
    """Take the case off the coming agenda of `body`, where it waits for a decision there."""
    if item := item_for(case, body):
        take_off(item, by=by, reason=why)
