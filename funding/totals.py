"""Totals of a year's rows: what the rows add up to, and rate × the sum of the lists, rounded once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from funding.entitlement import NOTHING, total
from funding.rows import Row
from pcnportal.pages.jinja import plural, words


@dataclass(frozen=True)
class Total:
    """The rows of one name. `due` and `held` are sums of rows in pounds.

    `lacking` of the rows have no amount, `partly` are reckoned for some of their months.

    `is_reckoned` says whether one of them has any: a sum of nothing that is held is not £0.00.

    `too_much` of what is paid a run takes off.

    `of_lists` is rate × the sum of the list sizes, rounded once for each payment, with what is not reckoned
    from a list added to it; None where nothing is reckoned from one. It may differ by pennies from the rows.
    `as_they_are` are the pounds of what is added so: of `replanned` rows that changed their list in the year,
    whose amount is the sum of their months and no rate × list size, of those in part, and of `others`.
    """

    name: str
    due: Decimal
    held: Decimal
    paid: Decimal
    lacking: int
    of_lists: Decimal | None
    rate: Decimal | None = None
    patients: Decimal | None = None
    is_reckoned: bool = True
    as_they_are: Decimal = NOTHING
    replanned: int = 0
    too_much: Decimal = NOTHING
    partly: int = 0
    others: int = 0

    @property
    def standing(self) -> str:
        """The rows of `as_they_are`: 1 re-planned row and 1 row reckoned in part."""
        said = [
            f"{plural(count, 'row')} {what}" if what else plural(count, word)
            for count, word, what in (
                (self.replanned, "re-planned row", ""),
                (self.partly, "", "reckoned in part"),
                (self.others, "other row", ""),
            )
            if count
        ]
        return words(said)

    @property
    def lacking_in_words(self) -> str:
        """2 rows without an amount, 1 row reckoned in part; nothing where all are reckoned."""
        without = f"{plural(self.lacking, 'row')} without an amount" if self.lacking else ""
        in_part = f"{plural(self.partly, 'row')} reckoned in part" if self.partly else ""
        return ", ".join(filter(None, (without, in_part)))

    @property
    def multiplied(self) -> Decimal | None:
        """Of `of_lists` what is rate × the sum of the lists."""
        return None if self.of_lists is None else self.of_lists - self.as_they_are

    @property
    def amount(self) -> Decimal:
        return self.due + self.held

    @property
    def apart(self) -> Decimal:
        """By how much rate × the sum of the lists is more than the sum of the rows."""
        return NOTHING if self.of_lists is None else self.of_lists - self.amount


def total_of(name: str, rows: Sequence[Row]) -> Total:
    counted = [row for row in rows if row.is_counted]
    lists: dict[tuple[int, Decimal], list[Decimal]] = defaultdict(list)
    for row in counted:
        lists[row.line.payment.pk, row.line.rate].append(row.line.list_size_used)  # type: ignore[index, arg-type]
    by_lists = sum((total(rate, some) for (_, rate), some in lists.items()), NOTHING)
    standing = [row for row in rows if not row.is_counted and row.reckoned is not None]
    others = added(standing)
    partly = sum(row.is_partly for row in rows)
    replanned = sum(row.is_replanned for row in standing)
    due = [row for row in rows if row.line.is_payable]
    held = [row for row in rows if not row.line.is_payable]
    is_one = len(lists) == 1 and len(rows) == len({row.line.network.pk for row in rows})
    rate, of_one = next(((key[1], some) for key, some in lists.items()), (None, []))
    return Total(
        name=name,
        due=added(due),
        held=added(held),
        paid=sum((row.paid for row in rows), NOTHING),
        lacking=sum(row.reckoned is None for row in rows),
        of_lists=by_lists + others if counted else None,
        rate=rate if is_one else None,
        patients=sum(of_one, Decimal(0)) if is_one else None,
        is_reckoned=any(row.reckoned is not None for row in rows),
        as_they_are=others,
        replanned=replanned,
        partly=partly,
        others=len(standing) - replanned - partly,
        too_much=sum((row.too_much for row in rows), NOTHING),
    )


def totals_by(rows: Iterable[Row], key: Callable[[Row], str]) -> list[Total]:
    """A total for each name that `key` gives, in the order in which the names come."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return [total_of(name, some) for name, some in groups.items()]


def by_allocation(row: Row) -> str:
    return row.allocation or "Allocation not held"


def added(rows: Iterable[Row]) -> Decimal:
    """The amounts that are held, in part or whole, added up."""
    return sum((row.reckoned for row in rows if row.reckoned is not None), NOTHING)
