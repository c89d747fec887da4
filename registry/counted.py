"""How many patients a PCN counts on a day: what is stated of it, or the lists of its practices.

One rule for the register's pages, its charts and what the portal doubts.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from pcnportal.pages.jinja import plural
from pcnportal.pages.prepared import prepared
from registry.models import Membership
from registry.placings import MANY, Size, added, dated, newest_sizes
from registry.register import Band

Row = tuple[int, date | None, date | None]  # a practice, and from when until when it is a member


@dataclass(frozen=True)
class PCNSize:
    """`stated` of the PCN, the `lists` of its practices that are held, and how many are `missing`.

    `is_of_others` says that the stated figure was for other members than those of the day.
    """

    stated: Size | None = None
    lists: tuple[Size, ...] = ()
    missing: int = 0
    is_of_others: bool = False

    @property
    def total(self) -> Decimal | None:
        """The sum of the lists that are held."""
        return added(size.patients for size in self.lists)

    @property
    def is_whole(self) -> bool:
        return bool(self.lists) and not self.missing

    @property
    def is_stated(self) -> bool:
        """Whether the stated figure counts: it is of these members, and not every list is newer than it."""
        if self.stated is None or self.is_of_others:
            return False
        since = self.stated.middle
        return not self.is_whole or not all(size.middle > since for size in self.lists)

    @property
    def of(self) -> list[Size]:
        """What counts; nothing where neither a stated figure does nor every list is held."""
        if self.is_stated and self.stated:
            return [self.stated]
        return list(self.lists) if self.is_whole else []

    @property
    def patients(self) -> Decimal | None:
        return added(size.patients for size in self.of)

    @property
    def dates(self) -> str:
        return days_of(self.of)

    @property
    def not_held(self) -> str:
        """How many lists the sum is without: "1 of 4 not held"; nothing where it is without none."""
        return f"{self.missing} of {self.missing + len(self.lists)} not held" if self.missing else ""

    def check(self, band: Band | None) -> str:
        """In words how what counts stands to the band, with the reason where it is not the stated figure."""
        why = ["the stated size was for other members"] if self.is_of_others else []
        if band is None or (self.stated is None and not self.lists):
            return ""
        if self.patients is None:
            of = self.missing + len(self.lists)
            why.append(f"{self.missing} of {plural(of, 'list')} not held" if of else "it has no members")
            return f"Not checked: {'; '.join(why)}"
        if not self.is_stated:
            why.insert(0, "by the practices’ lists")
        return band.check(self.patients) + (f" ({'; '.join(why)})" if why else "")


def days_of(sizes: Collection[Size]) -> str:
    """The days of some list sizes in words, each once."""
    return " and ".join(sorted({dated(size.as_at, size.averaged_from) for size in sizes}))


def counted(day: date, members: Mapping[int, Collection[int]]) -> dict[int, PCNSize]:
    """The size on `day` of each PCN, by its practices of that day. Two queries for any number of PCNs."""
    sizes = newest_sizes(day, [*members, *(practice for some in members.values() for practice in some)])
    rows = _memberships([pk for pk in members if pk in sizes])
    found = {}
    for pk, practices in members.items():
        stated, own = sizes.get(pk), set(practices)
        lists = tuple(sizes[practice] for practice in own if practice in sizes)
        is_of_others = stated is not None and _is_of_others(rows.get(pk, []), stated.as_at, day, own)
        found[pk] = PCNSize(stated, lists, len(own) - len(lists), is_of_others)
    return found


def _is_of_others(rows: list[Row], as_at: date, day: date, members: set[int]) -> bool:
    """Whether a figure of `as_at` was for other members than those of `day`.

    It is of the first members where it was stated before they were: the PCN was planned with them.
    """
    begun = [row for row in rows if row[1] is None or row[1] <= day]
    if not begun:
        return False
    then = max(as_at, min(since or as_at for _, since, _ in begun))
    return members != {
        practice
        for practice, since, until in begun
        if (since or then) <= then and (until is None or then < until)
    }


def _memberships(pcns: Collection[int]) -> dict[int, list[Row]]:
    """Every membership that stands, by PCN."""
    found: dict[int, list[Row]] = defaultdict(list)
    for pcn, *row in _rows(pcns if len(pcns) <= MANY else None):
        found[pcn].append((row[0], row[1], row[2]))
    return found


@prepared
def _rows(pcns: Collection[int] | None) -> QuerySet[Any, Any]:
    rows = Membership.objects.standing().order_by()
    if pcns is not None:
        rows = rows.filter(pcn__in=pcns)
    return rows.values_list("pcn", "practice", "starts_on", "ends_on")
