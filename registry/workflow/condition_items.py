"""At which agenda items a body may have judged or waived a condition, and its decision there."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet

from governance.models import AgendaItem, Body
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import Case, Condition, Decision, Evidence

from .outcomes import quorum_facts
from .resolving import entered


def items_of(condition: Condition) -> "QuerySet[AgendaItem]":
    """Agenda items about the condition itself."""
    kind = ContentType.objects.get_for_model(Condition)
    return AgendaItem.objects.filter(subject_type=kind, subject_id=condition.pk)


def items_about(condition: Condition, body: Body) -> "QuerySet[AgendaItem]":
    """Items of meetings of `body` about the condition or its registration."""
    of_case = Q(subject_type=ContentType.objects.get_for_model(Case), subject_id=condition.case_id)
    own = items_of(condition)
    return (
        AgendaItem.objects.filter(
            of_case | Q(pk__in=own.values("pk")),
            meeting__body=body,
            meeting__commissioner=condition.case.commissioner_id,
            meeting__is_cancelled=False,
        )
        .annotate(is_spent=Exists(own.filter(pk=OuterRef("pk"), decisions__isnull=False)))
        .select_related("meeting__body", "meeting__commissioner")
    )


def waiting_items(condition: Condition) -> "QuerySet[AgendaItem]":
    """Items about the condition of meetings that are today or later, still to be decided."""
    return (
        items_of(condition)
        .filter(is_taken_off=False, stood_over_because="", decisions__isnull=True)
        .filter(meeting__held_on__gte=clock.today(), meeting__is_cancelled=False)
        .select_related("meeting__body")
        .order_by("meeting__held_on", "pk")
    )


def standing_over(condition: Condition) -> "QuerySet[AgendaItem]":
    """Items about the condition that wait for the next meeting of their body to be planned."""
    waits = items_of(condition).filter(is_taken_off=False, stood_over__isnull=True)
    return waits.exclude(stood_over_because="").select_related("meeting__body")


def set_too_late_for(condition: Condition, body_id: int, held_on: Any) -> str:
    """The sentence where a meeting on `held_on` came before the condition could be before that body."""
    set_on = condition.decision.decided_on
    if held_on < set_on or (held_on == set_on and body_id == condition.decision.body_id):
        return f"Choose a meeting after {set_on:%-d %B %Y}, when the condition was set."
    return ""


def why_not_at(condition: Condition, item: Any, evidence: Evidence | None = None) -> str:
    """Why a body can't have decided about the condition, and the `evidence`, at `item`; or nothing.

    `item` is one of `items_about`, which says whether it was decided.
    """
    held_on = item.meeting.day
    if item.is_taken_off:
        return "That item was taken off the agenda."
    if held_on > clock.today():
        return "That meeting has not been held yet."
    if item.stood_over_because:
        return "That item stands over to a later meeting."
    if item.pk == condition.decision.item_id:
        return "The condition was set at that item: choose a later one."
    if sentence := set_too_late_for(condition, item.meeting.body_id, held_on):
        return sentence
    if evidence and evidence.submitted_on and evidence.submitted_on > held_on:
        return f"The evidence was submitted on {evidence.submitted_on:%-d %B %Y}, after that meeting."
    if item.is_spent:
        return "That item is decided already."
    return ""


def decided(
    condition: Condition,
    body: Body | None,
    outcome: str,
    by: User,
    reason: str,
    item: AgendaItem | None,
    *,
    evidence: Evidence | None = None,
    quorum_note: str = "",
    quorum_source: Source | None = None,
    source: Source | None = None,
) -> Decision:
    """The decision of `body` about a condition. Raises `Refused` where it can't have made it at `item`."""
    if item is None:
        raise Refused(f"Choose the agenda item at which {body} decided.", "item")
    wanted = (body.pk if body else None, condition.case.commissioner_id)
    if body is None or (item.meeting.body_id, item.meeting.commissioner_id) != wanted:
        raise Refused(f"Choose an agenda item of a meeting of {body}.", "item")
    found = items_about(condition, body).filter(pk=item.pk).first()
    if found is None:
        raise Refused("Choose an agenda item about the condition or its registration.", "item")
    if sentence := why_not_at(condition, found, evidence):
        raise Refused(sentence, "item")
    decision = Decision(
        case=condition.case,
        submission=condition.decision.submission,
        body=body,
        item=found,
        outcome=outcome,
        reasons=[reason],
        decided_on=found.meeting.day,
        recorded_by=by,
        **quorum_facts(found, quorum_note, quorum_source),
        source=source,
    )
    return entered(decision, number=condition.number)
