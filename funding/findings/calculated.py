"""Published amounts against what the portal calculates from the lists and rates that are held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from funding.beside import Calculated, calculated_for
from funding.models import PublishedAmount
from funding.printed import Printed, printed
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import number, pounds

from .saying import WITH_RATES, by, headed, more, printed_as


def calculated(day: date) -> Iterator[Doubt]:
    """A published amount that differs from the calculated one; where a list is not held, none is doubted."""
    for table in printed(day):
        found = calculated_for(table, {row.commissioner for row in table.rows}, day)
        for row in table.rows:
            for payment, amount in row.amounts.items():
                own = found.get((row.pcn.pk, payment or 0))
                if own and own.is_listed and own.amount is not None and own.amount != amount.pounds:
                    yield _doubt(table, amount, own)


def _doubt(table: Printed, amount: PublishedAmount, own: Calculated) -> Doubt:
    off = amount.pounds - (own.amount or 0)
    rate = table.rate(amount.payment_id or 0)
    row = next(row for row in table.rows if row.amounts.get(amount.payment_id) == amount)
    implied = row.lists.get(amount.payment_id or 0) if rate else None
    patients = abs(implied.patients - own.patients) if implied and own.patients is not None else None
    return Doubt(
        subject=amount,
        commissioner=table.record.publisher_id,
        key="calculated",
        stated=f"{table.named(row)}, {headed(table, amount.payment_id or 0)}: {printed_as(amount)}",
        stated_by=by(table.record),
        found=f"{pounds(own.amount)}: {pounds(own.rate)} × {number(own.patients)} patients"
        + (f" ({written(own.as_at)})" if own.as_at else ""),
        found_by="The list and the rate that are held",
        difference=f"{more(off)} published" + (f", {number(patients)} patients" if patients else ""),
        patients=patients,
        pounds=abs(off),
        meaning="The portal pays what is calculated. If the published amount holds, the list or the rate "
        "that is held is not the one that was used.",
    )


RULES = (
    Rule(
        slug="published-amount-against-the-calculated-one",
        group="money",
        title="A published amount and the calculated one",
        question="Does a published amount differ from what the rate and the list that are held come to?",
        source="The published table, beside the year’s rates and the list sizes at its day. Where no list of "
        "that day is held, nothing is compared.",
        to_do="Find out which list the publisher used; record it with its date where it is the right one.",
        find=calculated,
        after=WITH_RATES,
    ),
)
