"""A year's lines as rows: beside what was published and what was paid."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F, Q

from funding.calculation import Line, reckon
from funding.entitlement import NOTHING, amount, next_month
from funding.left import too_much_of
from funding.models import FinancialYear, PublishedAmount, RunLine, Term
from funding.paid import months_of
from funding.partly import partly
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.pages.jinja import NOT_HELD, number, pounds, words
from pcnportal.pages.jinja import day as written
from pcnportal.people.models import Organisation
from registry.former import former_on

State = RunLine.State
NO_AMOUNT = {
    State.NO_RATE: "no rate held",
    State.UNCONFIRMED: "rate not confirmed",
    State.NO_CLAIM: "no claim agreed",
}


@dataclass(frozen=True)
class Row:
    """A payment of a PCN in a year as it stands on a day. Amounts are pounds, None where not held.

    `asked` is what keeps the day in an address, nothing for today. A run takes off `too_much` of `paid`.
    """

    line: Line
    pcn: str
    commissioner: str
    published: PublishedAmount | None
    paid: Decimal
    list_source: str
    as_at: date
    asked: str = ""
    too_much: Decimal = NOTHING

    @property
    def payment(self) -> str:
        return self.line.payment.name

    @property
    def list_size_used(self) -> Decimal | None:
        return plain(self.line.list_size_used)

    @property
    def rate(self) -> Decimal | None:
        return plain(self.line.rate)

    @property
    def rate_in_words(self) -> str:
        """£1.50; of a post, for which its cost is paid, the most; £2.00 and £0.50 of two rates."""
        if self.line.rate is None:
            return words(pounds(Decimal(one["pounds"])) for one in self.rates)
        return f"{'up to ' if self.line.payment.is_staff else ''}{pounds(self.line.rate)}"

    @cached_property
    def rates(self) -> list[dict[str, Any]]:
        """The rates of the line’s workings, with what each of them counts."""
        return list(json.loads(self.line.workings).get("rates", []))

    @property
    def lists_in_words(self) -> str:
        """The newest list size of each rate, where there are several; else nothing."""
        if self.line.rate is not None:
            return ""
        sizes = [part["patients"] for one in self.rates for part in one.get("lists", [])[-1:]]
        return words(number(plain(Decimal(size))) for size in sizes if size is not None) if sizes else ""

    @property
    def amount(self) -> Decimal | None:
        return self.line.amount

    @property
    def reckoned(self) -> Decimal | None:
        """The amount, or the sum of the months that can be reckoned where others can’t."""
        if self.amount is None and self.line.months:
            return sum(self.line.months.pounds, NOTHING)
        return self.amount

    @property
    def amount_in_words(self) -> str:
        """The pounds, else what there is in their place."""
        if self.amount is not None:
            return pounds(self.amount)
        if self.reckoned is None:
            return NO_AMOUNT.get(State(self.line.state), NOT_HELD)
        return partly(self.reckoned, self.line.months.over)

    @property
    def is_partly(self) -> bool:
        return self.amount is None and self.reckoned is not None

    @property
    def is_replanned(self) -> bool:
        """Whether the newest list is not what all of its months count."""
        parts = {len(one["lists"]) for one in self.rates if "lists" in one} if self.amount else set()
        return max(parts, default=0) > 1

    @property
    def mark(self) -> str:
        return "re-planned: see why" if self.is_replanned else ""

    @property
    def why(self) -> str:
        """What is held of the row, and that its rate and list do not multiply to its amount."""
        several = f"Rates {self.rate_in_words}, lists {self.lists_in_words}." if len(self.rates) > 1 else ""
        planned = (
            "Re-planned in the year: the rate and the list size are the newest, and the months before keep "
            "what they had."
            if self.is_replanned
            else ""
        )
        return " ".join(filter(None, (self.line.why, several, planned, self.closes)))

    @property
    def last_counted(self) -> date | None:
        """The last day of the last month that is due, of a PCN that closes in the year; None of another."""
        gone = self.line.network.closed_on
        counted = [month for month in self.line.months.over if gone and month < gone]
        return next_month(counted[-1]) - timedelta(days=1) if counted else None

    @property
    def closes(self) -> str:
        """Until when the months of a PCN that closes in the year count."""
        gone = self.line.network.closed_on
        if gone is None or not self.line.term.starts_on < gone < self.line.term.ends_on:
            return ""
        return f"The PCN is closed from {written(gone)}: no month that begins from then on is due."

    @property
    def published_amount(self) -> Decimal | None:
        return self.published.pounds if self.published else None

    @property
    def published_in(self) -> str:
        return str(self.published.table.source) if self.published else ""

    @property
    def difference(self) -> Decimal | None:
        """What was published less what is calculated, where both are held."""
        if self.published is None or self.amount is None:
            return None
        return self.published.pounds - self.amount

    @property
    def state(self) -> str:
        return str(State(self.line.state).label)

    @property
    def allocation(self) -> str:
        return str(Term.Allocation(self.line.term.allocation).label) if self.line.term.allocation else ""

    @property
    def is_counted(self) -> bool:
        """Whether its amount is rate × one list size, so that lists add up to a total."""
        rate, patients = self.line.rate, self.line.list_size_used
        if self.amount is None or rate is None or patients is None:
            return False
        return self.amount == amount(rate, patients)


def plain(value: Decimal | None) -> Decimal | None:
    """Without the zeros that a column adds: 32716 and 0.514."""
    if value is None:
        return None
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def rows_of(
    year: FinancialYear, commissioners: Collection[int], day: date, pcn: int | None = None
) -> list[Row]:
    """Every payment of the PCNs that the commissioners had on `day`, as known then; by PCN and payment.

    The number of queries does not grow with the PCNs.
    """
    lines = reckon(year, commissioners, day, pcn)
    pcns = {line.network.pk for line in lines}
    published, paid = published_of(year, pcns, day), months_of(year, pcns, day)
    former = former_on(day, pcns)
    names = dict(Organisation.objects.filter(pk__in=commissioners).values_list("pk", "name"))
    titles = titles_of(lines)
    asked = "" if day == clock.today() else f"?as_at={day.isoformat()}"
    return [
        Row(
            line,
            former.get(line.network.pk, {}).get("name", line.network.name),
            names[line.network.commissioner],
            published.get((line.network.pk, line.payment.pk)),
            sum((month.amount for month in of.values()), NOTHING),
            titles.get(line.list_source or 0, ""),
            day,
            asked,
            too_much_of(line, of),
        )
        for line in lines
        for of in [paid.get((line.network.pk, line.payment.pk), {})]
    ]


def titles_of(lines: Collection[Line]) -> dict[int, str]:
    """The sources of the lists that the lines use, by id."""
    wanted = {line.list_source for line in lines if line.list_source}
    return {source.pk: str(source) for source in Source.objects.filter(pk__in=wanted)}


def published_of(
    year: FinancialYear, pcns: Collection[int], day: date
) -> dict[tuple[int, int], PublishedAmount]:
    """(PCN, payment) -> what a document known on `day` prints; of several the newest."""
    by_then = Q(table__source__published_on__isnull=True) | Q(table__source__published_on__lte=day)
    found: dict[tuple[int, int], PublishedAmount] = {}
    rows: Any = PublishedAmount.objects.filter(
        by_then, table__year=year, kind=PublishedAmount.Kind.ROW, pcn__in=pcns
    )
    newest_last = F("table__source__published_on").asc(nulls_first=True)
    for row in rows.select_related("table__source").order_by(newest_last, "pk"):
        found[row.pcn_id, row.payment_id] = row
    return found
