"""One PCN's year of money: each payment with what was paid, what comes next, and its months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from funding.calculation import Month
from funding.entitlement import NOTHING, months
from funding.left import left_of, to_be_paid
from funding.models import FinancialYear
from funding.paid import Paid, by_month
from funding.rows import Row
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import pounds


@dataclass(frozen=True)
class Next:
    """What is paid next: by which day, how much, and for which months."""

    day: date
    pounds: Decimal
    months: Sequence[date]


@dataclass(frozen=True)
class Stream:
    """A payment of the PCN: its row, the runs that paid it, and what is still to come.

    `late` is what was due before the day and no approved run has paid: the pounds of each day that is past.
    `back` is what is paid too much, by the day by which it was due. `months` are those of the line, and those
    that were paid for a claim that no longer stands.
    """

    row: Row
    runs: Sequence[Paid]
    due: dict[date, Decimal] = field(default_factory=dict)
    paid: dict[date, Decimal] = field(default_factory=dict)
    next: Next | None = None
    late: dict[date, Decimal] = field(default_factory=dict)
    back: dict[date, Decimal] = field(default_factory=dict)
    months: Sequence[Month] = ()

    @property
    def overdue(self) -> str:
        return overdue_in_words(self.late)

    @property
    def too_much(self) -> str:
        """£11.43 too much is paid for days until 31 August 2019: a run takes it off."""
        if not self.back:
            return ""
        whole = sum(self.back.values(), NOTHING)
        return (
            f"{pounds(-whole)} too much is paid for days until {written(max(self.back))}: a run takes it off"
        )


def overdue_in_words(late: dict[date, Decimal]) -> str:
    """£300.00 was due by 31 August 2019, the first of it (£100.00) since 31 July 2019."""
    whole = sum(late.values(), NOTHING)
    if not whole:
        return ""
    first, last = min(late), max(late)
    since = "" if first == last else f", the first of it ({pounds(late[first])}) since {written(first)}"
    return f"{pounds(whole)} was due by {written(last)}{since}"


def streams_of(rows: Sequence[Row], runs: dict[int, list[Paid]], day: date) -> list[Stream]:
    """Of each row of a PCN what the runs paid and what comes next after `day`."""
    return [_stream(row, runs.get(row.line.payment.pk, []), day) for row in rows]


def _stream(row: Row, runs: Sequence[Paid], day: date) -> Stream:
    held = by_month(runs)
    parts = to_be_paid(row.line, held)
    late: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    back: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    coming: dict[date, list[tuple[date, Decimal]]] = defaultdict(list)
    for month, due_on, unpaid in left_of(row.line, held):
        if unpaid < 0:
            back[due_on] += unpaid
        elif due_on < day:
            late[due_on] += unpaid
        else:
            coming[due_on].append((month, unpaid))
    following = None
    if coming:
        first = min(coming)
        of_day = coming[first]
        following = Next(first, sum((one[1] for one in of_day), NOTHING), [one[0] for one in of_day])
    due, paid = ({month.month: month.amount for month in of} for of in (parts, held.values()))
    return Stream(row, runs, due, paid, following, dict(late), dict(back), parts)


@dataclass(frozen=True)
class Months:
    """The months of a year across, each payment with its pounds (None: nothing of it in the month)."""

    months: Sequence[date]
    lines: Sequence[tuple[Stream, Sequence[Decimal | None], Decimal]]
    due: Sequence[Decimal]
    paid: Sequence[Decimal]

    @property
    def total(self) -> Decimal:
        return sum(self.due, NOTHING)

    @property
    def total_paid(self) -> Decimal:
        return sum(self.paid, NOTHING)


def across(year: FinancialYear, streams: Sequence[Stream]) -> Months | None:
    """The months of the payments that have some; None where none has."""
    shown = [stream for stream in streams if stream.due or stream.paid]
    if not shown:
        return None
    columns = months(year.starts_on, year.ends_on)
    return Months(
        columns,
        [(s, [s.due.get(month) for month in columns], sum(s.due.values(), NOTHING)) for s in shown],
        [sum((s.due.get(month, NOTHING) for s in shown), NOTHING) for month in columns],
        [sum((s.paid.get(month, NOTHING) for s in shown), NOTHING) for month in columns],
    )
