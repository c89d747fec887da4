"""Is every open practice of the commissioner placed? Asked once, beside all its registrations.

The rule: 100 % of the population is covered by networks (NHS England, Network Contract DES 2019/20).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value

from pcnportal.people.models import FormerDetail, Organisation, in_force
from registry.former import on_the_day, passed_on
from registry.models import Membership, Practice, SubmittedMember
from registry.statuses import NOT_CLAIMING

NOTHING = Value("", output_field=CharField())


@dataclass(frozen=True)
class Coverage:
    """Open practices on a day: how many, those in no PCN, those in more than one with the PCNs' names."""

    day: date
    open: int
    unplaced: tuple[Practice, ...]
    twice: tuple[tuple[Practice, tuple[str, ...]], ...]

    @property
    def placed(self) -> int:
        return self.open - len(self.unplaced)

    @property
    def is_whole(self) -> bool:
        return not self.unplaced and not self.twice and self.open > 0

    @property
    def sentence(self) -> str:
        """What is missing, in words, or that nothing is."""
        if self.is_whole:
            return f"All {self.open} open practices are in one PCN each."
        if not self.open:
            return "No open practice of this commissioner is in the register."
        parts = []
        if self.unplaced:
            parts.append(f"in no PCN: {', '.join(str(p) for p in self.unplaced)}")
        for practice, pcns in self.twice:
            parts.append(f"{practice} is in {' and '.join(pcns)}")
        return f"{self.placed} of {self.open} open practices are placed; {'; '.join(parts)}."


def coverage_of(commissioner: Organisation, day: date) -> Coverage:
    """Placed by a membership in force on `day`, or by a form that still stands."""
    return coverages_of([commissioner.pk], day)[commissioner.pk]


def coverages_of(commissioners: Iterable[int], day: date) -> dict[int, Coverage]:
    """The coverage of each commissioner by its id, in one query for all of them."""
    wanted = list(commissioners)
    now = Q(commissioner__in=wanted) & ~Q(pk__in=on_the_day(day, FormerDetail.What.COMMISSIONER))
    opened = Practice.objects.filter(now).filter(
        in_force(day, "organisation__opened_on", "organisation__closed_on")
    )
    were = _were_theirs(wanted, day)
    theirs = Q(practice__commissioner__in=wanted) | Q(practice__in=were.values("organisation"))
    held = Membership.objects.on(day).filter(theirs)
    claimed = SubmittedMember.objects.filter(
        theirs, submission=F("submission__case__current"), has_withdrawn=False
    ).exclude(submission__case__status__in=NOT_CLAIMING)
    practices: dict[int, dict[int, Practice]] = defaultdict(dict)
    placed: dict[int, set[str]] = defaultdict(set)
    rows = _named(opened, "organisation", NOTHING).union(
        were.values_list("theirs", "organisation__pk", "organisation__code", "organisation__name", NOTHING),
        _named(held, "practice__organisation", F("pcn__organisation__name")),
        _named(claimed, "practice__organisation", F("submission__case__pcn__organisation__name")),
        all=True,
    )
    for commissioner, pk, code, name, pcn in rows:
        if pcn:
            placed[pk].add(pcn)
        else:
            organisation = Organisation(pk=pk, code=code, name=name)
            practices[commissioner][pk] = Practice(organisation=organisation, commissioner_id=commissioner)
    return {pk: _coverage(day, practices[pk].values(), placed) for pk in wanted}


def _were_theirs(commissioners: list[int], day: date) -> "QuerySet[Any]":
    """Former details of open practices: theirs on `day`, or passed on when one of them was succeeded.

    Whoever continues a predecessor's work asks about the practices that it left.
    """
    codes = Organisation.objects.filter(pk__in=commissioners).values("code")
    later = FormerDetail.objects.filter(what=FormerDetail.What.COMMISSIONER, until__gt=day)
    sooner = later.filter(organisation=OuterRef("organisation"), until__lt=OuterRef("until"))
    whose = Organisation.objects.filter(code=OuterRef("value")).values("pk")[:1]
    return (
        FormerDetail.objects.filter(
            in_force(day, "organisation__opened_on", "organisation__closed_on"),
            what=FormerDetail.What.COMMISSIONER,
            value__in=codes,
            organisation__kind=Organisation.Kind.PRACTICE,
        )
        .filter(Q(until__gt=day) & ~Exists(sooner) | Q(until__lte=day) & Exists(passed_on()))
        .annotate(theirs=Subquery(whose))
        .order_by()
    )


def _named(rows: "QuerySet[Any]", practice: str, pcn: F | Value) -> "QuerySet[Any, Any]":
    commissioner = "commissioner" if practice == "organisation" else "practice__commissioner"
    return rows.order_by().values_list(
        commissioner, f"{practice}__pk", f"{practice}__code", f"{practice}__name", pcn
    )


def _coverage(day: date, practices: Iterable[Practice], placed: dict[int, set[str]]) -> Coverage:
    ordered = sorted(practices, key=str)
    return Coverage(
        day=day,
        open=len(ordered),
        unplaced=tuple(p for p in ordered if p.pk not in placed),
        twice=tuple((p, tuple(sorted(placed[p.pk]))) for p in ordered if len(placed.get(p.pk, ())) > 1),
    )
