"""A published table and a budget of a network's commissioner, for what pages cost and who opens them."""

from decimal import Decimal
from itertools import count
from typing import Any

from funding.models import (
    Budget,
    BudgetFigure,
    BudgetLine,
    BudgetSection,
    FinancialYear,
    Payment,
    PublishedAmount,
    PublishedRate,
    PublishedTable,
)
from registry.models import PCN
from tests import factories as make

NUMBERS = count(1)
ALL = "payments-of-all"


def table_of(slug: str, pcn: PCN) -> PublishedTable:
    """The table of that address, which prints a rate for a payment of the commissioner's networks."""
    found, is_new = PublishedTable.objects.get_or_create(
        slug=slug,
        defaults={
            "title": "Payments",
            "year": FinancialYear.objects.get(slug="2019-20"),
            "publisher": pcn.commissioner,
            "source": make.SourceFactory.create(title="Payments", published_on=None),
        },
    )
    if is_new:
        rate = {"heading": "Core", "text": "£1.50", "per": "registered", "pounds": Decimal("1.50")}
        PublishedRate.objects.create(table=found, payment=Payment.objects.order_by("pk")[0], **rate)
    return found


def add_printed(pcn: PCN) -> None:
    """A row in the table of all, a table with a row of its own, and a budget with a line and a total."""
    for slug in (ALL, f"payments-{next(NUMBERS)}"):
        table = table_of(slug, pcn)
        PublishedAmount.objects.create(
            table=table,
            position=next(NUMBERS),
            kind="row",
            label=pcn.organisation.name,
            group="All",
            commissioner=pcn.commissioner,
            pcn=pcn,
            payment=table.rates.get().payment,
            text="45,000.00",
            pounds=Decimal("45000.00"),
        )
    source = make.SourceFactory.create(title="Budget", published_on=None)
    name = f"budget-{pcn.organisation.slug}"
    budget = Budget.objects.create(slug=name, title=name, commissioner=pcn.commissioner, source=source)
    section = BudgetSection.objects.create(slug=name, budget=budget, position=1, heading="Team")
    BudgetLine.objects.create(section=section, position=1, role="Lead", text="500", amount=Decimal(500))
    BudgetFigure.objects.create(
        budget=budget, position=1, kind="grand", label="Total", text="501", amount=Decimal(501), source=source
    )


def printed_of(pcn: PCN) -> dict[str, dict[str, Any]]:
    """What names them in an address."""
    return {"published table": {"slug": ALL}, "budget": {"slug": f"budget-{pcn.organisation.slug}"}}
