"""Budgets read for adding up: each record beside what it should be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from pcnportal.findings.rules import read_once

from .adding_up import AddedUp, Beside, Figure, Line, Section
from .models import Budget, BudgetFigure, BudgetLine, BudgetSection


def known(day: date) -> Q:
    """Budgets whose document was published, or that were stated, by a day; undated ones count always."""
    return (
        Q(source__published_on__lte=day)
        | Q(source__published_on__isnull=True, stated_on__lte=day)
        | Q(source__published_on__isnull=True, stated_on__isnull=True)
    )


def budgets(day: date) -> QuerySet[Any]:
    """The budgets known on a day, with their sections, lines and figures: four queries."""
    return (
        Budget.objects.filter(known(day))
        .select_related("source", "year", "commissioner")
        .prefetch_related("sections__lines", "figures__source")
    )


@dataclass(frozen=True)
class Told:
    """A printed figure with what it should be; the record and the reckoning of one."""

    record: BudgetFigure
    beside: Beside


class Budgeted:
    """A budget with its records by id, added up."""

    def __init__(self, record: Budget) -> None:
        self.record = record
        self.sections: dict[int, BudgetSection] = {}
        self.lines: dict[int, BudgetLine] = {}
        for section in record.sections.all():
            section.budget = record
            self.sections[section.position] = section
            for line in section.lines.all():
                line.section = section
                self.lines[line.pk] = line
        self.figures: dict[int, BudgetFigure] = {figure.pk: figure for figure in record.figures.all()}
        positions = {section.pk: section.position for section in self.sections.values()}
        for figure in self.figures.values():
            figure.budget = record
        self.added_up = AddedUp(
            [_section(section) for section in self.sections.values()],
            [_figure(figure, positions) for figure in self.figures.values()],
        )

    @cached_property
    def told(self) -> list[Told]:
        return [Told(self.figures[one.figure.pk], one) for one in self.added_up.beside()]

    @property
    def reckoned(self) -> dict[int, Line]:
        """The lines as they add up, by id."""
        return {line.pk: line for section in self.added_up.sections for line in section.lines}

    def rounding(self, lines: int) -> int:
        """How many pounds the rounding of so many printed lines, and of their total, may leave."""
        return (lines + 1) * self.record.unit // 2


@read_once
def budgeted(day: date) -> list[Budgeted]:
    """The budgets known on a day, added up, once for all rules of a refresh."""
    return [Budgeted(budget) for budget in budgets(day)]


def _section(section: BudgetSection) -> Section:
    lines = (
        Line(
            pk=line.pk,
            amount=line.amount,
            is_pay=line.is_pay,
            band=line.band,
            wte=line.wte,
            quantity=line.quantity,
            each=line.each,
            leads=line.leads,
            days=line.days,
        )
        for line in section.lines.all()
    )
    return Section(section.position, tuple(lines), (section.funder, section.how))


def _figure(figure: BudgetFigure, positions: dict[int, int]) -> Figure:
    return Figure(
        pk=figure.pk,
        kind=figure.kind,
        amount=figure.amount,
        section=positions.get(figure.section_id or 0),
        first=positions.get(figure.first_id or 0),
        lines=figure.lines,
        share=(figure.funder, figure.how),
        covers=tuple(figure.covers),
        precision=figure.precision,
        quantity=figure.quantity,
    )
