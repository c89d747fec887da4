"""Published maxima for staff against the national ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from funding.entitlement import MONTHS_OF_A_YEAR
from funding.implied import Maximum, maximum
from funding.models import PublishedRate, Rate
from funding.printed import Printed, Row, national, posts_of, printed
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import plural, pounds, words

from .saying import WITH_RATES, by, printed_as


def maxima(day: date) -> Iterator[Doubt]:
    """Maxima above the national one, or of other months than they say: one doubt for a payment."""
    found = printed(day)
    rates = national({table.record.year_id for table in found})
    for table in found:
        years = rates.get(table.record.year_id)
        for payment, stated in table.rates.items():
            held = years.posts.get(payment) if years else None
            if held and stated.per == Rate.Per.POST and stated.months:
                wrong = {
                    row.position: one for row, one in beside(table, stated, held) if one and not one.is_right
                }
                if wrong:
                    yield _doubt(table, stated, held, wrong)


def beside(table: Printed, stated: PublishedRate, held: Any) -> list[tuple[Row, Maximum | None]]:
    """Each row's printed maximum beside the national one, for as many posts as its list allows."""
    return [
        (row, maximum_of(table, row, row.amounts[stated.payment_id], stated, held))
        for row in table.rows
        if stated.payment_id in row.amounts
    ]


def maximum_of(table: Printed, row: Row, amount: Any, stated: PublishedRate, held: Any) -> Maximum | None:
    """What a row prints beside the national maximum; None where the table says no months."""
    if not stated.months:
        return None
    posts = posts_of(held, table.list_of(row))
    return maximum(amount.pounds, amount.text, held.pounds, posts, stated.months)


def _doubt(table: Printed, stated: PublishedRate, held: Any, wrong: dict[int, Maximum]) -> Doubt:
    rows = {row.position: row for row in table.rows}
    first = rows[next(iter(wrong))]
    over = sum((one.over for one in wrong.values()), Decimal(0))
    amounts = sorted({printed_as(rows[position].amounts[stated.payment_id]) for position in wrong})
    year = any(one.exceeds_year for one in wrong.values())
    whole = all(one.covers_a_year for one in wrong.values())
    posts = sum(one.posts for one in wrong.values())
    nine = wrong[first.position].period / wrong[first.position].posts
    why = "Another period than the months it says: it is the maximum of twelve months." if whole else ""
    if year:
        above = sum((one.printed - one.year for one in wrong.values()), Decimal(0))
        why = f"Above even the maximum of twelve months, by {pounds(above)} in all: it promises what nobody "
        why += "reimburses."
    return Doubt(
        subject=stated,
        commissioner=table.record.publisher_id,
        stated=f"At most {words(amounts)} for {plural(stated.months or 0, 'month')}, in "
        f"{plural(len(wrong), 'network')} with {plural(posts, 'post')}",
        stated_by=by(table.record),
        found=f"{pounds(held.pounds)} a post in {MONTHS_OF_A_YEAR} months ({held.percent.normalize():f} % of "
        f"the actual cost); {pounds(nine)} a post in {stated.months}",
        found_by=f"The rates of the year: {held.source}",
        difference=f"{pounds(abs(over))} {'above' if over > 0 else 'below'} the maximum of "
        f"{plural(stated.months or 0, 'month')}",
        pounds=abs(over),
        meaning=f"{why} What is reimbursed is the actual cost up to the national maximum: paid as printed, "
        f"it would cost {pounds(abs(over))} {'too much' if over > 0 else 'too little'}.".strip(),
    )


RULES = (
    Rule(
        slug="published-maximum-against-the-national-one",
        group="money",
        title="A published maximum and the national one",
        question="Does a table print a maximum for staff above the national one, or for other months than "
        "it says?",
        source="The maximum of a post in twelve months as the year’s rates hold it, for the months that the "
        "table says, and for two posts where the list is above the size from which a PCN may have two.",
        to_do="Have the table put right; claims are paid up to the national maximum whatever it prints.",
        find=maxima,
        after=WITH_RATES,
    ),
)
