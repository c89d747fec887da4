"""The pages of a pack that are our own, as small PDFs: cover, contents, items, papers that are no PDF."""

import io
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from .lettering import BOLD, PLAIN, Lettering

WIDTH, HEIGHT = A4
MARGIN = 22 * mm
BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=11, leading=16, spaceAfter=3 * mm)
SMALL = ParagraphStyle("small", BODY, fontSize=9, leading=13)
TITLE = ParagraphStyle("title", BODY, fontName=BOLD, fontSize=22, leading=28, spaceAfter=6 * mm)
HEADING = ParagraphStyle("heading", BODY, fontName=BOLD, fontSize=16, leading=21, spaceAfter=4 * mm)
LABEL = ParagraphStyle("label", BODY, fontName=BOLD, spaceBefore=2 * mm, spaceAfter=1 * mm)
ENTRY = ParagraphStyle("entry", BODY, spaceAfter=0)
UNDER = ParagraphStyle("under", ENTRY, leftIndent=8 * mm, fontSize=10, leading=14)
PART = ParagraphStyle("part", LABEL, spaceBefore=5 * mm)
PAGE_WIDTH = 22 * mm  # of the column of page numbers


class Sheet(NamedTuple):
    """A PDF of our own pages, and how many it has."""

    content: bytes
    pages: int


class Spot(NamedTuple):
    """Where a line of the contents stands, on which of their pages (from 0), and what it leads to."""

    page: int
    rect: tuple[float, float, float, float]
    key: str


class Line(NamedTuple):
    """A line of the contents: `key` of the section that it leads to, `label` of its first page."""

    text: str
    label: str = ""
    key: str = ""
    style: ParagraphStyle = ENTRY


class Entry(Flowable):
    """A line of the contents with its page number; says where it was drawn."""

    def __init__(self, line: Line, lettering: Lettering, drawn: Callable[[Spot], None]) -> None:
        super().__init__()
        self.line, self.drawn = line, drawn
        self.words = Paragraph(lettering.shown(line.text), line.style)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        _, self.height = self.words.wrap(width - PAGE_WIDTH, height)
        return width, self.height + 2 * mm

    def draw(self) -> None:
        self.words.drawOn(self.canv, 0, 2 * mm)
        if not self.line.key:
            return
        top = self.height + 2 * mm
        self.canv.setFont(PLAIN, self.line.style.fontSize)
        self.canv.drawRightString(self.width, top - self.line.style.leading + 3, self.line.label)
        x, y = self.canv.absolutePosition(0, 0)
        self.drawn(
            Spot(self.canv.getPageNumber() - 1, (x, y + 2 * mm, x + self.width, y + top), self.line.key)
        )


def sheet(story: Sequence[Any]) -> Sheet:
    """The PDF of flowables, the same bytes for the same words."""
    made = io.BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=A4,
        invariant=1,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
    )
    document.build(list(story) or [Spacer(1, 1)])
    return Sheet(made.getvalue(), document.page)


def words(text: str, lettering: Lettering, style: ParagraphStyle = BODY) -> list[Paragraph]:
    """A paragraph for each that is divided from the next by an empty line."""
    return [Paragraph(lettering.shown(part), style) for part in text.strip().split("\n\n") if part.strip()]


def labelled(label: str, text: str, lettering: Lettering) -> list[Paragraph]:
    """A heading and what is below it; nothing where there is none."""
    return [Paragraph(lettering.shown(label), LABEL), *words(text, lettering)] if text.strip() else []


def contents(lines: Sequence[Line], lettering: Lettering) -> tuple[Sheet, list[Spot]]:
    """The contents, and where each line of them stands."""
    spots: list[Spot] = []
    story = [Paragraph("Contents", HEADING), *(Entry(line, lettering, spots.append) for line in lines)]
    return sheet(story), spots


def picture(content: Any) -> Sheet:
    """An image as a page, as large as fits, never larger than it is at 72 dots to the inch."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=A4, invariant=1)
    image = ImageReader(content)
    width, height = image.getSize()
    scale = min((WIDTH - 2 * MARGIN) / width, (HEIGHT - 2 * MARGIN) / height, 1)
    width, height = width * scale, height * scale
    canvas.drawImage(image, (WIDTH - width) / 2, (HEIGHT - height) / 2, width, height, mask="auto")
    canvas.save()
    return Sheet(made.getvalue(), 1)
