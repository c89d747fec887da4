"""Budgets in a line or two, of any commissioner."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from funding.models import Budget, BudgetFigure, BudgetLine, BudgetSection
from tests import factories as make

NUMBERS = count(1)


class Made:
    """A budget of NHS Leicester CCG, printed on 2 May 2023."""

    team: BudgetSection
    lead: BudgetSection
    sub: BudgetFigure
    running: BudgetFigure
    grand: BudgetFigure
    cash: BudgetFigure
    kind: BudgetFigure
    slide: BudgetFigure

    def __init__(self, unit: int = 1, **facts: Any) -> None:
        self.ccg = make.OrganisationFactory.create(name="NHS Leicester CCG", code="04C")
        self.source = make.SourceFactory.create(
            title="Budget of Leicester", published_on=facts.pop("on", date(2023, 5, 2))
        )
        self.record = Budget.objects.create(
            slug=f"budget-{next(NUMBERS)}",
            title="Home visiting",
            commissioner=self.ccg,
            unit=unit,
            source=self.source,
            **facts,
        )

    def section(self, heading: str, *amounts: str, **facts: Any) -> BudgetSection:
        position = next(NUMBERS)
        section = BudgetSection.objects.create(
            budget=self.record, slug=f"section-{position}", position=position, heading=heading, **facts
        )
        for text in amounts:
            self.line(section, text)
        return section

    def line(self, section: BudgetSection, text: str, **facts: Any) -> BudgetLine:
        position = section.lines.count() + 1
        given = {"role": f"Line {position}", "is_pay": True, **facts}
        return BudgetLine.objects.create(
            section=section,
            position=position,
            text=text,
            amount=Decimal(text.replace(",", "")) if text else None,
            **given,
        )

    def figure(self, kind: str, text: str, **facts: Any) -> BudgetFigure:
        given = {"label": kind.title(), "source": self.source, **facts}
        amount = given.pop("amount", text.replace(",", ""))
        return BudgetFigure.objects.create(
            budget=self.record,
            position=next(NUMBERS),
            kind=kind,
            text=text,
            amount=None if amount is None else Decimal(amount),
            **given,
        )


def change(line: Any, text: str) -> None:
    """Print another figure."""
    line.text, line.amount = text, Decimal(text.replace(",", ""))
    line.save()
