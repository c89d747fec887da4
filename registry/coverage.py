"""Is every open practice of the commissioner placed? Asked once, beside all its registrations.

The rule: 100 % of the population is covered by networks (NHS England, Network Contract DES 2019/20).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from pcnportal.people.models import Organisation, in_force
from registry.models import Membership, Practice, SubmittedMember
from registry.statuses import NOT_PLACING


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
    """Placed by a membership in force on `day`, or by a form that still stands. Three queries."""
    practices = list(
        Practice.objects.filter(commissioner=commissioner)
        .filter(in_force(day, "organisation__opened_on", "organisation__closed_on"))
        .select_related("organisation")
    )
    held: dict[int, set[str]] = defaultdict(set)
    members = Membership.objects.on(day).filter(practice__commissioner=commissioner)
    for practice, pcn in members.values_list("practice", "pcn__organisation__name"):
        held[practice].add(pcn)
    claimed = SubmittedMember.objects.filter(
        practice__commissioner=commissioner, submission=F("submission__case__current"), has_withdrawn=False
    ).exclude(submission__case__status__in=NOT_PLACING)
    for practice, pcn in claimed.values_list("practice", "submission__case__pcn__organisation__name"):
        held[practice].add(pcn)
    return Coverage(
        day=day,
        open=len(practices),
        unplaced=tuple(p for p in practices if p.pk not in held),
        twice=tuple((p, tuple(sorted(held[p.pk]))) for p in practices if len(held.get(p.pk, ())) > 1),
    )
