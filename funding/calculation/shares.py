"""The months of a line, and each practice’s share of one that is paid to practices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from funding.entitlement import NOTHING, amounts, due_on, months, schedule
from funding.models import Term
from funding.rates import TermRates

from .bases import Base
from .inputs import Network
from .line import Months, Share
from .reckoner import Reckoner


def months_of(due: dict[date, Decimal], term: Term, network: Network) -> Months:
    following, first = term.timing == Term.Timing.FOLLOWING, term.first_paid_on
    if network.live_from and network.live_from > term.starts_on:
        first = max(filter(None, (first, due_on(network.live_from.replace(day=1), following=following))))
    ordered = tuple(sorted(due))
    return Months(ordered, _days(ordered, following, first), tuple(map(due.__getitem__, ordered)))


@lru_cache(maxsize=1024)
def _days(over: tuple[date, ...], following: bool, first: date | None) -> tuple[date, ...]:
    return tuple(due_on(month, following=following, first=first) for month in over)


def shares_of(reckoner: Reckoner, of: TermRates, reckoned: Collection[date]) -> tuple[Share, ...]:
    """Each practice’s part of a line: rate × its own list, so that pennies may differ from the line’s.

    Of the months that are `reckoned`: those of which a list is not held are nobody’s.
    """
    due: dict[int, dict[date, Decimal]] = {}
    newest: dict[int, Decimal] = {}
    for rate in of.rates:
        covered = months(rate.starts_on, rate.ends_on)
        over = reckoner.over(rate, by_practice=True)
        counted = [base if month in reckoned else None for month, base in zip(covered, over, strict=True)]
        for practice, sizes in _sizes(counted).items():
            newest[practice] = next(size for size in reversed(sizes) if size is not None)
            of_months = due.setdefault(practice, {})
            add_to(of_months, covered, schedule(amounts(rate.pounds, sizes)))
    names = reckoner.inputs.names
    return tuple(
        Share(
            practice, newest[practice], months_of(_only(due[practice], reckoned), of.term, reckoner.network)
        )
        for practice in sorted(due, key=lambda one: (names[one], one))
    )


def add_to(due: dict[date, Decimal], over: Iterable[date], pounds: Iterable[Decimal]) -> None:
    """Add the pounds of each month to what is due in it."""
    if not due:
        due.update(zip(over, pounds, strict=True))
        return
    for month, more in zip(over, pounds, strict=True):
        due[month] = due.get(month, NOTHING) + more


def _only(due: dict[date, Decimal], reckoned: Collection[date]) -> dict[date, Decimal]:
    if len(due) == len(reckoned):
        return due
    return {month: pounds for month, pounds in due.items() if month in reckoned}


def _sizes(bases: Sequence[Base | None]) -> dict[int, list[Decimal | None]]:
    """Each practice’s list size in each of the bases; None where it does not count."""
    if bases and bases[0] and bases.count(bases[0]) == len(bases):
        return {one.organisation: [one.patients] * len(bases) for one in bases[0].lists}
    held = {
        id(base): {one.organisation: one.patients for one in base.lists} if base else {} for base in bases
    }
    practices = {practice for sizes in held.values() for practice in sizes}
    return {practice: [held[id(base)].get(practice) for base in bases] for practice in practices}
