"""Whether a budget adds up: pure functions."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from funding.adding_up import AddedUp, Figure, Line, Section, added, rounded, twice
from funding.split import placed

ALLIANCE, JOINT, KIND = ("alliance", "contribution"), ("joint", "contribution"), ("alliance", "in_kind")
POUNDS = st.integers(1, 10**7).map(Decimal)


def lines(*amounts: int | None) -> tuple[Line, ...]:
    return tuple(
        Line(pk, None if pounds is None else Decimal(pounds), is_pay=True)
        for pk, pounds in enumerate(amounts)
    )


def figure(kind: str, pounds: int | None, **facts) -> Figure:
    return Figure(facts.pop("pk", 0), kind, None if pounds is None else Decimal(pounds), **facts)


def only(sections, *figures):
    (found,) = [one for one in AddedUp(sections, figures).beside() if one.figure.pk == 0]
    return found


@given(st.lists(POUNDS, min_size=1, max_size=9), st.randoms())
def test_a_sum_has_no_order(amounts, chance):
    shuffled = chance.sample(amounts, len(amounts))
    assert added(lines(*map(int, amounts))) == added(lines(*map(int, shuffled))) == sum(amounts)


def test_where_an_amount_is_not_held_there_is_no_sum():
    assert added(lines(1, None)) is None
    assert added(()) is None
    found = only([Section(1, lines(1, None))], figure("grand", 5))
    assert (found.calculated, found.is_right) == (None, True)


def test_a_subtotal_covers_pay_or_what_is_not_pay():
    section = Section(1, (Line(1, Decimal(5), is_pay=True), Line(2, Decimal(7), is_pay=False)))
    assert only([section], figure("subtotal", 5, section=1, lines="pay")).is_right
    assert only([section], figure("subtotal", 7, section=1, lines="non_pay")).is_right
    assert only([section], figure("subtotal", 13, section=1)).off == 1


def test_a_running_total_that_adds_up_a_wrong_subtotal_follows_it():
    sections = [Section(1, lines(10, 11)), Section(2, lines(5))]
    wrong = figure("subtotal", 20, section=1, pk=1)
    before = figure("running", 20, section=1, pk=2)
    found = only(sections, wrong, before, figure("running", 25, section=2))
    assert (found.off, found.carried, found.follows, found.is_right) == (-1, 25, True, True)
    assert not only(sections, wrong, before, figure("running", 24, section=2)).is_right
    assert only(sections, wrong, before, figure("running", 26, section=2)).off == 0


def test_a_running_total_may_begin_anew_and_the_grand_total_adds_both():
    sections = [Section(1, lines(10)), Section(2, lines(20)), Section(3, lines(40))]
    figures = [
        figure("running", 10, section=1, pk=1),
        figure("running", 30, section=2, pk=2),
        figure("running", 41, section=3, first=3, pk=3),
    ]
    found = only(sections, *figures, figure("grand", 71))
    assert (found.calculated, found.carried, found.follows) == (70, 71, True)


def test_a_second_place_is_right_where_the_lines_round_to_it():
    sections = [Section(1, lines(41_320, 279))]
    found = only(sections, figure("rounded", 41_300, covers=("1.1",), precision=Decimal(100)))
    assert (found.is_right, found.off) == (True, -20)
    assert only(sections, figure("rounded", 42_000, covers=("1",), precision=Decimal(1000))).is_right
    wrong = only(sections, figure("rounded", 41_500, covers=("1.1",), precision=Decimal(100)))
    assert (wrong.is_right, wrong.coarser) == (False, 500)
    assert only(sections, figure("rounded", 43_000, covers=("1",), precision=Decimal(1000))).coarser is None


def test_half_a_step_is_rounded_up():
    assert rounded(Decimal(150), Decimal(100)) == 200
    assert rounded(Decimal("149.99"), Decimal(100)) == 100


def test_a_section_that_the_split_counts_elsewhere_is_found():
    found = placed(
        {1: ALLIANCE, 2: KIND, 3: ALLIANCE},
        {1: Decimal(10), 2: Decimal(20), 3: Decimal(7)},
        {ALLIANCE: Decimal(10), KIND: Decimal(27)},
    )
    ((moved),) = found.moved
    assert (moved.section, moved.said, moved.counted) == (3, ALLIANCE, KIND)
    assert moved.pounds == 7
    assert found.counted[3] == KIND


def test_a_heading_that_does_not_say_everything_is_counted_where_its_total_is_lacking():
    totals = {1: Decimal(10), 2: Decimal(7)}
    found = placed({1: ALLIANCE, 2: ("joint", "")}, totals, {ALLIANCE: Decimal(10), JOINT: Decimal(7)})
    assert (found.counted[2], found.moved) == (JOINT, ())
    other = placed({1: ALLIANCE, 2: ("joint", "")}, totals, {ALLIANCE: Decimal(17), JOINT: Decimal(0)})
    assert 2 not in other.counted


def test_a_slip_of_a_pound_hides_neither_where_a_section_is_counted_nor_its_heading():
    said = {1: ALLIANCE, 2: KIND, 3: ALLIANCE, 4: ("joint", "")}
    totals = {1: Decimal(1000), 2: Decimal(2000), 3: Decimal(700), 4: Decimal(300)}
    split = {ALLIANCE: Decimal(1000), KIND: Decimal(2699), JOINT: Decimal(301)}
    found = placed(said, totals, split)
    assert found.counted == {1: ALLIANCE, 2: KIND, 3: KIND, 4: JOINT}
    ((moved),) = found.moved
    assert (moved.section, moved.counted, moved.pounds, moved.off) == (3, KIND, Decimal(700), Decimal(1))


def test_two_sections_of_one_sum_that_may_each_be_meant_are_not_moved():
    totals = {1: Decimal(7), 2: Decimal(7), 3: Decimal(20)}
    split = {ALLIANCE: Decimal(7), KIND: Decimal(27)}
    assert placed({1: ALLIANCE, 2: ALLIANCE, 3: KIND}, totals, split).moved == ()


def test_a_split_that_fits_no_moving_moves_nothing():
    found = placed(
        {1: ALLIANCE, 2: KIND},
        {1: Decimal(10), 2: Decimal(20)},
        {ALLIANCE: Decimal(11), KIND: Decimal(19)},
    )
    assert found.moved == ()
    sections = [Section(1, lines(10), ALLIANCE), Section(2, lines(20), KIND)]
    wrong = only(sections, figure("split", 11, share=ALLIANCE), figure("split", 19, share=KIND, pk=1))
    assert (wrong.off, wrong.is_right) == (1, False)


def test_what_a_line_says_that_it_is_reckoned_from():
    days = Line(1, Decimal(23_449), quantity=Decimal(50), each=Decimal(470))
    assert days.reckoned == 23_500
    assert Line(1, Decimal(5), leads=5, days=Decimal(3)).wte_of_days == 3
    assert Line(1, Decimal(789_000), each=Decimal(3)).heads == 263_000
    assert days.heads is Line(1, None, each=Decimal(3)).heads is None


def test_one_figure_for_two_lines_unless_a_band_gives_them_both():
    first, second = (
        Line(1, Decimal(9), band="8a", wte=Decimal(1)),
        Line(2, Decimal(9), band="8a", wte=Decimal(1)),
    )
    assert twice(Section(1, (first, second))) == []
    other = Line(3, Decimal(9))
    assert twice(Section(1, (first, other))) == [(first, other)]
    assert twice(Section(1, lines(None, None))) == []
