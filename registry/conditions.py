"""Conditions as pages need them: the status derived in the database, and what a person can do with one."""

from datetime import date, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case as Choose
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from governance.models import AgendaItem, Attendance, Body, QuorumRule
from pcnportal import clock
from pcnportal.people.models import User
from registry.models import Case, Condition, Evidence
from registry.workflow.conditions import PERMISSIONS, why_may_not_judge
from registry.workflow.move import Choice

SOON = timedelta(days=14)
ITEMS_OFFERED = 15
LABELS = {
    "judge": "Judge the evidence",
    "submit_evidence": "Submit evidence",
    "record_commitment": "Record a commitment",
    "extend": "Extend the date",
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
    return ""


def why_nothing_decided(condition: Condition, body: Body) -> str:
    """The sentence where `body` has held no meeting at which it could have decided about the condition."""
    if items_held(condition, body):
        return ""
    return f"{body} has held no meeting with an agenda item for this commissioner."


def items_held(condition: Condition, body: Body) -> list[AgendaItem]:
    """Agenda items of meetings that `body` has held for the commissioner, none that is about another case.

    Those about the case come first, then the newest. Each says in `quorum_held` whether its quorum can be
    computed: rule and attendance are held.
    """
    cases = Q(subject_type=ContentType.objects.get_for_model(Case))
    about_the_case = cases & Q(subject_id=condition.case_id)
    items = (
        AgendaItem.objects.filter(
            meeting__body=body,
            meeting__commissioner=condition.case.commissioner_id,
            meeting__held_on__lte=clock.today(),
            is_taken_off=False,
        )
        .filter(about_the_case | ~cases | Q(subject_type=None))
        .annotate(
            quorum_held=Exists(Attendance.objects.filter(meeting=OuterRef("meeting")))
            & Exists(QuorumRule.objects.filter(body=OuterRef("meeting__body"))),
            elsewhere=Choose(When(about_the_case, then=0), default=1),
        )
        .select_related("meeting__body", "meeting__commissioner")
        .order_by("elsewhere", "-meeting__held_on", "position")
    )
    return list(items[:ITEMS_OFFERED])
