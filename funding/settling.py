"""What a payment run pays: each line of a year held against what earlier runs paid for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import repeat
from operator import itemgetter

from funding.calculation import Line, Month, Months
from funding.entitlement import NOTHING, Settled, settle
from funding.models import RunLine

from .left import is_settled, with_gone
from .paid_before import PaidLine

State = RunLine.State


# A month of a line or a share in a run: its first day, the day by which it is paid, and its pounds as
# reckoned, as earlier runs paid them, and as this run pays them. Plain tuples: a run has very many of them.
Part = tuple[date, date, Decimal, Decimal, Decimal]
MONTH, DUE_ON, AMOUNT, BEFORE, TO_PAY = map(itemgetter, range(5))


@lru_cache(maxsize=1024)
def _dates(month: date, due_on: date) -> str:
    return f'["{month}", "{due_on}"'


@dataclass(slots=True)
class RunPart:
    """What a practice gets of a line, month by month."""

    practice: int
    patients: Decimal
    parts: list[Part]

    @property
    def amount(self) -> Decimal:
        return _sum(map(AMOUNT, self.parts))

    @property
    def paid_before(self) -> Decimal:
        return _sum(map(BEFORE, self.parts))

    @property
    def to_pay(self) -> Decimal:
        return _sum(map(TO_PAY, self.parts))

    @property
    def months(self) -> str:
        """JSON, as a `RunShare` keeps it."""
        rows = [f'{_dates(month, on)}, "{a!s}", "{b!s}", "{c!s}"]' for month, on, a, b, c in self.parts]
        return f"[{', '.join(rows)}]"


@dataclass(slots=True)
class Settlement:
    """A line of a run. `amount` is the whole period’s; of arrears it is their difference."""

    line: Line
    state: State
    amount: Decimal | None
    parts: list[Part]
    shares: list[RunPart] = field(default_factory=list)
    why: str = ""

    @property
    def paid_before(self) -> Decimal:
        return NOTHING if self.state == State.ARREARS else _sum(map(BEFORE, self.parts))

    @property
    def to_pay(self) -> Decimal:
        return _sum(map(TO_PAY, self.parts))


def settled(line: Line, paid: PaidLine | None, day: date) -> list[Settlement]:
    """The line as a run that pays what is due by `day` holds it, and its arrears where there are any.

    A line that is held pays nothing, and nothing is taken back of it: it keeps what was paid. Of a payment to
    practices each share is settled, and its months are the sums of the shares’.
    """
    if not is_settled(line):
        return [_held(line, paid)]
    if paid is None:
        return [_first(line, day)]
    if line.shares or (paid and paid.shares):
        return _of_shares(line, paid, day)
    before = paid.months if paid else {}
    months = settle(with_gone(line, {month: paid.due_on[month] for month in paid.months}), before, day)
    kept = _kept(paid, months)
    ordinary = Settlement(
        line, line.state, line.amount, _sorted([*map(_ordinary, months), *kept]), why=line.why
    )
    return [ordinary, *_arrears(line, [part for month in months if (part := _difference(month))])]


def _first(line: Line, day: date) -> Settlement:
    """A line of which nothing was paid before."""
    over, on = line.months.over, line.months.due_on
    shares = [RunPart(share.practice, share.patients, _newly(share.months, day)) for share in line.shares]
    if not shares:
        parts = _newly(line.months, day)
    elif all(len(share.parts) == len(over) for share in shares):
        due = (sum(each, NOTHING) for each in zip(*(s.months.pounds for s in line.shares), strict=True))
        pays = (sum(each, NOTHING) for each in zip(*(map(TO_PAY, s.parts) for s in shares), strict=True))
        parts = list(zip(over, on, due, repeat(NOTHING), pays))
    else:
        parts = _summed(shares)
    return Settlement(line, line.state, line.amount, parts, shares, line.why)


def _newly(months: Months, day: date) -> list[Part]:
    due = bisect_right(months.due_on, day)
    pays = (*months.pounds[:due], *repeat(NOTHING, len(months) - due))
    return list(zip(months.over, months.due_on, months.pounds, repeat(NOTHING), pays))


def _held(line: Line, paid: PaidLine | None) -> Settlement:
    before: Mapping[date, Decimal] = paid.months if paid else {}
    parts = [(*month, before.get(month.month, NOTHING), NOTHING) for month in line.months]
    made = Settlement(line, line.state, line.amount, _sorted([*parts, *_kept(paid, parts)]), why=line.why)
    due = {share.practice: share for share in line.shares}
    for practice in sorted(due.keys() | (paid.shares.keys() if paid else set())):
        was = paid.shares.get(practice, {}) if paid else {}
        of = due.get(practice)
        months = [(*month, was.get(month.month, NOTHING), NOTHING) for month in of.months] if of else []
        kept = _kept_of(was, set(map(MONTH, months)), paid)
        patients = of.patients if of else paid.patients[practice] if paid else NOTHING
        made.shares.append(RunPart(practice, patients, _sorted([*months, *kept])))
    if made.shares:
        made.parts = _summed(made.shares)
    return made


def _of_shares(line: Line, paid: PaidLine | None, day: date) -> list[Settlement]:
    due_on = {month.month: month.due_on for month in line.months}
    ordinary, arrears = [], []
    due = {share.practice: share for share in line.shares}
    gone = (paid.shares.keys() if paid else set()) - due.keys()
    for practice in (*due, *sorted(gone)):
        was = paid.shares.get(practice, {}) if paid else {}
        share = due.get(practice)
        months = list(share.months) if share else []
        if was:
            # A practice that no longer has a share of a month that can be reckoned gives back what it got.
            held = {month.month for month in months}
            months += [Month(m, due_on[m], NOTHING) for m in was if m in due_on and m not in held]
        found = settle(months, was, day)
        patients = share.patients if share else paid.patients[practice] if paid else NOTHING
        kept = _kept_of(was, {month.month for month in found}, paid)
        ordinary.append(RunPart(practice, patients, _sorted([*map(_ordinary, found), *kept])))
        if differences := [part for month in found if (part := _difference(month))]:
            arrears.append(RunPart(practice, patients, differences))
    made = Settlement(line, line.state, line.amount, _summed(ordinary), ordinary, line.why)
    return [made, *_arrears(line, _summed(arrears), arrears)]


def _summed(shares: list[RunPart]) -> list[Part]:
    """The months of some shares together: what is due, was paid and is paid is of the same practices."""
    found: dict[date, Part] = {}
    for share in shares:
        for part in share.parts:
            if one := found.get(part[0]):
                part = (*one[:2], one[2] + part[2], one[3] + part[3], one[4] + part[4])
            found[part[0]] = part
    return [found[month] for month in sorted(found)]


def _arrears(line: Line, parts: list[Part], shares: list[RunPart] | None = None) -> list[Settlement]:
    difference = _sum(map(TO_PAY, parts))
    return [Settlement(line, State.ARREARS, difference, parts, shares or [])] if parts else []


def _ordinary(month: Settled) -> Part:
    return (month.month, month.due_on, month.amount, month.paid_before, month.newly_due)


def _difference(month: Settled) -> Part | None:
    if not month.arrears:
        return None
    return (month.month, month.due_on, month.amount, month.paid_before, month.arrears)


def _kept(paid: PaidLine | None, months: Iterable[Settled | Part]) -> list[Part]:
    return _kept_of(paid.months, set(map(MONTH, months)), paid) if paid else []


def _kept_of(was: Mapping[date, Decimal], reckoned: set[date], paid: PaidLine | None) -> list[Part]:
    """Months that were paid and can’t be reckoned any more."""
    if not paid:
        return []
    return [(m, paid.due_on[m], pounds, pounds, NOTHING) for m, pounds in was.items() if m not in reckoned]


def _sorted(parts: list[Part]) -> list[Part]:
    return sorted(parts) if len(parts) > 1 else parts


def _sum(pounds: Iterable[Decimal]) -> Decimal:
    return sum(pounds, NOTHING)
