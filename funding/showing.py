"""A budget in words: each printed figure beside what its lines add up to, and its rows as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from pcnportal.pages.jinja import number, pounds

from .adding_up import ALL, GRAND, ROUNDED, SPLIT, SUBTOTAL, WORKING_DAYS, Line, added
from .budgeting import Budgeted, Told
from .entitlement import pennies
from .models import BudgetLine, BudgetSection


def more(off: Decimal, word: str = "printed") -> str:
    """The same; £1.00 less printed."""
    if not off:
        return "the same"
    return f"{pounds(abs(off))} {'more' if off > 0 else 'less'} {word}"


@dataclass(frozen=True)
class Shown:
    """A printed figure: its record, what the lines come to, and the difference in words."""

    told: Told

    @property
    def record(self) -> Any:
        return self.told.record

    @property
    def calculated(self) -> Decimal | None:
        return self.told.beside.calculated

    @property
    def off(self) -> Decimal:
        return self.told.beside.off

    @property
    def said(self) -> str:
        """The difference in words, and why where it only adds up what is printed above."""
        if self.record.amount is None:
            return "no sum printed"
        if self.told.record.kind == ROUNDED and self.told.beside.is_right and self.off:
            return f"{more(self.off)}: the same, rounded to {pounds(self.record.precision)}"
        after = ": it adds up the totals as printed" if self.told.beside.follows else ""
        return more(self.off) + after


class Covered(NamedTuple):
    """A figure of a second place with the names of the sections or lines that it covers."""

    shown: Shown
    names: list[str]
    said_how: str
    quantity: str


class ShownLine(NamedTuple):
    """A line, and in words what it says that it is reckoned from."""

    record: BudgetLine
    said: str


class Part(NamedTuple):
    """A section with its lines, its subtotals and its running total."""

    section: BudgetSection
    funded: str
    counted: str
    lines: list[ShownLine]
    added: Decimal | None
    figures: list[Shown]


class Page:
    """What the page of a budget shows."""

    def __init__(self, budget: Budgeted) -> None:
        self.budget = budget
        self.shown = [Shown(told) for told in budget.told]

    def of_kind(self, *kinds: str) -> list[Shown]:
        return [one for one in self.shown if one.record.kind in kinds]

    @property
    def parts(self) -> list[Part]:
        found = []
        moved = {one.section: one.counted for one in self.budget.added_up.placed.moved}
        for of in self.budget.added_up.sections:
            section = self.budget.sections[of.position]
            own = [one for one in self.shown if one.record.section_id == section.pk]
            found.append(
                Part(
                    section,
                    funded(*of.share),
                    funded(*moved[of.position]) if of.position in moved else "",
                    [ShownLine(self.budget.lines[line.pk], _said(line)) for line in of.lines],
                    added(of.lines),
                    sorted(own, key=lambda one: one.record.position),
                )
            )
        return found

    @property
    def grand(self) -> Shown | None:
        """The grand total; of a budget without one the total of its only totalled section."""
        totals = [one for one in self.of_kind(SUBTOTAL) if one.record.lines == ALL]
        found = self.of_kind(GRAND) or (totals if len(totals) == 1 else [])
        return found[0] if found else None

    @property
    def added(self) -> Decimal | None:
        """What all lines add up to; None where one has no amount."""
        if self.grand and self.grand.calculated is not None:
            return self.grand.calculated
        return added([line for section in self.budget.added_up.sections for line in section.lines])

    @property
    def split(self) -> list[tuple[Shown, list[str]]]:
        """Each part of the split with the sections that it counts."""
        places = self.budget.added_up.placed.counted
        return [
            (
                one,
                [
                    _numbered(section)
                    for position, section in sorted(self.budget.sections.items())
                    if places.get(position) == (one.record.funder, one.record.how)
                ],
            )
            for one in self.of_kind(SPLIT)
        ]

    @property
    def second(self) -> list[Covered]:
        return [
            Covered(
                one,
                [self._name(name) for name in one.record.covers],
                one.record.said_how,
                number(one.record.quantity) if one.record.quantity is not None else "",
            )
            for one in self.of_kind(ROUNDED)
        ]

    def _name(self, covered: str) -> str:
        section, _, line = covered.partition(".")
        of = self.budget.sections[int(section)]
        return str(list(of.lines.all())[int(line) - 1].role) if line else _numbered(of)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The lines and figures as rows of a file, in the order in which they are printed."""
        for part in self.parts:
            for line, said in part.lines:
                yield {
                    "kind": "line",
                    "section": part.section.heading,
                    "label": line.role,
                    "band": line.band,
                    "wte": line.wte,
                    "as_printed": line.text,
                    "pounds": line.amount,
                    "in_words": said,
                    "source": str(self.budget.record.source),
                    "page": self.budget.record.page,
                    **_shares(part.section.funder, part.section.how),
                }
            for one in part.figures:
                yield _row(one, part.section.heading)
        for one in self.of_kind(GRAND, SPLIT, ROUNDED):
            yield _row(one, "")


def _said(line: Line) -> str:
    """What a line's own words give, beside what it prints."""
    found = []
    if line.reckoned is not None and line.amount is not None:
        found.append(
            f"{number(line.quantity)} × {pounds(line.each)} is {pounds(line.reckoned)}: "
            f"{more(line.amount - line.reckoned)}"
        )
    if line.wte_of_days is not None and line.wte is not None:
        off = line.wte - line.wte_of_days
        word = f"{number(abs(off))} {'more' if off > 0 else 'less'} printed" if off else "the same"
        found.append(
            f"{line.leads} × {number(line.days)} of {WORKING_DAYS} days a week is "
            f"{number(line.wte_of_days)} WTE: {word}"
        )
    if line.heads is not None:
        found.append(f"{pounds(line.each)} a head implies {number(pennies(line.heads))} heads")
    return ". ".join(found)


def _row(one: Shown, section: str) -> dict[str, Any]:
    return {
        "kind": one.record.get_kind_display().lower(),
        "section": section,
        "label": one.record.label,
        "as_printed": one.record.text,
        "pounds": one.record.amount,
        "lines_add_up_to": one.calculated,
        "difference": one.off if one.record.amount is not None and one.calculated is not None else None,
        "in_words": one.said,
        "source": str(one.record.source),
        "page": one.record.page,
        **_shares(one.record.funder, one.record.how),
    }


def _shares(funder: str, how: str) -> dict[str, str]:
    """Who funds and how, as the heading or the split says it; empty where it does not."""
    return {
        "funder": BudgetSection.Funder(funder).label if funder else "",
        "how": BudgetSection.How(how).label if how else "",
    }


def _numbered(section: BudgetSection) -> str:
    return f"{section.number} {section.heading}".strip()


def funded(funder: str, how: str) -> str:
    """Who funds and how, in words; empty where neither is said."""
    by = BudgetSection.Funder(funder).label if funder else ""
    way = BudgetSection.How(how).label.lower() if how else "how is not said" if funder else ""
    return ", ".join(part for part in (by, way) if part)


EXPORTED = (
    *("kind", "section", "label", "band", "wte", "as_printed", "pounds", "lines_add_up_to", "difference"),
    *("in_words", "funder", "how", "source", "page"),
)
COLUMNS: dict[str, Any] = {name: (lambda row, name=name: row.get(name)) for name in EXPORTED}
