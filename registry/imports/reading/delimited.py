"""A file of comma separated values: from bytes to lines of cells, or the reason why it is none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from . import limits
from .cells import UNFIT_CHARACTERS
from .lines import Cells, refused

AGAIN = "Fetch it again from where it is published."


def decoded(content: bytes) -> str:
    """The text of the file: UTF-8, with or without a byte order mark, or the Windows alphabet."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content:
        raise refused(
            "The file is not encoded as UTF-8 (perhaps UTF-16). Save it as “CSV UTF-8” and try again."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            raise refused(
                "The file holds letters in an unknown encoding. Save it as “CSV UTF-8” and try again."
            ) from None
    if unfit := UNFIT_CHARACTERS.search(text):
        line = text.count("\n", 0, unfit.start()) + 1
        raise refused(f"Line {line:,} holds characters that cannot be printed: the file is damaged. {AGAIN}")
    if not text.strip():
        raise refused("The file is empty. " + AGAIN)
    if text[-1] not in "\r\n":
        raise refused("The last line of the file has no end, so part of it may be missing. " + AGAIN)
    return text


def split(text: str) -> Iterator[tuple[int, Cells]]:
    """Each line that is not blank with its number.

    Raises `Refused` where quotes do not pair, a cell runs over lines, or the last line is cut short.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    expected = last = 0
    line = 0
    while True:
        before = reader.line_num
        try:
            cells = next(reader, None)
        except csv.Error:
            raise refused(
                f"Line {before + 1:,}: its quotes do not pair, so part of the file may be missing. {AGAIN}"
            ) from None
        if cells is None:
            break
        if not any(cells):
            continue
        if reader.line_num != before + 1:
            raise refused(f"Line {before + 1:,}: a cell runs over several lines. {AGAIN}")
        line, last = reader.line_num, len(cells)
        if last > limits.COLUMNS:
            raise refused(
                f"Line {line:,} has {last:,} columns: the file is not one of those read here. {AGAIN}"
            )
        expected = expected or last
        yield line, cells
    if last < expected:
        raise refused(f"The last line, {line:,}, is cut short: part of the file is missing. {AGAIN}")
