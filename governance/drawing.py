"""The map as a drawing: where each box and line goes. The template writes the SVG.

Three columns by side, bands by tier. A line leaves its box at the side where the street between two columns
is, runs along the street in a lane of its own, and enters the other box with an arrow head; boxes are painted
over lines, so that one which has to cross a column passes behind it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import NamedTuple

from .mapping import TIERS, Box
from .models import Body, BodyLink

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

    @property
    def label(self) -> str:
        """What it says in one sentence, for who hears it."""
        return " ".join(line.text for line in self.name)


@dataclass(frozen=True)
class Way:
    """A line between two boxes as the points of a polyline; `is_feeding` ones are dashed."""

    points: str
    is_feeding: bool


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
    words = ". ".join([*box.said, *([] if box.body.side else [SIDE_NOT_HELD])])
    for text in wrap(f"{words}.", PLAIN):
        foot += TEXT
        said.append(Line(foot, text))
    return Drawn(box.body, _left(column), y, foot + INSET - y, name, said, column)


def _ways(boxes: Iterable[Box], placed: dict[int, Drawn]) -> list[Way]:
    links = [
        (box.body.pk, higher.pk, kind)
        for box in boxes
        for kind, above in (
            (BodyLink.Kind.REPORTS_TO, box.reports_to),
            (BodyLink.Kind.FEEDS_INTO, box.feeds_into),
        )
        for higher in above
    ]
    streets = [_street(placed[low].column, placed[high].column) for low, high, _ in links]
    lanes = Counter(streets)
    ends: Counter[int] = Counter(pk for low, high, _ in links for pk in (low, high))
    used: defaultdict[int, int] = defaultdict(int)
    taken: Counter[int] = Counter()
    ways = []
    for (low, high, kind), street in zip(links, streets, strict=True):
        used[street] += 1
        lane = _left(street) + COLUMN + STREET * used[street] // (lanes[street] + 1)
        points = []
        for pk in (low, high):
            taken[pk] += 1
            box = placed[pk]
            y = box.y + box.height * taken[pk] // (ends[pk] + 1)
            # The side of the box on which the street is.
            points.append((box.x + COLUMN if box.column <= street else box.x, y))
        (x1, y1), (x2, y2) = points
        way = [(x1, y1), (lane, y1), (lane, y2), (x2, y2)]
        ways.append(Way(" ".join(f"{x},{y}" for x, y in way), kind == BodyLink.Kind.FEEDS_INTO))
    return ways


def _street(low: int, high: int) -> int:
    """Right of which column the line runs: between two columns that differ, else beside the one."""
    return min(low, high, len(COLUMNS) - 2) if low != high else min(low, len(COLUMNS) - 2)
