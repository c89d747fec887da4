"""Spreadsheets as evidence: by their content what their name says, without macros and without commands."""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

LARGEST_PART = 1024 * 1024  # of a part that is read, as it is unpacked
KINDS = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".csv": "text/csv",
}
BETWEEN = ",;\t|"
BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, RuntimeError, ValueError, EOFError, OSError)
# What a spreadsheet program would run and not read; a sum of money may begin with a sign.
COMMAND = re.compile(r"\s*([=@]|[+-](?!\s*£?\s*[\d.,]*\s*$).*[(|!])")


def is_spreadsheet(ending: str, content: Any) -> bool:
    """Whether an open binary file is the spreadsheet that the ending of its name says."""
    try:
        return CHECKS[ending](content)
    except BROKEN:
        return False
    finally:
        content.seek(0)


def _is_xlsx(content: Any) -> bool:
    """Of the old macros, which are sheets, the content types tell as well as of the newer ones."""
    with zipfile.ZipFile(content) as archive:
        names = archive.namelist()
        with archive.open("[Content_Types].xml") as part:
            types = part.read(LARGEST_PART).lower()
    runs = (b"macroenabled", b"vbaproject", b"macrosheet", b"activex", b"oleobject")
    return "xl/workbook.xml" in names and not any(word in types for word in runs)


def _is_ods(content: Any) -> bool:
    with zipfile.ZipFile(content) as archive:
        names = archive.namelist()
        with archive.open("mimetype") as part:
            kind = part.read(LARGEST_PART).decode("ascii", "replace").strip()
    has_macros = any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) for name in names)
    return kind == KINDS[".ods"] and "content.xml" in names and not has_macros


def _is_csv(content: Any) -> bool:
    """Rows of text."""
    text = _text(content)
    if re.search(r"[\x00-\x08\x0e-\x1f]", text) or text.lstrip().startswith(("<", "%PDF", "{\\rtf")):
        return False
    try:
        _cells(text)
    except csv.Error:
        return False
    return True


def has_commands(ending: str, content: Any) -> bool:
    """Whether a file of rows that `is_spreadsheet` took has a cell that a spreadsheet program would run."""
    if ending != ".csv":
        return False
    content.seek(0)
    try:
        return any(COMMAND.match(cell) for cell in _cells(_text(content)))
    finally:
        content.seek(0)


def _text(content: Any) -> str:
    data: bytes = content.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def _cells(text: str) -> list[str]:
    """With each sign that a spreadsheet program may take for the one between cells."""
    rows = [row for sign in BETWEEN for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    return [cell for row in rows for cell in row]


CHECKS: dict[str, Callable[[Any], bool]] = {".xlsx": _is_xlsx, ".ods": _is_ods, ".csv": _is_csv}
