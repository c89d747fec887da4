"""The table of a year: a row for each payment of each PCN."""

from typing import Any

from django.urls import reverse
from markupsafe import Markup

from funding.rows import Row, State
from pcnportal.pages import jinja
from pcnportal.pages.tables import Column, Number, Pounds, Status, Table


def why(row: Row) -> str:
    """The page that opens a row's amount."""
    line = row.line
    return reverse("funding:why", args=[line.term.year.slug, line.network.slug, line.payment.slug])


def of_pcn(row: Row) -> str:
    return reverse("funding:pcn_year", args=[row.line.term.year.slug, row.line.network.slug])


class ListUsed(Number):
    """Empty where the payment counts no list."""

    def cell(self, value: Any, row: Any) -> Any:
        if value is None and row.line.state != State.NOT_HELD:
            return row.lists_in_words
        return self.show(value)


class Amount(Pounds):
    """What is reckoned, with the way to how; where nothing is, the words lead to the reason."""

    def cell(self, value: Any, row: Any) -> Any:
        asked = Markup('<a href="{}">{}<span class="nhsuk-u-visually-hidden">, why: {}, {}</span></a>{}')
        mark = f" {row.mark}" if row.mark else ""
        return asked.format(f"{why(row)}{row.asked}", row.amount_in_words, row.payment, row.pcn, mark)


class Stated(Pounds):
    """An empty cell where nobody stated it."""

    def show(self, value: Any) -> str:
        return "" if value is None else jinja.pounds(value)


class RateUsed(Number):
    def cell(self, value: Any, row: Any) -> Any:
        return row.rate_in_words


class Difference(Stated):
    """In words which is more, so that a sign is never overlooked."""

    def show(self, value: Any) -> str:
        if value is None:
            return ""
        if not value:
            return "the same"
        return f"published {jinja.pounds(abs(value))} {'more' if value > 0 else 'less'}"


class YearTable(Table):
    pcn = Column("PCN", to=lambda row: f"{of_pcn(row)}{row.asked}")
    commissioner = Column("Commissioner")
    payment = Column("Payment", order_by=("line__payment__position",))
    list_size_used = ListUsed("List size used")
    rate = RateUsed("Rate")
    amount = Amount("Amount")
    published_amount = Stated("As published")
    difference = Difference("Difference")
    state = Status("State")
    export_columns = {
        "commissioner": "commissioner",
        "pcn": "pcn",
        "payment": "payment",
        "list_size_used": "list_size_used",
        "rate": "rate",
        "amount": "amount",
        "published_amount": "published_amount",
        "difference": "difference",
        "state": "state",
        "reckoned": "reckoned",
        "why": "why",
        "paid": "paid",
        "list_as_at": "line__list_as_at",
        "list_source": "list_source",
        "allocation": "allocation",
        "published_in": "published_in",
        "as_at": "as_at",
    }
