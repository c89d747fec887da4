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
    """Rows of text without a cell that a spreadsheet program would run."""
    data = content.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if re.search(r"[\x00-\x08\x0e-\x1f]", text) or text.lstrip().startswith(("<", "%PDF", "{\\rtf")):
        return False
    try:
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    except csv.Error:
        return False
    return not any(COMMAND.match(cell) for cell in cells)


CHECKS: dict[str, Callable[[Any], bool]] = {".xlsx": _is_xlsx, ".ods": _is_ods, ".csv": _is_csv}
