"""List sizes of official files near to a day, and when two figures still agree."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from registry.models import ListSize
from registry.placings import MANY, dated, middle

# Two figures of one day differ by late registrations only; 2 % is what the checklist allows a form.
SAME_DAY = Decimal("0.02")
# An average over a year, or another day of the year: lists grow or shrink by some per cent in one.
AVERAGED = Decimal("0.05")
NEAR = timedelta(days=366)


class Size(NamedTuple):
    """A list size that a published file gives."""

    organisation: int
    patients: Decimal
    as_at: date
    averaged_from: date | None
    source: str

    @property
    def middle(self) -> date:
        return middle(self.as_at, self.averaged_from)

    @property
    def dated(self) -> str:
        return dated(self.as_at, self.averaged_from)


def official_sizes(organisations: Collection[int]) -> dict[int, list[Size]]:
    """Registered list sizes that published files give, by organisation. One query."""
    rows = ListSize.objects.standing().filter(kind=ListSize.Kind.REGISTERED, source__kind="file")
    if len(organisations) <= MANY:
        rows = rows.filter(organisation__in=organisations)
    found: dict[int, list[Size]] = {}
    for values in rows.order_by("pk").values_list(
        "organisation", "patients", "as_at", "averaged_from", "source__title"
    ):
        found.setdefault(values[0], []).append(Size._make(values))
    return found


def nearest(sizes: list[Size], day: date) -> Size | None:
    """The size that is nearest to a day and within a year of it."""
    near = [size for size in sizes if abs(size.middle - day) <= NEAR]
    return min(near, key=lambda size: abs(size.middle - day)) if near else None


def nearest_sizes(day: date, organisations: Collection[int]) -> dict[int, Size]:
    """The official size nearest to a day of each organisation that has one within a year. One query."""
    held = official_sizes(organisations)
    found = {pk: nearest(held[pk], day) for pk in organisations if pk in held}
    return {pk: size for pk, size in found.items() if size}


def whole(patients: Decimal) -> Decimal:
    """People, of an average: without its fraction."""
    return patients.quantize(Decimal(1), ROUND_HALF_UP)


def percent(off: Decimal, of: Decimal | None) -> str:
    """A signed share in words: " (−1.4 %)"; nothing of nothing."""
    if not of:
        return ""
    share = (off * 100 / of).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f" ({'+' if share > 0 else '−' if share < 0 else ''}{abs(share)} %)"
