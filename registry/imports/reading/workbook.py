"""A workbook (.xlsx): its sheets as lines of cells, with formulas seen and none computed.

Read with the standard library and defusedxml rather than openpyxl: the whole of a sheet that we need is its
text, and openpyxl on its way there matches number formats and rewrites shared formulas, both at a stranger's
expense of our time. What is read here is bounded before it is unpacked and again while it is.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from defusedxml.ElementTree import ParseError, iterparse

from . import limits
from .lines import Cells, refused

AGAIN = "Fetch it again from where it is published."
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,  # of defusedxml too
    LookupError,
    OSError,
    OverflowError,
    ParseError,
)
PLACE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Workbook:
    """The parts of a workbook that is safe to read: `sheets` by squashed name."""

    def __init__(self, content: bytes) -> None:
        try:
            self.parts = unpacked(content)
            self.sheets, strings = self.contents()
            self.strings = [said(item) for item in self.elements(strings, "si")] if strings else []
        except DAMAGED:
            raise refused(f"The workbook is damaged or cut short. {AGAIN}") from None

    def contents(self) -> tuple[dict[str, str], str]:
        """The part of each sheet by the sheet's name, and the part of the words they share, if any."""
        targets, strings = {}, ""
        for link in self.elements("xl/_rels/workbook.xml.rels", "Relationship"):
            target = link.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[link.get("Id")] = path
            if link.get("Type", "").endswith("/sharedStrings"):
                strings = path
        sheets = {}
        self.titles: list[str] = []
        for sheet in self.elements("xl/workbook.xml", "sheet"):
            link_id = next((value for name, value in sheet.items() if name.endswith("}id")), "")
            self.titles.append(sheet.get("name", ""))
            sheets[squashed_name(sheet.get("name", ""))] = targets[link_id]
        return sheets, strings

    def elements(self, part: str, *tags: str) -> Iterator[Any]:
        """Each element of one of `tags`, complete; emptied once the next is asked for."""
        if self.parts[part].count(b"<") + self.parts[part].count(b"=") > limits.MARKS:
            raise refused(f"A sheet of the workbook is far too large to be the published one. {AGAIN}")
        for _, element in iterparse(io.BytesIO(self.parts[part]), forbid_dtd=True):
            if element.tag.rpartition("}")[2] in tags:
                yield element
                element.clear()

    @property
    def rows(self) -> int:
        """About how many rows its sheets have, for a progress bar."""
        return sum(self.parts.get(part, b"").count(b"<row ") for part in self.sheets.values())

    def lines(self, name: str) -> Iterator[tuple[int, Cells]]:
        """Each row of a sheet that is not blank, with its number; a formula begins with an equals sign."""
        line = declared = 0
        try:
            for element in self.elements(self.sheets[name], "row", "dimension"):
                if element.tag.endswith("dimension"):
                    last = element.get("ref", "").rpartition(":")[2]
                    declared = int(re.sub(r"[^0-9]", "", last)) if PLACE.fullmatch(last) else 0
                    continue
                before, line = line, ordinal(element.get("r", str(line + 1)))
                if line <= before:
                    raise refused(f"Rows of the workbook stand in no order. {AGAIN}")
                cells = self.cells(element, line)
                if any(cells):
                    yield line, cells
        except DAMAGED:
            raise refused(
                f"The workbook is damaged after line {line:,} of one of its sheets. {AGAIN}"
            ) from None
        if line < declared:
            raise refused(f"A sheet ends at line {line:,} and says that it has {declared:,}. {AGAIN}")

    def cells(self, row: Any, line: int) -> Cells:
        found: dict[int, str] = {}
        column = -1
        for cell in row:
            if not cell.tag.endswith("}c"):
                continue
            place = PLACE.fullmatch(cell.get("r", ""))
            column = number(place[1]) if place else column + 1
            words = self.words(cell)
            if not words:
                continue
            if column >= limits.COLUMNS:
                raise refused(
                    f"Line {line:,} has more than {limits.COLUMNS} columns: it is another file. {AGAIN}"
                )
            if column in found:
                raise refused(f"Line {line:,} holds a cell twice: the workbook is damaged. {AGAIN}")
            found[column] = words
        return [found.get(column, "") for column in range(max(found, default=-1) + 1)]

    def words(self, cell: Any) -> str:
        kind, value, formula = cell.get("t", "n"), "", None
        for child in cell:
            tag = child.tag.rpartition("}")[2]
            if tag == "f":
                formula = child.text or ""
            elif tag == "is":
                value = said(child)
            elif tag == "v":
                value = child.text or ""
        if formula is not None or kind == "e":
            return f"={formula or value}"
        if kind == "s":
            return self.strings[ordinal(value)] if value else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return whole(value) if kind == "n" else value


def ordinal(value: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", value):
        raise ValueError(value)
    return int(value)


def squashed_name(name: str) -> str:
    return "".join(name.lower().split())


def said(element: Any) -> str:
    """The text of a string, plain or of several fonts, without the help for its pronunciation."""
    words = "".join(
        part.text or ""
        for child in element
        for part in ([child] if child.tag.endswith("}t") else child if child.tag.endswith("}r") else [])
        if part.tag.endswith("}t")
    )
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), words) if "_x" in words else words


@lru_cache(maxsize=1024)
def number(letters: str) -> int:
    """A as 0, Z as 25, AA as 26."""
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


@lru_cache(maxsize=4096)
def whole(value: str) -> str:
    """A number as a person would write it: 20191001 for 2.0191001E7 or 20191001.0."""
    if value.isdigit() or not re.fullmatch(r"[0-9]{1,20}(\.[0-9]{1,20})?([eE][+]?[0-9]{1,2})?", value):
        return value
    exact = Decimal(value)
    return f"{exact:.0f}" if exact == exact.to_integral_value() else value


def unpacked(content: bytes) -> dict[str, bytes]:
    """The XML parts of a workbook, read in full so that every check sum is tested. Raises `Refused`."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        declared = sum(entry.file_size for entry in entries)
        if (
            len(entries) > limits.PARTS
            or declared > limits.UNPACKED_BYTES
            or (declared > limits.PACKED_RATIO_FROM and declared > limits.PACKED_RATIO * len(content))
        ):
            raise refused(f"The workbook unpacks to far more than it should hold. It is not opened. {AGAIN}")
        if any(entry.flag_bits & 1 for entry in entries):
            raise refused("The workbook is protected by a password. Save it without one and try again.")
        if "xl/workbook.xml" not in archive.NameToInfo:
            raise refused(
                "The file is an archive without a workbook in it. Unpack it and give the .xlsx inside."
            )
        for entry in entries:
            if entry.filename in parts:
                raise refused(f"The workbook holds a part twice: it is damaged. {AGAIN}")
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise refused(f"The workbook is packed in a way that Excel does not use. {AGAIN}")
            part = archive.read(entry)
            if entry.filename.endswith((".xml", ".rels")):
                if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                    raise refused(
                        f"The workbook holds definitions that no workbook needs. It is not opened. {AGAIN}"
                    )
                parts[entry.filename] = part
    return parts
