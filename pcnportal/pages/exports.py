"""Lists as files: every row that the filter leaves, numbers and dates raw, text that no spreadsheet runs."""

import csv
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import chain, islice
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pcnportal import clock

from .tables import value

Columns = dict[str, str | Callable[[Any], Any]]
# The full-width signs begin a formula in a spreadsheet of East Asia.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A workbook is put together in memory, and a cell of one holds no more.
MOST_ROWS, LONGEST, WIDEST = 100_000, 32_767, 60
FORMATS = [(datetime, "yyyy-mm-dd hh:mm:ss"), (date, "yyyy-mm-dd"), (int, "#,##0"), (Decimal, "#,##0.00##")]


def kind_of(request: HttpRequest) -> str:
    """The kind of file that `?_export=` asks for; empty for the page."""
    asked = request.GET.get("_export", "")
    return asked if asked in WRITERS else ""


def file_of(kind: str, name: str, columns: Columns, rows: Iterable[Any]) -> HttpResponseBase:
    """A download `<name>-<today>.csv` or `.xlsx`. `columns` are headers with a name in the row or a function.

    A list that is too long for a workbook is answered with a sentence (400).
    """
    response = WRITERS[kind](columns, rows)
    if response.status_code == 200:
        response["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.{kind}"'
    return response


def csv_file(name: str, columns: Columns, rows: Iterable[Any]) -> HttpResponseBase:
    return file_of("csv", name, columns, rows)


def raw(cell: Any) -> Any:
    """A value as a CSV file holds it: numbers as they are, a text like a formula behind an apostrophe."""
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


class _Echo:
    """What the csv module writes to, which hands each line on."""

    def write(self, line: str) -> str:
        return line


def _csv(columns: Columns, rows: Iterable[Any]) -> HttpResponseBase:
    writer, plan = csv.writer(_Echo()), _plan(columns)
    lines = (writer.writerow([raw(get(row)) for get in plan]) for row in rows)
    return StreamingHttpResponse(
        chain([writer.writerow(columns)], lines), content_type="text/csv; charset=utf-8"
    )


def _xlsx(columns: Columns, rows: Iterable[Any]) -> HttpResponseBase:
    found = list(islice(rows, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        said = f"An Excel file holds at most {MOST_ROWS:,} rows. Filter the list, or download it as CSV."
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    plan = _plan(columns)
    cells = [[get(row) for get in plan] for row in found]
    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet("List")
    sheet.freeze_panes = "A2"
    for at, width in enumerate(_widths(columns, cells), 1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([_cell(sheet, header, Font(bold=True)) for header in columns])
    for row in cells:
        sheet.append([_cell(sheet, one) for one in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(cells) + 1}"
    kept = BytesIO()
    book.save(kept)
    return HttpResponse(kept.getvalue(), content_type=EXCEL)


def _cell(sheet: Any, content: Any, font: Font | None = None) -> Any:
    """A cell with a number, a date, or a text that is never a formula."""
    if content is None or content == "":
        return None
    if isinstance(content, bool):
        content = "yes" if content else "no"
    if isinstance(content, datetime):
        content = timezone.localtime(content).replace(tzinfo=None)
    if isinstance(content, Decimal) and content == content.to_integral_value():
        content = int(content)
    told = next((shown for kind, shown in FORMATS if isinstance(content, kind)), None)
    if told is None and not isinstance(content, float):
        content = ILLEGAL_CHARACTERS_RE.sub("", str(content))[:LONGEST]
    made = WriteOnlyCell(sheet, value=content)
    if isinstance(content, str):
        made.data_type = "s"  # else a text that begins with = would become a formula
    elif told:
        made.number_format = told
    if font:
        made.font = font
    return made


def _widths(columns: Columns, cells: list[list[Any]]) -> Iterator[int]:
    for header, column in zip(
        columns, zip(*cells[:200], strict=True) if cells else [()] * len(columns), strict=True
    ):
        yield min(WIDEST, max(len(header), *(len(str(one or "")) for one in column), 8) + 2)


def _plan(columns: Columns) -> list[Callable[[Any], Any]]:
    return [path if callable(path) else _getter(path) for path in columns.values()]


def _getter(path: str) -> Callable[[Any], Any]:
    return lambda row: value(row, path)


WRITERS: dict[str, Callable[[Columns, Iterable[Any]], HttpResponseBase]] = {"csv": _csv, "xlsx": _xlsx}
