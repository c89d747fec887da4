"""Published rates: against their own words, and against the rate that is held for the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from funding.entitlement import amount
from funding.implied import for_months, rounds_to
from funding.models import PublishedRate
from funding.printed import LISTED, Printed, national, printed
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import number, plural, pounds

from .saying import DOCUMENTS, WITH_RATES, by, more


def own_words(day: date) -> Iterator[Doubt]:
    """A sum that is not what the sums of other months give from which it is said to come."""
    for table in printed(day):
        for rate in table.rates.values():
            if rate.pounds is None or not rate.months:
                continue
            if rate.pro_rata_of is not None and rate.pro_rata_months:
                exact = for_months(rate.pro_rata_of, rate.pro_rata_months, rate.months)
                if not rounds_to(rate.pounds, exact):
                    said = f"{pounds(rate.pro_rata_of)} over {plural(rate.pro_rata_months, 'month')} is "
                    yield _words(table, rate, exact, f"{said}{pounds(exact)} for {rate.months}", "pro rata")
            if rate.monthly is not None:
                exact = for_months(rate.pounds, rate.months, 1)
                if not rounds_to(rate.monthly, exact):
                    over = rate.monthly * rate.months
                    said = (
                        f"{pounds(rate.monthly)} a month is {pounds(over)} for {plural(rate.months, 'month')}"
                    )
                    yield _words(table, rate, over, said, "monthly")


def _words(table: Printed, rate: PublishedRate, exact: Decimal, said: str, key: str) -> Doubt:
    total, lists = _cost(table, rate, exact)
    return Doubt(
        subject=rate,
        commissioner=table.record.publisher_id,
        key=key,
        stated=f"“{rate.text}”",
        stated_by=by(table.record),
        found=said,
        found_by="Worked out from the words",
        difference=f"{pounds(abs((rate.pounds or 0) - exact))} a patient, {pounds(abs(total))} on "
        f"{number(lists)} patients",
        patients=lists,
        pounds=abs(total),
        meaning=f"At {pounds(exact)}, the payments of this table would come to {more(total)}. The amounts "
        "show which sum was used.",
    )


def _cost(table: Printed, rate: PublishedRate, other: Decimal) -> tuple[Decimal, int]:
    """What the amounts would come to more at another rate on the lists they imply, and those lists."""
    rows = [row for row in table.rows if rate.payment_id in row.lists]
    lists = [row.lists[rate.payment_id].patients for row in rows]
    paid = [row.amounts[rate.payment_id].pounds for row in rows]
    due = [amount(other, Decimal(patients)) for patients in lists]
    return sum(due, Decimal(0)) - sum(paid, Decimal(0)), sum(lists)


def held(day: date) -> Iterator[Doubt]:
    """A published rate for a list that differs from the one that is held, by what it counts or in pounds."""
    found = printed(day)
    rates = national({table.record.year_id for table in found})
    for table in found:
        years = rates.get(table.record.year_id)
        for rate in table.rates.values():
            own = years.listed.get(rate.payment_id) if years else None
            if own and rate.per in LISTED and rate.pounds is not None:
                if rate.pounds not in own.values():
                    yield _held(table, rate, own)
                elif rate.per not in own:
                    yield _counts(table, rate, own)


def _held(table: Printed, rate: PublishedRate, own: dict[str, Decimal]) -> Doubt:
    due = sum(own.values(), Decimal(0))
    total, lists = _cost(table, rate, due)
    return Doubt(
        subject=rate,
        commissioner=table.record.publisher_id,
        key="rate",
        stated=f"“{rate.text}”",
        stated_by=by(table.record),
        found=f"{_said(own)} for {table.record.year}",
        found_by="The rates of the year",
        difference=f"{pounds(abs((rate.pounds or 0) - due))} a patient, {pounds(abs(total))} in all",
        patients=lists,
        pounds=abs(total),
        meaning=f"At the rate that is held, the payments of this table would come to {more(total)}.",
    )


def _counts(table: Printed, rate: PublishedRate, own: dict[str, Decimal]) -> Doubt:
    return Doubt(
        subject=rate,
        commissioner=table.record.publisher_id,
        key="counts",
        stated=f"“{rate.text}”",
        stated_by=by(table.record),
        found=f"{_said(own)} for {table.record.year}",
        found_by="The rates of the year",
        difference="The sum is the same, what it is multiplied with is not",
        meaning="The label sends the reader to the wrong list: a PCN that checks its money there finds it "
        "wrong. To put the label right costs nothing.",
    )


def _said(own: dict[str, Decimal]) -> str:
    per: Any = PublishedRate._meta.get_field("per")
    labels = dict(per.choices)
    return " and ".join(f"{pounds(sum_)} per {labels[of].lower()}" for of, sum_ in own.items())


RULES = (
    Rule(
        slug="published-rate-against-its-words",
        group="money",
        title="A published rate that is not what its own words give",
        question="Does a table say that a sum comes from a sum a month, or pro rata from that of other "
        "months, which gives another sum?",
        source="The words of the table. A sum a month that is right to the places it prints is not doubted: "
        "it is rounded, and never multiplied again.",
        to_do="Find out which sum holds, and have the other put right.",
        find=own_words,
        after=DOCUMENTS,
    ),
    Rule(
        slug="published-rate-against-the-rate-held",
        group="money",
        title="A published rate and the one that is held",
        question="Does a table state another rate, or another thing to multiply it with, than the rates of "
        "the year?",
        source="The rates of the year that are vouched for, each with its source",
        to_do="Look both up; have the table put right, or replace the rate that is held.",
        find=held,
        after=WITH_RATES,
    ),
)
