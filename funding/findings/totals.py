"""Published totals against their rows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from funding.implied import Sum
from funding.models import PublishedAmount
from funding.printed import Kind, Printed, Row, printed
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import number, pounds

from .saying import DOCUMENTS, by, headed, more, printed_as


def totals(day: date) -> Iterator[Doubt]:
    """A total that neither its rows nor the rate on the sum of their lists gives."""
    for table in printed(day):
        for total in table.every:
            for payment, amount in total.amounts.items():
                if total.kind != Kind.ROW and not (found := table.sum_of(total, payment)).is_right:
                    yield _doubt(table, total, amount, found)


def _doubt(table: Printed, total: Row, amount: PublishedAmount, found: Sum) -> Doubt:
    what = "" if amount.payment_id is None else f", {headed(table, amount.payment_id)}"
    at_rate = ""
    if found.at_rate is not None:
        at_rate = f"; {pounds(found.at_rate)} at the rate for {number(found.lists)} patients"
    return Doubt(
        subject=amount,
        commissioner=table.record.publisher_id,
        stated=f"{total.label}{what}: {printed_as(amount)}",
        stated_by=by(table.record),
        found=f"{pounds(found.rows)}, added up{at_rate}",
        found_by=by(table.record),
        difference=f"{more(found.off)} than the rows",
        pounds=abs(found.off),
        meaning="A total of this table is the sum of its rows, or the rate × the sum of their lists, rounded "
        "once; this one is neither. One of the figures is misprinted: if the rows hold, the total has to be "
        f"put right by {pounds(abs(found.off))}.",
    )


RULES = (
    Rule(
        slug="published-total-against-its-rows",
        group="money",
        title="A published total that its rows do not add up to",
        question="Is a published total neither the sum of its rows nor rate × the sum of their lists?",
        source="The published table. Rows that are printed without pence may leave out half a pound each.",
        to_do="Find out which figure is misprinted, and have it put right.",
        find=totals,
        after=DOCUMENTS,
    ),
)
