"""Lines between bodies: reports-to never forms a circle, whatever is drawn in whatever order."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.circles import way_up
from governance.models import BodyLink
from governance.workflow.links import end_link
from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.refusals import NotAllowed, Refused, Stale
from tests.governance.boards.making import board, draw, reports

JUNE = date(2019, 6, 1)
LINES = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=25)


def is_above(lines: set[tuple[int, int]], start: int, goal: int) -> bool:
    """Told in another way than the portal's: by drawing every line as often as there are bodies."""
    reached = {start}
    for _ in range(len(lines) + 1):
        reached |= {higher for lower, higher in lines if lower in reached}
    return goal in reached


@given(LINES, st.integers(0, 5), st.integers(0, 5))
def test_a_way_up_is_found_where_there_is_one_and_each_step_is_a_line(lines, start, goal):
    above = {lower: [high for low, high in lines if low == lower] for lower, _ in lines}
    way = way_up(start, goal, above)
    assert bool(way) == is_above(set(lines), start, goal)
    if way:
        assert (way[0], way[-1]) == (start, goal)
        assert all(step in lines for step in pairwise(way))
        assert len(way) == len(set(way))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=6, max_size=16))
def test_whatever_is_drawn_nobody_ends_up_below_themselves(harrow, lines):
    """Lines are refused just where they would close a circle, or are there already."""
    BodyLink.objects.all().delete()
    bodies = [board(harrow, f"Board {number}") for number in range(5)]
    drawn: set[tuple[int, int]] = set()
    for lower, higher in lines:
        if lower == higher or (lower, higher) in drawn or is_above(drawn, higher, lower):
            with pytest.raises(Refused):
                draw(harrow, bodies[lower], bodies[higher])
        else:
            draw(harrow, bodies[lower], bodies[higher])
            drawn.add((lower, higher))
    assert not any(is_above(drawn - {line}, line[1], line[0]) for line in drawn)
    assert BodyLink.objects.count() == len(drawn)


def test_a_circle_is_refused_in_a_sentence_that_names_those_on_it(harrow):
    health, joint, provider = (board(harrow, name) for name in ("Health", "Joint", "Provider"))
    draw(harrow, joint, health)
    draw(harrow, provider, joint)
    with pytest.raises(Refused) as refused:
        draw(harrow, health, provider)
    assert refused.value.field == "to"
    assert refused.value.sentence == (
        "Health can’t report to Provider, for that would be a circle: Provider reports to Joint and Joint "
        "reports to Health."
    )


def test_what_feeds_into_each_other_is_no_circle(harrow):
    one, other = board(harrow, "One"), board(harrow, "Other")
    draw(harrow, one, other)
    draw(harrow, other, one, "feeds_into")
    assert BodyLink.objects.count() == 2


def test_a_line_that_ended_closes_no_circle_and_one_that_ends_later_does(harrow):
    one, other = board(harrow, "One"), board(harrow, "Other")
    link = reports(one, other, ends_on=JUNE)
    with pytest.raises(Refused, match="circle"):
        draw(harrow, other, one)
    draw(harrow, other, one, starts_on=JUNE)
    assert link.ends_on == JUNE


def test_a_line_is_drawn_once_and_not_to_itself(harrow):
    one, other = board(harrow, "One"), board(harrow, "Other")
    draw(harrow, one, other)
    with pytest.raises(Refused, match="One reports to Other already"):
        draw(harrow, one, other)
    with pytest.raises(Refused, match="can’t have a line to itself"):
        draw(harrow, one, one)


def test_a_line_leads_to_no_body_of_another_commissioner(harrow):
    own, foreign = board(harrow, "Own"), board(harrow, "Foreign", organisation=harrow.havering)
    with pytest.raises(Refused, match="bodies that you see"):
        draw(harrow, own, foreign)
    with pytest.raises(NotAllowed):
        draw(harrow, foreign, own)


def test_a_line_ends_with_a_reason_after_it_began_and_once(harrow):
    link = draw(harrow, board(harrow, "One"), board(harrow, "Other"), starts_on=JUNE)
    by, seen = harrow.user("secretary"), link.body.version
    for on, reason, sentence in ((JUNE, "Why", "after 1 June"), (date(2019, 7, 1), " ", "Say why")):
        with pytest.raises(Refused, match=sentence):
            end_link(link, by=by, seen=seen, ends_on=on, reason=reason)
    end_link(link, by=by, seen=seen, ends_on=date(2019, 7, 1), reason="The board was reshaped.")
    event = Event.objects.latest("pk")
    assert (event.verb, event.reason) == ("ended the line: reports to", "The board was reshaped.")
    assert event.commissioner == harrow.ccg
    link.body.refresh_from_db()
    with pytest.raises(Refused, match="ended already"):
        end_link(link, by=by, seen=link.body.version, ends_on=date(2019, 8, 1), reason="Again")


def test_two_who_draw_at_once_don_t_both_win(harrow):
    one, other = board(harrow, "One"), board(harrow, "Other")
    seen = one.version
    draw(harrow, one, other)
    one.version = seen
    with pytest.raises(Stale):
        end_link(
            BodyLink.objects.get(), by=harrow.user("secretary"), seen=seen, ends_on=clock.today(), reason="x"
        )
