"""What a published amount implies: pure functions over `Decimal`. No database here.

A list size that an amount implies is what the amount was reckoned from, if its rate is right. It says nothing
about how many patients there are, pays nobody, and never proves the amount that it comes from.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import TypeVar

from .entitlement import MONTHS_OF_A_YEAR, NOTHING, PENNY, amount, pennies

ONE = Decimal(1)
P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True)
class Implied:
    """The whole number of patients whose amount is nearest to what is printed, and how far off that is.

    `off` is what is printed less rate × `patients`, in pounds: nothing where the amount is exact.
    """

    patients: int
    off: Decimal

    @property
    def is_exact(self) -> bool:
        return self.off == NOTHING


def implied(pounds: Decimal, rate: Decimal) -> Implied:
    """The list size that an amount implies at a rate, exact or the nearest.

    At a rate below a penny several lists give one amount: the smallest is meant. Raises `ValueError` for a
    rate that is not positive.
    """
    if rate <= 0:
        raise ValueError("A rate is more than nothing.")
    reached = max(0, int(((pounds - PENNY / 2) / rate).to_integral_value(ROUND_CEILING)))
    found = [Implied(n, pounds - amount(rate, Decimal(n))) for n in (reached, max(0, reached - 1))]
    return min(found, key=lambda one: abs(one.off))


def agreed(lists: Iterable[Implied]) -> int | None:
    """The list that two or more payments of a PCN imply exactly, and more of them than any other list."""
    found = Counter(one.patients for one in lists if one.is_exact).most_common(2)
    if not found or found[0][1] < 2 or (len(found) > 1 and found[1][1] == found[0][1]):
        return None
    return found[0][0]


def misfits(rows: Iterable[Mapping[P, Implied]]) -> set[P]:
    """The payments that use another list than their label says.

    `rows` are, for each PCN, the lists that its payments of one label imply. A payment does not fit where in
    most of the PCNs it implies another list than the one on which the others agree, or none exactly while
    another does.
    """
    fits: Counter[P] = Counter()
    known: Counter[P] = Counter()
    for lists in rows:
        for payment, own in lists.items():
            others = [one for other, one in lists.items() if other != payment]
            if (same := agreed(others)) is not None:
                known[payment] += 1
                fits[payment] += own.is_exact and own.patients == same
            elif not own.is_exact and any(one.is_exact for one in others):
                known[payment] += 1
    return {payment for payment, count in known.items() if 2 * fits[payment] < count}


def apart(lists: Mapping[P, Implied]) -> dict[int, list[P]]:
    """The payments of one PCN by the list that each implies, where they imply more than one.

    The list that most payments imply comes first, of as many the larger. Empty where all imply the same.
    """
    found: dict[int, list[P]] = {}
    for payment, one in lists.items():
        found.setdefault(one.patients, []).append(payment)
    if len(found) < 2:
        return {}
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), -item[0])))


def cost(amounts: Iterable[tuple[Decimal, Decimal]], patients: int) -> Decimal:
    """What amounts, as (rate, pounds), would cost more on a list size; less than nothing where they save."""
    return sum((amount(rate, Decimal(patients)) - pounds for rate, pounds in amounts), NOTHING)


@dataclass(frozen=True)
class Sum:
    """A printed total beside what its rows add up to, and beside rate × the sum of the lists they imply.

    `slack` is how far the rows may be off where they are printed without pence. `at_rate` is None where a row
    implies no list exactly, or where there is no rate. `lists` is that sum of lists.
    """

    printed: Decimal
    rows: Decimal
    slack: Decimal
    at_rate: Decimal | None
    lists: int | None

    @property
    def off(self) -> Decimal:
        """What is printed less the sum of the rows, in pounds."""
        return self.printed - self.rows

    @property
    def is_right(self) -> bool:
        return abs(self.off) <= self.slack or self.printed == self.at_rate

    @property
    def how(self) -> str:
        """Which way the total was reckoned: a sentence."""
        if self.off == NOTHING:
            return "The sum of the rows"
        if self.printed == self.at_rate:
            return "Rate × the sum of the lists, rounded once"
        if self.is_right:
            return "The sum of the rows with the pence that they leave out"
        return "Neither the sum of the rows nor rate × the sum of the lists"


def step(text: str) -> Decimal:
    """The smallest step that a printed sum shows, in pounds: a penny, ten pence, a pound."""
    _, dot, pence = text.partition(".")
    return ONE.scaleb(-sum(sign.isdigit() for sign in pence)) if dot else ONE


def sum_of(printed: Decimal, rows: Sequence[tuple[Decimal, str]], rate: Decimal | None = None) -> Sum:
    """A total beside its rows, each in pounds and as printed."""
    slack = sum((step(text) / 2 for _, text in rows if step(text) > PENNY), NOTHING)
    lists = [implied(pounds, rate) for pounds, _ in rows] if rate else []
    exact = bool(lists) and all(one.is_exact for one in lists)
    together = sum(one.patients for one in lists) if exact else None
    return Sum(
        printed=printed,
        rows=sum((pounds for pounds, _ in rows), NOTHING),
        slack=slack,
        at_rate=amount(rate, Decimal(together)) if rate and together is not None else None,
        lists=together,
    )


def for_months(pounds: Decimal, of: int, months: int) -> Decimal:
    """The part of a sum for `of` months that falls to `months`; not rounded."""
    return pounds * months / of


def rounds_to(printed: Decimal, exact: Decimal) -> bool:
    """Whether a figure is another one, rounded half up to the places that it needs itself."""
    exponent = min(0, int(printed.normalize().as_tuple().exponent))
    return exact.quantize(ONE.scaleb(exponent), ROUND_HALF_UP) == printed


@dataclass(frozen=True)
class Maximum:
    """What is printed as the most for some posts, beside the national maximum for the months it is said for.

    `year` is the national maximum of twelve months, `period` that of `months` months; both in pounds.
    """

    printed: Decimal
    posts: int
    months: int
    year: Decimal
    period: Decimal
    slack: Decimal

    @property
    def over(self) -> Decimal:
        """By how much it exceeds the maximum of its months."""
        return self.printed - self.period

    @property
    def exceeds_year(self) -> bool:
        return self.printed - self.slack > self.year

    @property
    def covers_a_year(self) -> bool:
        """Whether it is the maximum of twelve months where it is said to be that of fewer."""
        return self.months != MONTHS_OF_A_YEAR and abs(self.printed - self.year) <= self.slack

    @property
    def is_right(self) -> bool:
        return abs(self.over) <= self.slack


def maximum(printed: Decimal, text: str, national: Decimal, posts: int, months: int) -> Maximum:
    """A printed maximum beside the national one, which is for one post and twelve months."""
    slack = step(text) / 2 if step(text) > PENNY else NOTHING
    year = national * posts
    return Maximum(printed, posts, months, year, pennies(for_months(year, MONTHS_OF_A_YEAR, months)), slack)
