"""What the first page reads of registrations: the same number of queries for any number of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from pcnportal.people.models import Organisation, User, lines_on
from registry.checklist import Assessed, assess_many
from registry.conditions import with_state
from registry.coverage import Coverage, coverages_of
from registry.models import (
    Case,
    Commissioner,
    Commitment,
    Condition,
    Decision,
    Departure,
    Evidence,
    NominatedPayee,
    PCNPeriod,
    Status,
)
from registry.overview import undecided_items, with_overview
from registry.statuses import OPEN
from registry.workflow.outcomes import CASE_DECISIONS

# Stages in which the checklist says what is to be done next.
ASSESSED = (
    Status.UNDER_REVIEW,
    Status.BEFORE_COMMITTEE,
    Status.APPROVED,
    Status.ENDORSED,
    Status.CONFIRMED,
)


@dataclass(frozen=True)
class Held:
    """Everything about the registrations of some commissioners on `day`.

    `cases` are those of `with_overview`: the open ones, and all of each commissioner's newest round. `lines`
    and `departures` are by case; `conditions` are the open ones, `commitments` those that still run.
    `before` are, by commissioner, those that it had succeeded by the day.
    """

    day: date
    cases: list[Any]
    lines: dict[int, list[Assessed]]
    departures: dict[int, list[Departure]]
    conditions: list[Any]
    commitments: list[Commitment]
    commissioners: list[Commissioner]
    coverages: dict[int, Coverage]
    before: dict[int, list[Organisation]]

    def conditions_of(self, case: Case) -> list[Any]:
        return [condition for condition in self.conditions if condition.case_id == case.pk]


def held_of(user: User, day: date) -> Held:
    """Ten queries at most for any number of registrations; none where the user may see none."""
    own = user.scope("registry.view_case")
    if not own:
        return Held(day, [], {}, {}, [], [], [], {}, {})
    cases = list(_cases(own, day))
    commissioners = list(_commissioners(own))
    # Only one without a registration of its own says what it took over.
    is_new = {one.pk for one in commissioners} - {case.commissioner_id for case in cases}
    departures: dict[int, list[Departure]] = defaultdict(list)
    for departure in _departures(own):
        departures[departure.line.case_id].append(departure)
    conditions = list(_conditions(own, day))
    return Held(
        day=day,
        cases=cases,
        lines=assess_many([case for case in cases if case.status in ASSESSED], day),
        departures=departures,
        conditions=conditions,
        commitments=list(_commitments(own, day)),
        commissioners=commissioners,
        coverages=coverages_of(own, day),
        before=lines_on(day)[0] if is_new else {},
    )


def _cases(own: Iterable[int], day: date) -> QuerySet[Any]:
    newest_round = (
        Case.objects.filter(commissioner=OuterRef("commissioner"), kind=Case.Kind.REGISTRATION)
        .order_by("-round__year")
        .values("round")[:1]
    )
    in_force = Decision.objects.filter(
        case=OuterRef("pk"), outcome__in=CASE_DECISIONS, superseded_by__isnull=True
    ).order_by("-pk")
    wanted = Case.objects.filter(commissioner__in=own, kind=Case.Kind.REGISTRATION).filter(
        Q(status__in=OPEN) | Q(round=Subquery(newest_round))
    )
    closed = PCNPeriod.objects.on(day).filter(pcn=OuterRef("pcn"), status=PCNPeriod.Status.CLOSED)
    return (
        with_overview(wanted, day)
        .select_related("current__source")
        .annotate(
            meeting=Subquery(undecided_items().values("meeting")[:1]),
            accepted=Subquery(in_force.values("accepted")[:1]),
            has_payee=Exists(NominatedPayee.objects.on(day).filter(pcn=OuterRef("pcn"))),
            is_closed=Exists(closed),
        )
    )


def _departures(own: Iterable[int]) -> QuerySet[Departure]:
    return (
        Departure.objects.filter(line__case__commissioner__in=own, submission=F("line__case__current"))
        .exclude(line__case__status__in=(Status.WITHDRAWN, Status.CLOSED))
        .select_related("line__case__pcn__organisation", "region")
        .order_by("line__case__pcn__organisation__name", "line__position")
    )


def _conditions(own: Iterable[int], day: date) -> QuerySet[Any]:
    """The open conditions in the order of attention; `handed_in_by` submitted the evidence that waits."""
    waiting = Evidence.objects.filter(condition=OuterRef("pk"), judgement="").order_by("-pk")
    held = Condition.objects.filter(case__commissioner__in=own, result="").exclude(
        case__status__in=(Status.WITHDRAWN, Status.CLOSED)
    )
    return (
        with_state(held, day)
        .annotate(handed_in_by=Subquery(waiting.values("submitted_by")[:1]))
        .select_related("case__pcn__organisation", "discharge_body")
        .order_by("attention", "due_on", "case__pcn__organisation__name", "number")
    )


def _commitments(own: Iterable[int], day: date) -> QuerySet[Commitment]:
    """Promises that end on a day to come."""
    return (
        Commitment.objects.filter(case__commissioner__in=own, ends_on__gte=day, happened_on__isnull=True)
        .exclude(case__status__in=(Status.WITHDRAWN, Status.CLOSED))
        .select_related("case__pcn__organisation", "condition")
    )


def _commissioners(own: Iterable[int]) -> QuerySet[Commissioner]:
    return (
        Commissioner.objects.filter(organisation__in=own)
        .select_related("organisation", "endorsing_body", "deciding_body")
        .order_by("short_name")
    )
