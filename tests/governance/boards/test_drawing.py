"""The map as a drawing: every box has its place, every line its ends, and nothing lies on anything else."""

from collections import defaultdict
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from governance.drawing import BOLD, COLUMN, drawing_of
from governance.mapping import Box, Link
from governance.models import Body

SIDES, TIERS = [*Body.Side.values, ""], [*Body.Tier.values, ""]
PLACES = st.tuples(st.sampled_from(SIDES), st.sampled_from(TIERS))
NAMES = st.text("Harowgp ", min_size=1, max_size=60)


@st.composite
def maps(draw):
    """Boxes of any side and tier with any lines between them, but none to themselves."""
    count = draw(st.integers(1, 9))
    placed = draw(st.lists(PLACES, min_size=count, max_size=count))
    bodies = [
        Body(pk=pk, slug=f"b{pk}", name=draw(NAMES), side=side, tier=tier)
        for pk, (side, tier) in enumerate(placed)
    ]
    boxes = [Box(body, chair="Dr Genevieve Small and Sean Harriss") for body in bodies]
    for lower, higher in draw(
        st.lists(st.tuples(*[st.integers(0, count - 1)] * 2), max_size=12, unique=True)
    ):
        if lower != higher:
            kind = draw(st.sampled_from(("reports_to", "feeds_into")))
            getattr(boxes[lower], kind).append(Link(bodies[higher], draw(st.booleans())))
    return boxes


@given(maps())
def test_no_box_lies_on_another_and_each_holds_its_text(boxes):
    drawing = drawing_of(boxes)
    assert {box.body.pk for box in drawing.boxes} == {box.body.pk for box in boxes}
    for one, other in combinations(drawing.boxes, 2):
        beside = one.x + COLUMN <= other.x or other.x + COLUMN <= one.x
        assert beside or one.y + one.height < other.y or other.y + other.height < one.y
    for box in drawing.boxes:
        lines = [*box.name, *box.said]
        assert all(box.y < line.y < box.y + box.height for line in lines)
        assert all(len(line.text) <= BOLD for line in box.name)
        assert 0 < box.x <= drawing.width - COLUMN
        assert box.y + box.height < drawing.height


@given(maps())
def test_each_line_leads_from_the_edge_of_one_box_to_that_of_the_other(boxes):
    drawing = drawing_of(boxes)
    placed = {box.body.pk: box for box in drawing.boxes}
    links = [
        (box.body.pk, link.body.pk, feeding, link.is_assumed)
        for box in boxes
        for feeding, above in ((False, box.reports_to), (True, box.feeds_into))
        for link in above
    ]
    lanes = defaultdict(set)
    for (low, high, *kind), way in zip(links, drawing.ways, strict=True):
        points = [tuple(map(int, point.split(","))) for point in way.points.split()]
        assert [way.is_feeding, way.is_assumed] == kind
        for (x, y), box in ((points[0], placed[low]), (points[-1], placed[high])):
            assert x in (box.x, box.x + COLUMN)
            assert box.y < y < box.y + box.height
        lanes[points[1][0]].add((low if way.is_feeding else high, *kind))
        assert not any(box.x < points[1][0] < box.x + COLUMN for box in drawing.boxes)
    # Lines that are not of one bundle never run in one lane.
    assert all(len(bundles) == 1 for bundles in lanes.values())


def test_lines_to_one_body_meet_at_one_arrow_and_say_once_that_they_are_assumed():
    board = Body(pk=1, slug="b", name="Provider Management Board", side="provider", tier="place")
    groups = [
        Body(pk=number, slug=f"g{number}", name=f"Locality {number}", side="provider", tier="locality")
        for number in (2, 3)
    ]
    boxes = [Box(group, reports_to=[Link(board, True)]) for group in groups]
    first, second = drawing_of([Box(board), *boxes]).ways
    assert first.points.split()[-2:] == second.points.split()[-2:]
    assert first.note
    assert not second.note


def test_tiers_stand_from_the_system_down_and_sides_from_left_to_right():
    bodies = [
        Body(pk=1, slug="l", name="Locality 1 Management Group", side="provider", tier="locality"),
        Body(pk=2, slug="p", name="Panel", side="", tier="system"),
        Body(pk=3, slug="c", name="Committee", side="commissioner", tier="place"),
    ]
    drawing = drawing_of([Box(body) for body in bodies])
    locality, panel, committee = (next(b for b in drawing.boxes if b.body is body) for body in bodies)
    assert panel.y < committee.y < locality.y
    assert committee.x < panel.x < locality.x
    assert [text for _, text in drawing.bands] == ["System", "Borough", "Locality"]
    assert panel.said[-1].text.endswith("Side: not held.")
