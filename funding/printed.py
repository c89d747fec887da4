"""Published tables read for comparing: each row with the lists that its amounts imply, each total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from pcnportal.findings.rules import read_once
from registry.models import ListSize

from .implied import Implied, Sum, agreed, apart, implied, misfits, sum_of
from .models import PublishedAmount, PublishedRate, PublishedTable, Rate

LISTED = (Rate.Per.REGISTERED, Rate.Per.WEIGHTED, Rate.Per.ADJUSTED)
Kind = PublishedAmount.Kind


def known(day: date) -> Q:
    """Tables whose document was published by a day; one of which the day is not held counts always."""
    return Q(source__published_on__lte=day) | Q(source__published_on__isnull=True)


def tables(day: date) -> QuerySet[Any]:
    """The tables known on a day, with everything that is printed in them: four queries."""
    amounts = PublishedAmount.objects.select_related("payment", "pcn__organisation", "pcn__commissioner")
    return (
        PublishedTable.objects.filter(known(day))
        .select_related("source", "year", "publisher")
        .prefetch_related("rates__payment", Prefetch("amounts", amounts))
    )


@dataclass
class Row:
    """A printed row: of a PCN, of a group’s totals, or a group’s grand total; amounts by payment’s id."""

    label: str
    group: str
    position: int
    kind: str
    commissioner: int
    pcn: Any = None
    amounts: dict[int | None, PublishedAmount] = field(default_factory=dict)
    lists: dict[int, Implied] = field(default_factory=dict)

    @property
    def sum(self) -> Decimal:
        """All that is printed in the row, in pounds."""
        return sum((one.pounds for one in self.amounts.values()), Decimal(0))


class Printed:
    """A published table, with what its amounts imply."""

    def __init__(self, record: PublishedTable) -> None:
        self.record = record
        self.rates: dict[int, PublishedRate] = {rate.payment_id: rate for rate in record.rates.all()}
        self.every = self._rows(record.amounts.all())
        self.rows = [row for row in self.every if row.kind == Kind.ROW]

    def _rows(self, amounts: Iterable[PublishedAmount]) -> list[Row]:
        found: dict[tuple[int, str, str], Row] = {}
        for one in amounts:
            key = (one.position, one.kind, one.group)
            if key not in found:
                of = Row(one.label, one.group, one.position, one.kind, one.commissioner_id, one.pcn)
                found[key] = of
            found[key].amounts[one.payment_id] = one
        for row in found.values():
            row.lists = {
                payment: implied(one.pounds, rate)
                for payment, one in row.amounts.items()
                if payment is not None and (rate := self.rate(payment))
            }
        return sorted(found.values(), key=lambda row: row.position)

    def rate(self, payment: int) -> Decimal | None:
        """Pounds for each patient, where the table reckons the payment so."""
        rate = self.rates.get(payment)
        return rate.pounds if rate and rate.per in LISTED and rate.pounds else None

    def labelled(self, per: str) -> list[int]:
        return [payment for payment, rate in self.rates.items() if rate.per == per and self.rate(payment)]

    @cached_property
    def misfits(self) -> set[int]:
        """The payments whose amounts use another list than their label says."""
        found: set[int] = set()
        for per in LISTED:
            found |= misfits([self.of_label(row, per) for row in self.rows])
        return found

    def of_label(self, row: Row, per: str) -> dict[int, Implied]:
        wanted = self.labelled(per)
        return {payment: one for payment, one in row.lists.items() if payment in wanted}

    def same_list(self, row: Row, per: str) -> dict[int, Implied]:
        """The lists of a row’s payments that name the same list and use it."""
        return {pk: one for pk, one in self.of_label(row, per).items() if pk not in self.misfits}

    def apart(self, row: Row, per: str) -> dict[int, list[int]]:
        """The payments of a row by the list they imply, where those that should use one list do not."""
        return apart(self.same_list(row, per))

    def list_of(self, row: Row, per: str = Rate.Per.REGISTERED) -> int | None:
        """The list on which a row’s payments agree; that of the only payment where there is one."""
        lists = self.same_list(row, per)
        exact = {one.patients for one in lists.values() if one.is_exact}
        return exact.pop() if len(exact) == 1 else agreed(lists.values())

    def lists_of(self, row: Row, per: str = Rate.Per.REGISTERED) -> list[int]:
        """Each list that a row’s payments imply exactly, without the payments that use another one."""
        return sorted({one.patients for one in self.same_list(row, per).values() if one.is_exact})

    def named(self, row: Row) -> str:
        """The label of a row, with its group where several groups have a row of that label."""
        same = {other.group for other in self.rows if other.label == row.label}
        return f"{row.label} ({row.group})" if len(same) > 1 else row.label

    def of_group(self, total: Row) -> list[Row]:
        return [row for row in self.rows if row.group == total.group]

    def sum_of(self, total: Row, payment: int | None) -> Sum:
        """A total of a group beside its rows; a grand total beside the group’s totals."""
        printed = total.amounts[payment].pounds
        if total.kind == Kind.GRAND:
            totals = [row for row in self.every if row.kind == Kind.TOTAL and row.group == total.group]
            return sum_of(printed, [(x.pounds, x.text) for row in totals for x in row.amounts.values()])
        rows = [row.amounts[payment] for row in self.of_group(total) if payment in row.amounts]
        rate = self.rate(payment) if payment else None
        return sum_of(printed, [(one.pounds, one.text) for one in rows], rate)


@read_once
def printed(day: date) -> list[Printed]:
    """The tables known on a day, read once for all rules of a refresh."""
    return [Printed(table) for table in tables(day)]


def lists_of_documents(sources: Iterable[int]) -> dict[tuple[int, int], Any]:
    """The registered lists of PCNs that documents print, by the PCN’s and the document’s id. One query."""
    rows = ListSize.objects.standing().filter(source__in=sources, kind=ListSize.Kind.REGISTERED)
    return {(one.organisation_id, one.source_id): one for one in rows.order_by("as_at", "pk")}


@dataclass(frozen=True)
class National:
    """The rates of a year that are vouched for, by payment: those of a list, and that of a post."""

    listed: dict[int, dict[str, Decimal]]
    posts: dict[int, Any]


def national(years: Iterable[int]) -> dict[int, National]:
    """The vouched rates of some years, by the year’s id. One query."""
    listed: dict[int, dict[int, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    posts: dict[int, dict[int, Any]] = defaultdict(dict)
    rates = Rate.objects.filter(
        term__year__in=years, confidence=Rate.Confidence.HIGH, superseded_by__isnull=True
    )
    for rate in rates.select_related("term", "source").order_by("starts_on", "pk"):
        if rate.per == Rate.Per.POST:
            posts[rate.term.year_id][rate.term.payment_id] = rate
        else:
            listed[rate.term.year_id][rate.term.payment_id][rate.per] = rate.pounds
    return {year: National(dict(listed[year]), posts[year]) for year in {*listed, *posts}}


def posts_of(rate: Any, patients: int | None) -> int:
    """How many posts a PCN of so many patients may have; as for a small one where its list is not known."""
    is_large = bool(rate.more_above and rate.more_posts and patients and patients > rate.more_above)
    return int(rate.more_posts if is_large else rate.posts)
