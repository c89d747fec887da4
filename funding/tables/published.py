"""The columns of published tables, and of one beside what is calculated."""

from itertools import groupby
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from pcnportal.pages.jinja import plural, pounds
from pcnportal.pages.tables import Column, Day, Number, Pounds, Table

# A PCN's rows are a group of the table; the line that opens it is seen on a phone alone.
NEXT_GROUP = Markup('</tbody><tbody class="nhsuk-table__body" role="rowgroup">')
OPENED = Markup(
    '<tr role="row" class="portal-fold portal-fold--group">'
    '<th role="rowheader" scope="rowgroup" colspan="{}">'
    '<details class="portal-fold__line"><summary>{} <span>{}</span></summary></details></th></tr>\n'
)


class PublishedTableTable(Table):
    title = Column("Table", to=lambda row: reverse("funding:published_table", args=[row.slug]))
    year = Column("Year", accessor="year__name")
    publisher = Column("Published by", accessor="publisher__name")
    published_on = Day("On", accessor="source__published_on")
    networks = Number("Networks you may see", orderable=False)
    read = Column("You read", orderable=False)

    export_columns = {
        "table": "title",
        "year": "year__name",
        "publisher": "publisher__name",
        "published_on": "source__published_on",
        "source": "source__title",
        "networks": "networks",
    }


class Printed(Number):
    """A figure as it is printed, right-aligned."""

    def show(self, value: Any) -> str:
        return str(value)


class Kept(Pounds):
    """Money, or an empty cell where there is nothing to show."""

    def show(self, value: Any) -> str:
        return "" if value is None else pounds(value)


class Words(Number):
    def show(self, value: Any) -> str:
        return str(value)


class ComparedTable(Table):
    """On a phone one line for each PCN, which opens its amounts, unless another order was asked for."""

    pcn = Column("PCN")
    payment = Column("Payment")
    published = Printed("As published", accessor="amount__text", order_by="published")
    rate = Kept("Rate")
    implied_said = Words("Implied list", orderable=False)
    held = Words("List held", accessor="held_said", orderable=False)
    of_calculated = Pounds("As calculated")
    difference = Column("In words", accessor="in_words", orderable=False)

    export_columns = {
        "commissioner": "commissioner",
        "group": "group",
        "pcn": "pcn",
        "payment": "payment",
        "published_as_printed": lambda row: row.amount.text,
        "published_amount": "published",
        "rate": "rate",
        "implied_list": lambda row: row.implied.patients if row.implied else None,
        "implied_exactly": lambda row: row.implied.is_exact if row.implied else None,
        "off_the_nearest": lambda row: row.implied.off if row.implied else None,
        "list_held": lambda row: row.held.patients if row.held else None,
        "list_held_as_at": lambda row: row.held.as_at if row.held else None,
        "calculated_amount": "of_calculated",
        "difference": "difference",
        "in_words": "in_words",
    }

    def body(self, rows: list[Any]) -> Markup:
        if self.order_by:
            return super().body(rows)
        parts = []
        for name, found in groupby(rows, key=lambda row: row.pcn):
            some = list(found)
            doubted = sum(bool(row.doubts) for row in some)
            said = (
                f"{doubted} of {plural(len(some), 'amount')} do not fit" if doubted else "every amount fits"
            )
            parts.append(OPENED.format(len(self.columns), name, said) + super().body(some))
        return NEXT_GROUP.join(parts)
