"""How cases stand, for lists and panels: sub-queries of one query, in the order of attention."""

from datetime import date
from typing import Any

from django.db.models import Case as If
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, Least

from governance.models import AgendaItem
from pcnportal.people.models import in_force
from registry.checklist.facts import with_facts
from registry.models import (
    Case,
    ChecklistItem,
    Condition,
    Decision,
    Departure,
    Recommendation,
    Status,
    SubmittedMember,
)
from registry.statuses import OPEN
from registry.workflow.outcomes import CASE_DECISIONS, OUTCOME

NEVER = date(9999, 12, 31)
# The order of `attention`, in words for the page.
ORDER = (
    "a re-review is wanted",
    "a condition is overdue",
    "a committee or panel decides today, or its decision has not been recorded",
    "other open registrations",
    "live with an open condition",
    "the rest",
)
AT_A_BODY = (Status.BEFORE_COMMITTEE, Status.APPROVED)
# What a round's dates ask for, by stage, once no meeting is nearer.
ROUND_DATES = (
    ((Status.DRAFT, Status.RETURNED), "round__deadline", "Form due"),
    (
        (
            Status.RECEIVED,
            Status.UNDER_REVIEW,
            Status.BEFORE_COMMITTEE,
            Status.INFORMATION_REQUESTED,
            Status.APPROVED,
            Status.ENDORSED,
        ),
        "round__confirm_by",
        "Confirmation due",
    ),
    ((Status.CONFIRMED,), "round__go_live_on", "Networks start"),
)


def counted(rows: QuerySet[Any]) -> Coalesce:
    """How many of `rows` belong to the outer case."""
    number = rows.order_by().values("case").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def undecided_items() -> QuerySet[AgendaItem]:
    """Agenda items of the outer case that wait for their body's decision, the newest first."""
    decided = Decision.objects.filter(
        item=OuterRef("pk"), case=OuterRef("subject_id"), outcome__in=OUTCOME.values()
    )
    return (
        AgendaItem.objects.filter(
            subject_type__app_label="registry",
            subject_type__model="case",
            subject_id=OuterRef("pk"),
            is_taken_off=False,
            stood_over_because="",
            meeting__is_cancelled=False,
        )
        .exclude(Exists(decided))
        .order_by("-meeting__held_on", "-pk")
    )


def with_overview(cases: QuerySet[Case], day: date) -> QuerySet[Case]:
    """The cases with all that a row shows of them, in the order of attention. One query.

    `found` is how many there are in all, also where only a page of them is read.
    """
    decision = Decision.objects.filter(
        case=OuterRef("pk"), outcome__in=CASE_DECISIONS, superseded_by__isnull=True
    ).order_by("-pk")
    latest = Decision.objects.filter(
        case=OuterRef("pk"), outcome__in=OUTCOME.values(), superseded_by__isnull=True
    ).order_by("-pk")
    conditions = Condition.objects.filter(case=OuterRef("pk"))
    unmet = conditions.filter(result="")
    recommended = Recommendation.objects.filter(
        case=OuterRef("pk"), submission=OuterRef("current_id")
    ).order_by("-pk")
    members = SubmittedMember.objects.filter(submission=OuterRef("current_id"), has_withdrawn=False)
    deadline: Any = OuterRef("round__deadline")
    population = ChecklistItem.objects.filter(
        in_force(deadline, "checklist__starts_on", "checklist__ends_on"),
        rule="population",
        checklist__is_national=True,
    ).order_by("-checklist__edition")
    at_a_body = When(status__in=AT_A_BODY, then=Subquery(undecided_items().values("meeting__held_on")[:1]))
    of_round = [When(status__in=stages, then=F(field)) for stages, field, _ in ROUND_DATES]
    never = Value(NEVER, output_field=DateField())
    return (
        with_facts(cases)
        .annotate(
            decided_as=Subquery(decision.values("outcome")[:1]),
            deciding=Subquery(decision.values("pk")[:1]),
            latest=Subquery(latest.values("outcome")[:1]),
            latest_on_form=Subquery(latest.values("submission")[:1]),
            practices=Coalesce(
                Subquery(
                    members.order_by().values("submission").annotate(n=Count("pk")).values("n"),
                    output_field=IntegerField(),
                ),
                0,
            ),
            conditions_total=counted(conditions.exclude(result=Condition.Result.REPLACED)),
            conditions_open=counted(unmet),
            conditions_overdue=counted(unmet.filter(due_on__lt=day)),
            recommended=Subquery(recommended.values("outcome")[:1]),
            recommended_by=Subquery(recommended.values("made_by")[:1]),
            unanswered=Exists(
                Departure.objects.filter(line__case=OuterRef("pk"), submission=OuterRef("current"), reply="")
            ),
            population=Subquery(population.values("parameters")[:1]),
            meeting_on=If(at_a_body, output_field=DateField()),
            meeting_of=Subquery(undecided_items().values("meeting__body__name")[:1]),
            condition_due=Subquery(
                unmet.order_by().values("case").annotate(first=Min("due_on")).values("first")
            ),
            round_due=If(*of_round, output_field=DateField()),
        )
        .annotate(
            is_conditional=Exists(Condition.objects.filter(decision=OuterRef("deciding"))),
            next_on=Least(
                *(Coalesce(F(name), never) for name in ("meeting_on", "condition_due", "round_due"))
            ),
            attention=If(
                When(~Q(review_wanted_because=""), then=Value(0)),
                When(conditions_overdue__gt=0, then=Value(1)),
                When(meeting_on__lte=day, then=Value(2)),
                When(status__in=OPEN, then=Value(3)),
                When(conditions_open__gt=0, then=Value(4)),
                default=Value(5),
            ),
            found=Window(Count("*")),
        )
        .order_by("attention", "next_on", "-unanswered", "pcn__organisation__name", "pk")
    )
