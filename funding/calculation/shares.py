"""The months of a line, and each practice’s share of one that is paid to practices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from funding.entitlement import NOTHING, amount, due_on, months, schedule
from funding.models import Term
from funding.rates import TermRates

from .inputs import Network
from .line import Month, Share
from .reckoner import Reckoner


def months_of(due: dict[date, Decimal], term: Term, network: Network) -> tuple[Month, ...]:
    following, first = term.timing == Term.Timing.FOLLOWING, term.first_paid_on
    if network.live_from and network.live_from > term.starts_on:
        first = max(filter(None, (first, due_on(network.live_from.replace(day=1), following=following))))
    return tuple(Month(m, due_on(m, following=following, first=first), due[m]) for m in sorted(due))


def shares_of(reckoner: Reckoner, of: TermRates, reckoned: Collection[date]) -> tuple[Share, ...]:
    """Each practice’s part of a line: rate × its own list, so that pennies may differ from the line’s.

    Of the months that are `reckoned`: those of which a list is not held are nobody’s.
    """
    due: dict[int, dict[date, Decimal]] = {}
    sizes: dict[int, Decimal] = {}
    for rate in of.rates:
        bases = dict(zip(reckoner.months, reckoner.bases(rate.per, True), strict=True))
        covered = months(rate.starts_on, rate.ends_on)
        held_in = {month: bases.get(month) if month in reckoned else None for month in covered}
        over = {month: {one.organisation: one.patients for one in base.lists} if base else {}
                for month, base in held_in.items()}  # fmt: skip
        for practice in {one for lists in over.values() for one in lists}:
            held = [over[month].get(practice) for month in covered]
            wholes = [None if size is None else amount(rate.pounds, size) for size in held]
            sizes[practice] = next(size for size in reversed(held) if size is not None)
            of_months = due.setdefault(practice, {})
            for month, pounds in zip(covered, schedule(wholes), strict=True):
                of_months[month] = of_months.get(month, NOTHING) + pounds
    names = reckoner.inputs.names
    for of_months in due.values():
        for month in of_months.keys() - reckoned:
            del of_months[month]
    return tuple(
        Share(practice, sizes[practice], months_of(due[practice], of.term, reckoner.network))
        for practice in sorted(due, key=lambda one: (names[one], one))
    )
