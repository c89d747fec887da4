"""Published amounts that are rate × no whole number of patients."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from funding.printed import Printed, Row, printed
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import number, pounds

from .saying import NEVER, WITH_RATES, by, headed, more, printed_as


def amounts(day: date) -> Iterator[Doubt]:
    """Amounts that no whole number of patients gives, of payments whose label fits the table."""
    for table in printed(day):
        for row in table.rows:
            for payment, one in row.lists.items():
                if not one.is_exact and payment not in table.misfits:
                    yield _doubt(table, row, payment)


def _doubt(table: Printed, row: Row, payment: int) -> Doubt:
    amount, one = row.amounts[payment], row.lists[payment]
    return Doubt(
        subject=amount,
        commissioner=table.record.publisher_id,
        key="rate",
        stated=f"{table.named(row)}, {headed(table, payment)}: {printed_as(amount)}",
        stated_by=by(table.record),
        found=f"{pounds(table.rate(payment))} × {number(one.patients)} patients is "
        f"{pounds(amount.pounds - one.off)}, the nearest",
        found_by=by(table.record),
        difference=f"{more(one.off)} printed than the nearest",
        pounds=abs(one.off),
        meaning="An amount of this payment is the rate × a whole number of patients. This one is misprinted, "
        f"or was reckoned otherwise: to put it right takes {pounds(abs(one.off))} at least. {NEVER}",
    )


RULES = (
    Rule(
        slug="published-amount-against-its-rate",
        group="money",
        title="A published amount that is no rate × patients",
        question="Is a published amount not its rate × any whole number of patients, to the penny?",
        source="The published table. A payment whose label does not fit it is asked about apart.",
        to_do="Find out what it was reckoned from, and have it put right.",
        find=amounts,
        after=WITH_RATES,
    ),
)
