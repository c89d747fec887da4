"""What is still to be paid of a line for each month: what runs settle and what pages announce are one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from funding.calculation import Line, Month
from funding.entitlement import NOTHING
from funding.models import RunLine


def is_settled(line: Line) -> bool:
    """Whether a run pays the line or takes off what is too much; what is held keeps what was paid."""
    return line.is_payable or line.state == RunLine.State.NO_CLAIM


def with_gone(line: Line, due_on: Mapping[date, date]) -> list[Month]:
    """The months of the line; a claim that no longer stands leaves its month with nothing due.

    `due_on` are the months that were paid, with the day by which each was due.
    """
    if not line.payment.is_staff:
        return list(line.months)
    held = {month.month for month in line.months}
    return [*line.months, *(Month(month, on, NOTHING) for month, on in due_on.items() if month not in held)]


def to_be_paid(line: Line, paid: Mapping[date, Month] | None = None) -> list[Month]:
    """The months in order, with what is due for them: where practices are paid, the sum of their shares."""
    if not line.shares:
        due_on = {month.month: month.due_on for month in (paid or {}).values()}
        return sorted(with_gone(line, due_on) if is_settled(line) else line.months)
    shares: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    for share in line.shares:
        for month in share.months:
            shares[month.month] += month.amount
    return [month._replace(amount=shares[month.month]) for month in line.months]


def left_of(line: Line, paid: Mapping[date, Month]) -> list[Month]:
    """What is due less what is `paid`, of each month in which they differ: less than nothing is taken off."""
    if not is_settled(line):
        return []
    none = Month(date.min, date.min, NOTHING)
    left = (
        one._replace(amount=one.amount - paid.get(one.month, none).amount) for one in to_be_paid(line, paid)
    )
    return [month for month in left if month.amount]


def too_much_of(line: Line, paid: Mapping[date, Month]) -> Decimal:
    """The pounds that the next run takes off."""
    return -sum((month.amount for month in left_of(line, paid) if month.amount < 0), NOTHING)
