"""Joins our pages and uploaded ones into one PDF: stamped, labelled, with bookmarks and links.

Uploaded pages come without scripts, actions and attachments, and with their marks as they look.
"""

import io
from collections.abc import Sequence
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.constants import PageLabelStyle
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfbase.pdfmetrics import stringWidth

KEPT = ("/Type", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Contents", "/Group", "/UserUnit")
# Marks on a page that show something of their own; a filled-in field among them.
MARKS = {
    *("/Widget", "/FreeText", "/Stamp", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly"),
    *("/Square", "/Circle", "/Line", "/Ink", "/Polygon", "/PolyLine", "/Text", "/Caret"),
}
OF_A_MARK = ("/Rect", "/AP", "/AS", "/F", "/C", "/CA")
FONT, FONT_NAME, SIZE = "/PackPageNumber", "Helvetica", 9
EDGE = 18  # points from the corner of the page


class Joined:
    """The PDF as it grows. Pages are counted from 0."""

    def __init__(self, title: str) -> None:
        self.writer = PdfWriter()
        self.writer.add_metadata({"/Title": title, "/Producer": "PCN portal"})
        root = self.writer.root_object
        root[NameObject("/Lang")] = TextStringObject("en-GB")
        root[NameObject("/PageMode")] = NameObject("/UseOutlines")
        root[NameObject("/ViewerPreferences")] = DictionaryObject(
            {NameObject("/DisplayDocTitle"): NameObject("/true")}
        )
        self.font = self.writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Font"),
                    NameObject("/Subtype"): NameObject("/Type1"),
                    NameObject("/BaseFont"): NameObject(f"/{FONT_NAME}"),
                    NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
                }
            )
        )
        self.labels: list[str] = []

    @property
    def pages(self) -> int:
        return len(self.labels)

    def add(self, content: bytes | Any, labels: Sequence[str]) -> None:
        """Add the pages of a PDF, bytes or an open file, called as `labels` say; no more than those."""
        reader = PdfReader(io.BytesIO(content) if isinstance(content, bytes) else content)
        for page, label in zip(reader.pages, labels, strict=False):
            self._stamp(self.writer.add_page(bare(page)), label)
            self.labels.append(label)

    def bookmark(self, title: str, page: int, parent: Any = None) -> Any:
        return self.writer.add_outline_item(title=title, page_number=page, parent=parent)

    def link(self, page: int, rect: tuple[float, float, float, float], target: int) -> None:
        self.writer.add_annotation(page, Link(rect=rect, border=[0, 0, 0], target_page_index=target))

    def attach(self, name: str, content: bytes) -> None:
        self.writer.add_attachment(name, content)

    def finish(self) -> bytes:
        """The file, with page labels that are the stamped numbers."""
        page = 0
        while page < self.pages:
            end = self._run(page)
            if self.labels[page].isdecimal():
                start = int(self.labels[page])
                self.writer.set_page_label(page, end, style=PageLabelStyle.DECIMAL, start=start)
            else:
                self.writer.set_page_label(page, page, prefix=self.labels[page])
            page = end + 1
        made = io.BytesIO()
        self.writer.write(made)
        return made.getvalue()

    def _run(self, page: int) -> int:
        """The last page that goes on counting from this one."""
        end = page
        if self.labels[page].isdecimal():
            number = int(self.labels[page])
            while end + 1 < self.pages and self.labels[end + 1] == str(number + end + 1 - page):
                end += 1
        return end

    def _stamp(self, page: PageObject, label: str) -> None:
        """Write the page's number in its lower right corner as it is read, on white."""
        width = stringWidth(label, FONT_NAME, SIZE)
        right = _size(page)[0] - EDGE
        drawn = (
            f"q {_upright(page)} cm 1 g {right - width - 6:.2f} {EDGE - 6} {width + 12:.2f} 18 re f "
            f"0 g BT {FONT} {SIZE} Tf {right - width:.2f} {EDGE} Td ({label}) Tj ET Q\n"
        )
        held = page.get("/Contents")
        inner = held.get_object() if held is not None else ArrayObject()
        parts = list(inner) if isinstance(inner, ArrayObject) else [held]
        before, after = self._stream("q\n"), self._stream(f"\nQ\n{drawn}")
        page[NameObject("/Contents")] = ArrayObject([before, *parts, after])
        resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
        fonts = resources.setdefault(NameObject("/Font"), DictionaryObject()).get_object()
        fonts[NameObject(FONT)] = self.font

    def _stream(self, text: str) -> Any:
        made = DecodedStreamObject()
        made.set_data(text.encode("latin-1"))
        return self.writer._add_object(made)


def bare(page: PageObject) -> PageObject:
    """The page of an upload with nothing that acts, and nothing that leads out of it but addresses."""
    marks = [mark for held in page.get("/Annots") or () if (mark := _bare_mark(held.get_object()))]
    for key in [key for key in page if key not in (*KEPT, "/Parent")]:
        del page[key]
    if marks:
        page[NameObject("/Annots")] = ArrayObject(marks)
    return page


def _bare_mark(mark: Any) -> DictionaryObject | None:
    if not isinstance(mark, DictionaryObject) or "/Rect" not in mark:
        return None
    kind = mark.get("/Subtype")
    if kind == "/Link":
        return _bare_link(mark)
    if kind not in MARKS or "/AP" not in mark:
        return None
    kept = {NameObject(key): mark.raw_get(key) for key in OF_A_MARK if key in mark}
    # A stamp looks as it is told to; a field would ask for the form that it belonged to.
    return DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Subtype"): NameObject("/Stamp"), **kept}
    )


def _bare_link(mark: DictionaryObject) -> DictionaryObject | None:
    action = mark.get("/A")
    action = action.get_object() if action is not None else None
    address = action.get("/URI") if isinstance(action, DictionaryObject) else None
    if not isinstance(address, str) or not address.lower().startswith(("https://", "http://", "mailto:")):
        return None
    leads = {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(address)}
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): mark.raw_get("/Rect"),
            NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
            NameObject("/A"): DictionaryObject(leads),
        }
    )


def _size(page: PageObject) -> tuple[float, float]:
    """Width and height of the page as it is read, in points."""
    box = page.cropbox
    across, up = float(box.width), float(box.height)
    return (up, across) if page.rotation % 180 else (across, up)


def _upright(page: PageObject) -> str:
    """The six numbers that put the lower left corner, as the page is read, at nought."""
    left, low, right, high = (float(edge) for edge in page.cropbox)
    turned = {
        0: (1, 0, 0, 1, left, low),
        90: (0, 1, -1, 0, right, low),
        180: (-1, 0, 0, -1, right, high),
        270: (0, -1, 1, 0, left, high),
    }
    return " ".join(f"{number:g}" for number in turned[page.rotation % 360])
