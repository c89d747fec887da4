"""Conditions as pages need them: the status derived in the database, and what a person can do with one."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from governance.models import AgendaItem, Attendance, Body, Meeting, QuorumRule
from pcnportal import clock
from pcnportal.people.models import User
from registry.models import Condition, Evidence
from registry.workflow.condition_agenda import bodies_for
from registry.workflow.condition_items import items_about, waiting_items, why_not_at
from registry.workflow.conditions import PERMISSIONS, why_may_not_judge
from registry.workflow.move import Choice

SOON = timedelta(days=14)
LABELS = {
    "judge": "Judge the evidence",
    "submit_evidence": "Submit evidence",
    "record_commitment": "Record a commitment",
    "extend": "Extend the date",
    "put_on_agenda": "Put it on an agenda",
    "waive": "Record a waiver",
}


def with_state(conditions: "QuerySet[Condition]", day: date) -> "QuerySet[Any]":
    """Add `state`, the word that `Condition.status` gives on `day`, and whether evidence `awaits_judgement`.

    `attention` orders by what needs it first: overdue, evidence to judge, due soon, other open ones, closed.
    """
    waiting = Evidence.objects.filter(condition=OuterRef("pk"), judgement="")
    closed = [When(result=result.value, then=Value(str(result.label))) for result in Condition.Result]
    is_late = Q(due_on__lt=day)
    return conditions.annotate(awaits_judgement=Exists(waiting)).annotate(
        state=Choose(
            *closed,
            When(is_late, then=Value("Overdue")),
            When(awaits_judgement=True, then=Value("Evidence submitted")),
            default=Value("Open"),
        ),
        attention=Choose(
            When(~Q(result=""), then=5),
            When(is_late, then=0),
            When(awaits_judgement=True, then=1),
            When(due_on__lte=day + SOON, then=2),
            When(due_on__isnull=False, then=3),
            default=4,
            output_field=IntegerField(),
        ),
    )


def available_for(condition: Condition, user: User) -> list[Choice]:
    """The verbs of an open condition that the user's roles allow, those that are possible first."""
    if condition.result:
        return []
    missing = {
        "judge": lambda: why_not_judged_by(condition, user),
        "put_on_agenda": lambda: why_on_no_other_agenda(condition),
        "waive": lambda: why_nothing_decided(condition, condition.decision.body),
    }
    found = [
        Choice(verb, label, missing[verb]() if verb in missing else "")
        for verb, label in LABELS.items()
        if user.can(PERMISSIONS[verb], condition.case.commissioner_id)
    ]
    return sorted(found, key=lambda choice: not choice.is_possible)


def waiting_evidence(condition: Condition) -> Evidence | None:
    """The newest evidence that nobody has judged."""
    return next((evidence for evidence in condition.evidence.all() if not evidence.judgement), None)


def why_not_judged_by(condition: Condition, user: User) -> str:
    """Why `user` can't judge evidence of an open condition now, or nothing."""
    evidence = waiting_evidence(condition)
    if evidence is None:
        return "No evidence waits to be judged."
    if sentence := why_may_not_judge(condition, user):
        return sentence
    if evidence.submitted_by_id == user.pk:
        return "You submitted this evidence, so someone else judges it."
    if body := condition.discharge_body:
        return why_nothing_decided(condition, body, evidence)
    return ""


def why_nothing_decided(condition: Condition, body: Body, evidence: Evidence | None = None) -> str:
    """The sentence where `body` has held no meeting at which it could have decided about the condition."""
    if items_held(condition, body, evidence):
        return ""
    coming = waiting_items(condition).filter(meeting__body=body).first()
    if coming:
        return f"It is on the agenda of {coming.meeting}, which is still to come."
    since = " and the evidence was submitted" if evidence else ""
    return f"It was on no agenda of {body} since the condition was set{since}. Put it on an agenda first."


def items_held(condition: Condition, body: Body, evidence: Evidence | None = None) -> list[AgendaItem]:
    """Items at which `body` may have decided about the condition, and the `evidence`: the newest first.

    Each says in `quorum_held` whether its quorum can be computed: rule and attendance are held.
    """
    items = (
        items_about(condition, body)
        .annotate(
            quorum_held=Exists(Attendance.objects.filter(meeting=OuterRef("meeting")))
            & Exists(QuorumRule.objects.filter(body=OuterRef("meeting__body")))
        )
        .order_by("-meeting__held_on", "position")
    )
    return [item for item in items if not why_not_at(condition, item, evidence)]


def why_on_no_other_agenda(condition: Condition) -> str:
    """The sentence where it waits already on an agenda of each body that may close it, or nothing."""
    waiting = {item.meeting.body_id: item.meeting for item in waiting_items(condition)}
    if any(body.pk not in waiting for body in bodies_for(condition)):
        return ""
    return f"It is on the agenda of {' and of '.join(str(meeting) for meeting in waiting.values())}."


def meetings_to_come(condition: Condition) -> "QuerySet[Meeting]":
    """Meetings, today or later, on whose agenda the condition can be put."""
    waiting = {item.meeting.body_id for item in waiting_items(condition)}
    bodies = [body.pk for body in bodies_for(condition) if body.pk not in waiting]
    too_late = Q(body=condition.decision.body_id, held_on__lte=condition.decision.decided_on)
    return (
        Meeting.objects.filter(
            body__in=bodies,
            commissioner=condition.case.commissioner_id,
            held_on__gte=clock.today(),
            is_cancelled=False,
        )
        .exclude(too_late)
        .select_related("body")
        .order_by("held_on", "starts_at", "pk")
    )
