"""Lines drawn by several people at the same moment."""

from functools import partial

import pytest

from governance.models import Body, BodyLink
from governance.workflow.links import add_link
from tests.governance.boards.making import board
from tests.registry.test_at_once import at_once, the_loser

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def test_of_three_lines_that_together_form_a_circle_exactly_two_are_drawn(harrow):
    for number in range(ROUNDS):
        ring = [board(harrow, f"Board {number}{letter}") for letter in "ABC"]
        who = [harrow.user(name) for name in ("secretary", "manager", "secretary")]

        def draw(lower: int, ring=ring, who=who) -> BodyLink:
            body = Body.objects.get(pk=ring[lower].pk)
            higher = Body.objects.get(pk=ring[(lower + 1) % 3].pk)
            return add_link(body, by=who[lower], seen=body.version, to=higher, kind="reports_to")

        ends = at_once(*(partial(draw, lower) for lower in range(3)))
        assert "would be a circle" in the_loser(ends).sentence
        assert BodyLink.objects.filter(body__in=ring).count() == 2
