"""The map as a drawing: where each box and line goes. The template writes the SVG.

Three columns by side, bands by tier. A line leaves its box at the side where the street between two columns
is, runs along the street, and enters the other box with an arrow head. Boxes are painted over lines, so that
one which has to cross a column passes behind it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from .mapping import TIERS, Box
from .models import Body

# In the units of the drawing, in which letters are 14 and 15 high.
COLUMN, STREET, MARGIN = 280, 76, 8
HEAD, BAND, GAP, INSET = 34, 30, 16, 12
NAME, TEXT = 20, 18
# As many letters as surely fit between the borders of a box, in bold and in plain.
BOLD, PLAIN = 31, 38
# A body of which no document says the side stands between the others and says so.
COLUMNS = (Body.Side.COMMISSIONER, Body.Side.JOINT, Body.Side.PROVIDER)
MIDDLE = 1
SIDE_NOT_HELD = "Side: not held"


class Line(NamedTuple):
    """A line of text in a box, by the y of its foot."""

    y: int
    text: str


@dataclass(frozen=True)
class Drawn:
    """A box: its upper left corner, its height, and what stands in it."""

    body: Body
    x: int
    y: int
    height: int
    name: Sequence[Line]
    said: Sequence[Line]
    column: int


@dataclass(frozen=True)
class Way:
    """A line between two boxes as the points of a polyline; `is_feeding` ones are dashed.

    `note` is where the word "assumed" stands and how it is anchored, of the first of each bundle of lines
    that no document prints; else None.
    """

    points: str
    is_feeding: bool
    is_assumed: bool = False
    note: tuple[int, int, str] | None = None


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    heads: Sequence[tuple[int, str]]
    bands: Sequence[tuple[int, str]]
    boxes: Sequence[Drawn]
    ways: Sequence[Way]
    column: int = COLUMN
    inset: int = INSET

    @property
    def has_assumed(self) -> bool:
        """Whether there is a line that no document prints."""
        return any(way.is_assumed for way in self.ways)

    @property
    def has_unplaced(self) -> bool:
        """Whether there is a body of which no document says the side."""
        return any(not box.body.side for box in self.boxes)


def drawing_of(boxes: Iterable[Box]) -> Drawing:
    """The boxes of the map, placed, and their lines."""
    rows = list(boxes)
    bands, placed, top = [], [], MARGIN + HEAD
    for tier, name in TIERS:
        of_tier = [box for box in rows if box.body.tier == tier]
        if of_tier:
            bands.append((top, str(name)))
            found, top = _band(of_tier, top + BAND)
            placed += found
    width = 2 * MARGIN + len(COLUMNS) * COLUMN + (len(COLUMNS) - 1) * STREET
    heads = [(_left(number) + COLUMN // 2, str(side.label)) for number, side in enumerate(COLUMNS)]
    return Drawing(
        width, top + MARGIN, heads, bands, placed, _ways(rows, {box.body.pk: box for box in placed})
    )


def _left(column: int) -> int:
    return MARGIN + column * (COLUMN + STREET)


def _band(boxes: Iterable[Box], top: int) -> tuple[list[Drawn], int]:
    """The boxes of one tier below `top`, each column a stack; and where the next tier begins."""
    placed, feet = [], Counter[int]()
    for box in boxes:
        side = box.body.side
        column = COLUMNS.index(Body.Side(side)) if side else MIDDLE
        y = feet[column] or top
        drawn = _drawn(box, column, y)
        feet[column] = y + drawn.height + GAP
        placed.append(drawn)
    return placed, max(feet.values())


def _drawn(box: Box, column: int, y: int) -> Drawn:
    foot, name, said = y + 4, [], []
    for text in wrap(box.body.name, BOLD):
        foot += NAME
        name.append(Line(foot, text))
    words = [*box.said, *([] if box.body.side else [SIDE_NOT_HELD])]
    for text in wrap(f"{'. '.join(words)}." if words else "", PLAIN):
        foot += TEXT
        said.append(Line(foot, text))
    return Drawn(box.body, _left(column), y, foot + INSET - y, name, said, column)


def _ways(boxes: Iterable[Box], placed: dict[int, Drawn]) -> list[Way]:
    """The lines. Those that report to one body, or feed from one, run in one lane and share that end."""
    links = [
        _Link(box.body.pk, link.body.pk, is_feeding, link.is_assumed)
        for box in boxes
        for is_feeding, above in ((False, box.reports_to), (True, box.feeds_into))
        for link in above
    ]
    bundles = {_bundle(link, placed): 0 for link in links}
    lanes = Counter(street for street, *_ in bundles)
    reached: Counter[int] = Counter()
    for bundle in bundles:
        reached[bundle[0]] += 1
        bundles[bundle] = _left(bundle[0]) + COLUMN + STREET * reached[bundle[0]] // (lanes[bundle[0]] + 1)
    # Where lines meet a box: each bundle at its hub once, every line at its other end.
    ends = {
        (pk, bundle): 0
        for link in links
        for bundle in [_bundle(link, placed)]
        for pk in (link.low, link.high)
    }
    meeting, taken = Counter(pk for pk, _ in ends), Counter[int]()
    for pk, bundle in ends:
        taken[pk] += 1
        ends[pk, bundle] = placed[pk].y + placed[pk].height * taken[pk] // (meeting[pk] + 1)
    ways, noted = [], set()
    for link in links:
        bundle = _bundle(link, placed)
        (x1, y1), (x2, y2) = (
            (_edge(placed[pk], bundle[0]), ends[pk, bundle]) for pk in (link.low, link.high)
        )
        lane, note = bundles[bundle], None
        if link.is_assumed and bundle not in noted:
            noted.add(bundle)
            x, y = (x1, y1) if link.is_feeding else (x2, y2)
            note = (x + 8, y - 5, "start") if x < lane else (x - 8, y - 5, "end")
        points = " ".join(f"{x},{y}" for x, y in ((x1, y1), (lane, y1), (lane, y2), (x2, y2)))
        ways.append(Way(points, link.is_feeding, link.is_assumed, note))
    return ways


class _Link(NamedTuple):
    low: int
    high: int
    is_feeding: bool
    is_assumed: bool


def _bundle(link: _Link, placed: dict[int, Drawn]) -> tuple[int, int, bool, bool]:
    """The street, and what lines that run together have in common: their hub, their kind, who says so."""
    street = _street(placed[link.low].column, placed[link.high].column)
    return street, link.low if link.is_feeding else link.high, link.is_feeding, link.is_assumed


def _edge(box: Drawn, street: int) -> int:
    """The x of the side of the box on which the street is."""
    return box.x + COLUMN if box.column <= street else box.x


def _street(low: int, high: int) -> int:
    """Right of which column the line runs: between two columns that differ, else beside the one."""
    return min(low, high, len(COLUMNS) - 2) if low != high else min(low, len(COLUMNS) - 2)
