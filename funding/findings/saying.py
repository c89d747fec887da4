"""Words that the rules of funding share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from funding.models import PublishedAmount, PublishedTable
from funding.printed import Printed, Row
from pcnportal.findings.rules import ORGANISATIONS
from pcnportal.pages.jinja import number, plural, pounds, words

# What a change is told about that a rule has to be asked anew for. A document comes by a fixture only.
DOCUMENTS: frozenset[str] = frozenset()
WITH_RATES = ORGANISATIONS | {"rate"}

NEVER = "An implied list is not one that is held: it pays nobody, and proves nothing about the amount."


def by(table: PublishedTable) -> str:
    """The document and the page of a table."""
    return ", ".join(part for part in (str(table.source.title), table.page) if part)


def more(off: Decimal, one: str = "more", other: str = "less") -> str:
    """£12.30 more, £4.00 less."""
    return f"{pounds(abs(off))} {one if off > 0 else other}"


def patients(count: int | Decimal) -> str:
    return plural(int(count), "patient") if count == int(count) else f"{number(count)} patients"


def headed(table: Printed, payment: int) -> str:
    """What the table calls a payment."""
    return table.rates[payment].heading if payment in table.rates else "A payment"


def printed_as(amount: PublishedAmount) -> str:
    return amount.text if amount.text.startswith("£") else f"£{amount.text}"


def amounts_of(table: Printed, row: Row, payments: Iterable[int]) -> str:
    """Extended Hours £50,129.79 and Clinical Director £23,445.60."""
    return words([f"{headed(table, pk)} {printed_as(row.amounts[pk])}" for pk in payments])
