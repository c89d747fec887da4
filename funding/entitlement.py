"""What is due, to the penny: pure functions over `Decimal` and frozen dataclasses. No database here.

Rounding, as the published table of July 2019 shows: an amount is rate × list size, half up to the penny; a
total is rate × the sum of the list sizes, rounded once, so that it may differ by pennies from the sum of its
rows. A rate for a period is never rounded to a month and multiplied again: what is paid a month follows from
the amount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")
MONTHS_OF_A_YEAR = 12


def pennies(pounds: Decimal) -> Decimal:
    """Rounded half up to the penny."""
    return pounds.quantize(PENNY, ROUND_HALF_UP)


def amount(rate: Decimal, patients: Decimal) -> Decimal:
    """Pounds for a list size, at a rate in pounds for each patient."""
    return pennies(rate * patients)


def amounts(rate: Decimal, sizes: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Pounds for the list size of each month; None where there is none."""
    if sizes and sizes[0] is not None and sizes.count(sizes[0]) == len(sizes):
        return [amount(rate, sizes[0])] * len(sizes)
    found: list[Decimal | None] = []
    last: Decimal | None = None
    for size in sizes:
        if size is not last or not found:
            last, whole = size, None if size is None else amount(rate, size)
        found.append(whole)
    return found


def total(rate: Decimal, lists: Iterable[Decimal]) -> Decimal:
    """Pounds for several list sizes together: rounded once, whatever their order."""
    return amount(rate, sum(lists, Decimal(0)))


@lru_cache(maxsize=4096)
def instalments(whole: Decimal, count: int) -> tuple[Decimal, ...]:
    """`whole`, in whole pennies, in `count` parts that add up to it; each within a penny of the others.

    The first n parts are n/count of the whole, rounded half up. Raises `ValueError` for a count below 1 and
    for a part of a penny.
    """
    if count < 1:
        raise ValueError("An amount is paid in one part or more.")
    if whole < 0:
        return tuple(-part for part in instalments(-whole, count))
    exact = whole * 100
    pence = int(exact)
    if pence != exact:
        raise ValueError("A part of a penny is not paid.")
    least, rest = divmod(pence, count)
    part = Decimal(least).scaleb(-2)
    more = part + PENNY
    return tuple([more if is_more else part for is_more in _penny_more(rest, count)])


@cache
def _penny_more(rest: int, count: int) -> tuple[int, ...]:
    """Of each part whether it has one of the pennies that are left over: 1 or 0."""
    reached = [(2 * rest * n + count) // (2 * count) for n in range(count + 1)]
    return tuple(after - before for before, after in pairwise(reached))


def schedule(wholes: Sequence[Decimal | None]) -> tuple[Decimal, ...]:
    """What each month of a period amounts to, given the period's amount as it stands in each month.

    Where the amount changes in the middle, the months before keep what they had and those from then on get
    what the new amount gives them. None where nothing is due for a month.
    """
    if not wholes:
        return ()
    first = wholes[0]
    if first is not None and wholes.count(first) == len(wholes):
        return instalments(first, len(wholes))
    parts = {whole: instalments(whole, len(wholes)) for whole in set(wholes) if whole is not None}
    return tuple(NOTHING if whole is None else parts[whole][n] for n, whole in enumerate(wholes))


@cache
def months(starts_on: date, ends_on: date) -> tuple[date, ...]:
    """The first day of each month that begins in the half-open period."""
    found, day = [], starts_on.replace(day=1)
    while day < ends_on:
        if day >= starts_on:
            found.append(day)
        day = next_month(day)
    return tuple(found)


@cache
def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@cache
def due_on(month: date, *, following: bool = False, first: date | None = None) -> date:
    """The last day of the month, or of the one after it where `following`; never before `first`."""
    last = next_month(next_month(month) if following else month) - timedelta(days=1)
    return max(last, first) if first else last


class Settled(NamedTuple):
    """A month held against what earlier runs paid for it: what a run pays, as newly due or as arrears."""

    month: date
    due_on: date
    amount: Decimal
    paid_before: Decimal
    newly_due: Decimal
    arrears: Decimal


def settle(
    due: Iterable[tuple[date, date, Decimal]], paid: Mapping[date, Decimal], day: date
) -> tuple[Settled, ...]:
    """Hold months, as (month, due on, pounds), against what was paid for each of them.

    A month that an earlier run paid is settled by arrears, which are negative where too much was paid. Any
    other is newly due where its day is not after `day`, else still to come. A month that was paid and is not
    among those of `due` can't be reckoned any more: it keeps what was paid and is not given.
    """
    if not paid:
        return tuple(
            Settled(month, on, pounds, NOTHING, pounds if on <= day else NOTHING, NOTHING)
            for month, on, pounds in due
        )
    return tuple(
        Settled(month, on, pounds, before, NOTHING, pounds - before)
        if (before := paid.get(month)) is not None
        else Settled(month, on, pounds, NOTHING, pounds if on <= day else NOTHING, NOTHING)
        for month, on, pounds in due
    )


class PostHeld(NamedTuple):
    """A post of a role: its id, whole-time equivalents, since when it is filled and, where it is, vacant."""

    pk: int
    wte: Decimal
    starts_on: date
    ends_on: date | None = None


def above_baseline(posts: Iterable[PostHeld], baseline: Decimal, allowed: int) -> dict[int, Decimal]:
    """The whole-time equivalents of each post that are reimbursed, by its id.

    Those filled first count towards the baseline; of the rest at most `allowed` are reimbursed.
    Source: Network Contract DES 2019/20, additional to the staff in post on 31 March 2019.
    """
    found, left, room = {}, baseline, Decimal(allowed)
    for post in sorted(posts, key=lambda p: (p.starts_on, p.pk)):
        covered = min(post.wte, left)
        left -= covered
        found[post.pk] = min(post.wte - covered, room)
        room -= found[post.pk]
    return found


@lru_cache(maxsize=1024)
def maximum_of_month(yearly: Decimal, wte: Decimal, month: date) -> Decimal:
    """The most that is reimbursed for a month: the twelve months' maxima add up to the year's exactly."""
    return instalments(pennies(yearly * wte), MONTHS_OF_A_YEAR)[(month.month - 4) % MONTHS_OF_A_YEAR]


def reimbursed(cost: Decimal, percent: Decimal, maximum: Decimal) -> Decimal:
    """The part of an actual cost that is reimbursed, in percent, at most `maximum`."""
    return min(pennies(cost * percent / 100), maximum)
