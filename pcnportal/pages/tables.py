"""Tables of lists: django-tables2's columns and ordering, and cells from a plan that is made once for a page.

A column's accessor is a name in the row (`organisation__name` of a `values_list(named=True)`), or a path from
a record. tables2's own cells cost fifty times as much.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import django_tables2 as tables
from markupsafe import Markup, escape

from . import jinja, status


class Column(tables.Column):
    """Text. `to` is a function from the row to the address that the text leads to."""

    classes = ""

    def __init__(self, *args: Any, to: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to

    def show(self, value: Any) -> Any:
        """The text of a value; what is not held is an empty cell."""
        return "" if value is None else value

    def cell(self, value: Any, row: Any) -> Any:
        shown = self.show(value)
        href = self.to(row) if self.to and shown != "" else ""
        return Markup(f'<a href="{escape(href)}">{escape(shown)}</a>') if href else shown  # noqa: S704, escaped


class Number(Column):
    """A number, right-aligned; `not held` where there is none."""

    classes = "nhsuk-table__cell--numeric"

    def show(self, value: Any) -> str:
        return jinja.number(value)


class Pounds(Number):
    """An amount of money, right-aligned; `not held` where there is none."""

    def show(self, value: Any) -> str:
        return jinja.pounds(value)


class Day(Column):
    """A date; an empty cell where there is none."""

    def show(self, value: Any) -> str:
        return jinja.day(value) if value else ""


class Status(Column):
    """A status tag."""

    def show(self, value: Any) -> Any:
        return status.tag(value)


class Table(tables.Table):
    """Base of the portal's tables.

    `export_columns` maps the header of the CSV file to a name in the row or to a function of the row; names
    and order stay as they are. `caption` is read out before the table. `quick` names the columns that order
    even a very long list, by an index; None: all do.
    """

    caption = ""
    quick: tuple[str, ...] | None = None
    export_columns: dict[str, str | Callable[[Any], Any]] = {}

    class Meta:
        order_by_field = "sort"

    def heads(self) -> list[tables.columns.BoundColumn]:
        return list(self.columns)

    def slow_order(self) -> str:
        """The heading of the column by which only a list of some length is ordered, where that was asked."""
        asked = [column for column in self.columns if column.is_ordered]
        slow = [column for column in asked if self.quick is not None and column.name not in self.quick]
        return str(slow[0].header) if slow else ""

    def body(self, rows: list[Any]) -> Markup:
        """The rows as rows of an NHS table; on a phone each is a block of headings and values.

        Written here and not in a template, which would take three times as long over a hundred of them.
        """
        plan = [(_opened(c), str(c.accessor), c.column.cell) for c in self.columns]
        parts: list[str] = []
        for row in rows:
            parts.append('<tr role="row" class="nhsuk-table__row">')
            held = row.get if isinstance(row, dict) else partial(value, row)
            for opened, path, cell in plan:
                parts += opened, jinja.cell(cell(held(path), row)), "</span></td>"
            parts.append("</tr>\n")
        return Markup("".join(parts))  # noqa: S704, every cell is escaped


def _opened(column: Any) -> str:
    """The beginning of each cell of a column, with the heading that a phone shows before it."""
    return (
        f'<td role="cell" class="nhsuk-table__cell {column.column.classes}">'
        f'<span class="nhsuk-table__heading" aria-hidden="true">{escape(column.header)} </span><span>'
    )


def value(row: Any, path: str) -> Any:
    """What a row holds under a name, or under a path of names; None where the path breaks off."""
    if isinstance(row, dict):
        return row.get(path)
    found = getattr(row, path, _MISSING)
    if found is _MISSING:
        found = row
        for name in path.replace("__", ".").split("."):
            found = getattr(found, name, None) if found is not None else None
    return found() if callable(found) else found


_MISSING = object()
