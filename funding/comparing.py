"""A published table beside what is calculated: a row for each amount, in figures and in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pcnportal.pages.jinja import NOT_HELD, number, plural, pounds
from pcnportal.pages.jinja import day as written
from registry.models import ListSize

from .beside import Calculated, calculated_for
from .findings.maxima import maximum_of
from .implied import Implied, Maximum, cost
from .models import PublishedAmount, Rate
from .printed import LISTED, Kind, Printed, Row, lists_of_documents, national


class Held(NamedTuple):
    """A list size of a PCN that is held: whether of the year's day, and so the one that is paid on."""

    patients: Decimal
    as_at: date
    is_of_year: bool

    @property
    def said(self) -> str:
        return f"{number(self.patients)} ({written(self.as_at)})"


@dataclass(frozen=True)
class Compared:
    """A published amount with everything that it can be held against; None where that is not held."""

    row: Row
    pcn: str
    amount: PublishedAmount
    payment: str
    commissioner: str
    rate: Decimal | None
    implied: Implied | None
    others: int | None
    label_fits: bool
    document: Decimal | None
    held: Held | None
    calculated: Calculated | None
    maximum: Maximum | None

    @property
    def group(self) -> str:
        return self.row.group

    @property
    def published(self) -> Decimal:
        return self.amount.pounds

    @property
    def of_calculated(self) -> Decimal | None:
        """The calculated amount where it is rate × list size."""
        known = self.calculated
        return known.amount if known and known.is_listed else None

    @property
    def difference(self) -> Decimal | None:
        """What is published less what is calculated, in pounds."""
        return None if self.of_calculated is None else self.published - self.of_calculated

    @property
    def implied_said(self) -> str:
        if self.implied is None:
            return ""
        return (
            number(self.implied.patients)
            if self.implied.is_exact
            else f"about {number(self.implied.patients)}"
        )

    @property
    def held_said(self) -> str:
        if self.implied is None:
            return ""
        return self.held.said if self.held else NOT_HELD

    @property
    def doubts(self) -> list[str]:
        """What does not fit, each in a sentence."""
        found = []
        if self.implied and not self.label_fits:
            found.append("Not the list that its label names.")
        elif self.implied and not self.implied.is_exact:
            found.append(f"No whole number of patients: {pounds(self.implied.off)} off the nearest.")
        elif self.implied and self.others is not None and self.others != self.implied.patients:
            off = self.implied.patients - self.others
            money = -cost([(self.rate or Decimal(0), self.published)], self.others)
            found.append(
                f"{plural(abs(off), 'patient')} {'more' if off > 0 else 'fewer'} than the PCN’s other "
                f"payments imply: {_more(money)}."
            )
        if self.implied and self.document is not None and self.document != self.implied.patients:
            own = self.implied.patients - self.document
            found.append(
                f"{number(abs(own))} patients {'more' if own > 0 else 'fewer'} than the list of "
                f"{number(self.document)} that the document prints."
            )
        if self.difference:
            found.append(f"{_more(self.difference)} published than calculated.")
        if self.maximum and not self.maximum.is_right:
            over, months = self.maximum.over, plural(self.maximum.months, "month")
            found.append(f"{pounds(abs(over))} {'above' if over > 0 else 'below'} the maximum of {months}.")
        return found

    @property
    def of_held(self) -> str:
        """The implied list beside the one that is held for another day, in patients and pounds."""
        if self.implied is None or self.held is None or self.held.is_of_year or not self.label_fits:
            return ""
        off = self.implied.patients - self.held.patients
        if not off or self.held.patients != int(self.held.patients):
            return ""
        money = -cost([(self.rate or Decimal(0), self.published)], int(self.held.patients))
        word = "more" if off > 0 else "fewer"
        return f"{plural(int(abs(off)), 'patient')} {word} than that list, {_more(money)}."

    @property
    def in_words(self) -> str:
        return " ".join(part for part in (self.said, self.of_held) if part)

    @property
    def said(self) -> str:
        """How it stands, in words."""
        if self.doubts:
            return " ".join(self.doubts)
        if self.difference is not None:
            return "Agrees with what is calculated."
        known = self.calculated
        why = known.why if known and known.amount is None else ""
        start = "Rate × a whole number of patients." if self.implied else ""
        if self.maximum:
            start = "Fits the national maximum."
        lacking = f"Not compared: {why[0].lower()}{why[1:]}" if why and self.implied else ""
        return " ".join(part for part in (start, lacking) if part)


