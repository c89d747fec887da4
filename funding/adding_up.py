"""Whether a budget adds up: pure functions over `Decimal` and frozen dataclasses. No database here.

A figure may differ from its lines because of its own slip, or because it adds up what is printed above it.
Both are said: `calculated` from the lines, `carried` from the totals as printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations

from .entitlement import NOTHING, pennies
from .split import Share, placed

WORKING_DAYS = 5
SUBTOTAL, RUNNING, GRAND, SPLIT, ROUNDED = "subtotal", "running", "grand", "split", "rounded"
PAY, NON_PAY, ALL = "pay", "non_pay", "all"


@dataclass(frozen=True)
class Line:
    """A line in pounds; None where no amount is printed. `days` are days a week of each of `leads`."""

    pk: int
    amount: Decimal | None
    is_pay: bool | None = None
    band: str = ""
    wte: Decimal | None = None
    quantity: Decimal | None = None
    each: Decimal | None = None
    leads: int | None = None
    days: Decimal | None = None

    @property
    def reckoned(self) -> Decimal | None:
        """Quantity × pounds each, where the line says both."""
        return None if self.quantity is None or self.each is None else pennies(self.quantity * self.each)

    @property
    def wte_of_days(self) -> Decimal | None:
        """Whole-time equivalents of its people’s days a week, where the line says both."""
        return None if self.leads is None or self.days is None else self.leads * self.days / WORKING_DAYS

    @property
    def heads(self) -> Decimal | None:
        """How many its amount implies at so many pounds each, where it says no quantity."""
        if self.quantity is not None or not self.each or self.amount is None:
            return None
        return self.amount / self.each


@dataclass(frozen=True)
class Figure:
    """A printed total; see `funding.models.BudgetFigure`. `section` and `first` are positions of sections."""

    pk: int
    kind: str
    amount: Decimal | None
    section: int | None = None
    first: int | None = None
    lines: str = ALL
    share: Share = ("", "")
    covers: tuple[str, ...] = ()
    precision: Decimal = Decimal(1)
    quantity: Decimal | None = None


@dataclass(frozen=True)
class Section:
    """A section; `share` is its funder and how, as its heading says, each empty where it does not."""

    position: int
    lines: tuple[Line, ...]
    share: Share = ("", "")


def added(lines: Sequence[Line]) -> Decimal | None:
    """What lines add up to; None where one of them, or every one, has no amount."""
    if not lines or any(line.amount is None for line in lines):
        return None
    return sum((line.amount for line in lines if line.amount is not None), NOTHING)


@dataclass(frozen=True)
class Beside:
    """A printed figure beside what its lines add up to and what the totals above it, as printed, add up to.

    All are in pounds; None where the document does not give what is needed.
    """

    figure: Figure
    calculated: Decimal | None
    carried: Decimal | None

    @property
    def off(self) -> Decimal:
        """What is printed less what the lines add up to."""
        if self.figure.amount is None or self.calculated is None:
            return NOTHING
        return self.figure.amount - self.calculated

    @property
    def follows(self) -> bool:
        """Whether it differs from its lines only as the totals above it do."""
        return self.off != NOTHING and self.figure.amount == self.carried

    @property
    def is_right(self) -> bool:
        if self.figure.kind == ROUNDED and self.calculated is not None and self.figure.amount is not None:
            return rounded(self.calculated, self.figure.precision) == self.figure.amount
        return self.off == NOTHING or self.follows

    @property
    def coarser(self) -> Decimal | None:
        """For a rounded figure that is not right: the wider step, in pounds, to which it would be."""
        if self.is_right or self.figure.kind != ROUNDED or self.calculated is None:
            return None
        steps = (self.figure.precision * times for times in (5, 10))
        return next((step for step in steps if rounded(self.calculated, step) == self.figure.amount), None)


def rounded(pounds: Decimal, precision: Decimal) -> Decimal:
    """To the nearest whole number of steps, half up."""
    return (pounds / precision).quantize(Decimal(1), ROUND_HALF_UP) * precision


class AddedUp:
    """The sections and figures of a budget, and each figure beside what it should be."""

    def __init__(self, sections: Sequence[Section], figures: Sequence[Figure]) -> None:
        self.sections = sorted(sections, key=lambda section: section.position)
        self.figures = figures
        self.placed = placed(
            {one.position: one.share for one in self.sections},
            {one.position: self.printed(one) for one in self.sections},
            {one.share: one.amount for one in self.of_kind(SPLIT) if one.amount is not None},
        )

    def beside(self) -> list[Beside]:
        return [Beside(one, added(self.lines_of(one)), self.carried(one)) for one in self.figures]

    def of_kind(self, kind: str) -> list[Figure]:
        return [one for one in self.figures if one.kind == kind]

    def between(self, first: int | None, last: int | None) -> list[Section]:
        return [
            one
            for one in self.sections
            if (first is None or one.position >= first) and (last is None or one.position <= last)
        ]

    def lines_of(self, figure: Figure) -> list[Line]:
        """The lines that a figure covers."""
        if figure.kind == ROUNDED:
            return [line for name in figure.covers for line in self.named(name)]
        if figure.kind == SPLIT:
            ours = self.of_split(figure)
        elif figure.kind == SUBTOTAL:
            ours = self.between(figure.section, figure.section)
        else:
            ours = self.between(figure.first, figure.section)
        lines = [line for section in ours for line in section.lines]
        return lines if figure.lines == ALL else [x for x in lines if x.is_pay is (figure.lines == PAY)]

    def named(self, name: str) -> Iterator[Line]:
        """The lines of "4", or the one line "4.1": positions of a section and of a line in it."""
        section, _, line = name.partition(".")
        for one in self.between(int(section), int(section)):
            yield from one.lines[int(line) - 1 : int(line)] if line else one.lines

    def printed(self, section: Section) -> Decimal | None:
        """A section’s total as printed, in parts or whole; else what its lines add up to."""
        found = {f.lines: f.amount for f in self.of_kind(SUBTOTAL) if f.section == section.position}
        if found.get(ALL) is not None:
            return found[ALL]
        parts = {
            PAY: [x for x in section.lines if x.is_pay],
            NON_PAY: [x for x in section.lines if not x.is_pay],
        }
        totals = [found.get(part) or added(lines) for part, lines in parts.items() if lines]
        return None if not totals or None in totals else sum((t for t in totals if t is not None), NOTHING)

    def carried(self, figure: Figure) -> Decimal | None:
        """What a figure should be if the totals that it adds up are right; None where it adds up none."""
        if figure.kind == SPLIT:
            return self.of_sections(self.of_split(figure))
        if figure.kind not in (RUNNING, GRAND):
            return None
        reached: dict[int, Figure] = {}
        ours = self.between(figure.first, figure.section)
        for one in self.of_kind(RUNNING):
            own = [section.position for section in self.between(one.first, one.section)]
            if one.pk != figure.pk and own and {*own} <= {section.position for section in ours}:
                longest = reached.get(own[0])
                if longest is None or (one.section or 0) > (longest.section or 0):
                    reached[own[0]] = one
        before = [*reached.values()]
        counted = [section for one in before for section in self.between(one.first, one.section)]
        rest = self.of_sections([section for section in ours if section not in counted])
        sums = [one.amount for one in before]
        return None if rest is None or None in sums else sum((x for x in sums if x is not None), rest)

    def of_split(self, figure: Figure) -> list[Section]:
        return [one for one in self.sections if self.placed.counted.get(one.position) == figure.share]

    def of_sections(self, sections: Sequence[Section]) -> Decimal | None:
        totals = [self.printed(section) for section in sections]
        return None if None in totals else sum((one for one in totals if one is not None), NOTHING)


def twice(section: Section) -> list[tuple[Line, Line]]:
    """Two lines of a section with one amount, where no band and whole-time equivalents give them both."""
    return [
        (one, other)
        for one, other in combinations(section.lines, 2)
        if one.amount is not None
        and one.amount == other.amount
        and not (one.band and (one.band, one.wte) == (other.band, other.wte))
    ]
