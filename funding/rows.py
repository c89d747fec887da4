"""A year's lines as rows: beside what was published and what was paid."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from funding.calculation import Line, reckon
from funding.entitlement import NOTHING, amount
from funding.models import FinancialYear, PublishedAmount, RunLine, Term
from funding.paid import paid_of
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.pages.jinja import NOT_HELD, pounds
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

    `asked` is what keeps the day in an address, nothing for today.
    """

    line: Line
    pcn: str
    commissioner: str
    published: PublishedAmount | None
    paid: Decimal
    list_source: str
    as_at: date
    asked: str = ""

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
        """£1.50; of a post, for which its cost is paid, the most; nothing where there is not one rate."""
        if self.line.rate is None:
            return ""
        return f"{'up to ' if self.line.payment.is_staff else ''}{pounds(self.line.rate)}"

    @property
    def amount(self) -> Decimal | None:
        return self.line.amount

    @property
    def amount_in_words(self) -> str:
        """The pounds, else what there is in their place."""
        if self.amount is None:
            return NO_AMOUNT.get(State(self.line.state), NOT_HELD)
        return pounds(self.amount)

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
    published, paid = published_of(year, pcns, day), paid_of(year, pcns, day)
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
            paid.get((line.network.pk, line.payment.pk), NOTHING),
            titles.get(line.list_source or 0, ""),
            day,
            asked,
        )
        for line in lines
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