def _more(off: Decimal) -> str:
    return f"{pounds(abs(off))} {'more' if off > 0 else 'less'}"


def compare(table: Printed, rows: Iterable[Row], day: date) -> list[Compared]:
    """The amounts of some rows, each beside what is held and calculated on a day."""
    shown = list(rows)
    calculated = calculated_for(table, {row.commissioner for row in shown}, day)
    year = table.record.year
    held = _held({row.pcn.pk for row in shown}, year.list_size_on, day)
    rates = national([year.pk]).get(year.pk)
    documents = lists_of_documents([table.record.source_id])
    names = {row.pcn.pk: str(row.pcn.commissioner) for row in shown}
    return [
        Compared(
            row=row,
            pcn=table.named(row),
            amount=amount,
            payment=table.rates[payment].heading if payment in table.rates else str(amount.payment),
            commissioner=names[row.pcn.pk],
            rate=table.rate(payment),
            implied=row.lists.get(payment),
            others=table.list_of(row, table.rates[payment].per) if payment in row.lists else None,
            label_fits=payment not in table.misfits,
            document=_document(table, row, payment, documents),
            held=held.get((row.pcn.pk, table.rates[payment].per)) if payment in row.lists else None,
            calculated=calculated.get((row.pcn.pk, payment)),
            maximum=_maximum(table, row, payment, rates.posts if rates else {}),
        )
        for row in shown
        for payment, amount in sorted(row.amounts.items(), key=lambda item: _place(table, item[0]))
        if payment is not None
    ]


def _place(table: Printed, payment: int | None) -> int:
    rate = table.rates.get(payment or 0)
    return rate.payment.position if rate else 0


def _document(
    table: Printed, row: Row, payment: int, documents: dict[tuple[int, int], Any]
) -> Decimal | None:
    """The list that the document prints of the PCN, for a payment that uses such a list."""
    one = documents.get((row.pcn.pk, table.record.source_id))
    uses = table.same_list(row, Rate.Per.REGISTERED).get(payment)
    return one.patients if one and uses and uses.is_exact else None


def _maximum(table: Printed, row: Row, payment: int, posts: dict[int, Any]) -> Maximum | None:
    if payment not in posts or payment not in table.rates or table.rates[payment].per in LISTED:
        return None
    return maximum_of(table, row, row.amounts[payment], table.rates[payment], posts[payment])


def _held(pcns: Collection[int], on: date, day: date) -> dict[tuple[int, str], Held]:
    """The PCNs' lists as held on `day`, by PCN and kind: of the year's day, else the newest."""
    rows = ListSize.objects.standing().filter(
        organisation__in=pcns, averaged_from__isnull=True, as_at__lte=day
    )
    found: dict[tuple[int, str], Held] = {}
    for owner, kind, patients, as_at in rows.order_by("as_at", "pk").values_list(
        "organisation", "kind", "patients", "as_at"
    ):
        before = found.get((owner, kind))
        if as_at == on or before is None or not before.is_of_year:
            found[owner, kind] = Held(patients, as_at, as_at == on)
    return found


class Total(NamedTuple):
    """A printed total with its sum: of a payment of a group, or a group's grand total."""

    label: str
    payment: str
    text: str
    printed: Decimal
    rows: Decimal
    off: Decimal
    how: str
    is_right: bool


def totals_of(table: Printed, groups: Collection[str]) -> list[Total]:
    """The printed totals of some groups, each beside what its rows add up to."""
    found = []
    for total in table.every:
        if total.kind == Kind.ROW or total.group not in groups:
            continue
        for payment, amount in sorted(total.amounts.items(), key=lambda item: _place(table, item[0])):
            one = table.sum_of(total, payment)
            heading = table.rates[payment].heading if payment in table.rates else "All payments"
            found.append(
                Total(
                    total.label, heading, amount.text, one.printed, one.rows, one.off, one.how, one.is_right
                )
            )
    return found
