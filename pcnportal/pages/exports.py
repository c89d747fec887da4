"""Lists as CSV: every row that the filter leaves, raw numbers, ISO dates, text that no spreadsheet runs."""

import csv
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from pcnportal import clock

from .tables import value

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def raw(cell: Any) -> Any:
    """A value as a file holds it: numbers as they are, a text like a formula behind an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float | Decimal):
        return cell
    if isinstance(cell, datetime):
        return timezone.localtime(cell).isoformat(timespec="seconds")
    text = cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) or text.startswith(FORMULA) else text


def csv_file(name: str, columns: dict[str, str | Callable[[Any], Any]], rows: Iterable[Any]) -> HttpResponse:
    """A download `<name>-<today>.csv`."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.csv"'
    writer = csv.writer(response)
    writer.writerow(columns)
    plan = [path if callable(path) else _getter(path) for path in columns.values()]
    writer.writerows([raw(get(row)) for get in plan] for row in rows)
    return response


def _getter(path: str) -> Callable[[Any], Any]:
    return lambda row: value(row, path)
