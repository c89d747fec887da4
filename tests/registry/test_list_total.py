"""The practices' lists against the stated size: met within 2 % on the same day, else indicative only."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.checklist.rules import RULES
from tests.registry.held import facts, member

YEAR = "average from 1 April 2018 to 31 March 2019"


def total(stated, *sizes, tolerance=2, **given):
    members = tuple(
        member(f"Practice {number}", f"E8400{number}", **size) for number, size in enumerate(sizes)
    )
    found = RULES["list-total"](
        facts(stated_list_size=stated, members=members, **given), {"tolerance_percent": tolerance}
    )
    return found.state, found.working


def exact(patients):
    return {"exact": Decimal(patients), "nearest": Decimal(patients), "nearest_dated": "at 1 January 2019"}


def average(patients):
    return {"nearest": Decimal(patients), "nearest_dated": YEAR}


@pytest.mark.parametrize(
    ("lists", "state"),
    [
        (("25000", "25000"), "met"),
        (("24500", "24500"), "met"),  # 2 % below, to the patient
        (("25500", "25500"), "met"),  # 2 % above
        (("24499.99", "24500"), "not_met"),
        (("25500", "25500.01"), "not_met"),
        (("24499", "24500"), "not_met"),
    ],
)
def test_2_percent_is_allowed_and_no_more(lists, state):
    assert total(50000, *map(exact, lists))[0] == state


def test_the_working_says_both_figures_their_day_and_the_difference():
    assert total(28619, exact(12852), exact(15000)) == (
        "not_met",
        "The practices' registered lists at 1 January 2019 add up to 27,852; the form states 28,619 "
        "(−2.7 %). Allowed: 2 %.",
    )
    assert total(100, exact(100))[1].endswith("the form states 100. Allowed: 2 %.")
    assert "(+1.0 %)" in total(100, exact(101))[1]


def test_the_tolerance_is_data():
    assert total(100, exact(95), tolerance=5)[0] == "met"
    assert total(100, exact(95), tolerance=4.9)[0] == "not_met"
    assert total(100, exact(100), tolerance=0)[1].endswith("Allowed: 0 %.")


def test_lists_of_another_day_or_kind_are_indicative_and_never_met():
    state, working = total(32716, average("16122"), average("16594"))
    assert state == "indicative"
    assert working == (
        "The practices' registered lists at 1 January 2019 are not all held. Those that are "
        f"({YEAR}) add up to 32,716; the form states 32,716. Indicative only."
    )


def test_one_list_of_another_day_makes_the_sum_indicative():
    assert total(20000, exact(10000), average(10000))[0] == "indicative"


def test_how_many_lists_are_held_is_said():
    state, working = total(20000, average(10000), {})
    assert state == "indicative"
    assert f"({YEAR} for 1 of 2 practices) add up to 10,000" in working


def test_without_lists_or_a_stated_size_it_is_not_held():
    assert total(20000, {}) == (
        "not_held",
        "The practices' registered lists at 1 January 2019 are not held.",
    )
    assert total(20000, {}, stated_as_at=None)[1] == "The practices' registered lists are not held."
    nothing = "There is nothing to add up: no stated list size or no practice."
    assert total(None, exact(1)) == ("not_held", nothing)
    assert total(20000) == ("not_held", nothing)


def test_who_withdrew_is_not_added():
    gone = exact(9000) | {"has_withdrawn": True}
    assert total(20000, exact(20000), gone)[0] == "met"


def test_without_a_day_the_sum_is_indicative():
    assert total(20000, exact(20000), stated_as_at=None)[0] == "indicative"


def test_nothing_stated_divides_nothing():
    assert total(0, exact(0))[0] == "met"
    assert total(0, exact(10))[0] == "not_met"


@given(st.integers(1, 100_000), st.lists(st.integers(0, 50_000), min_size=1, max_size=6))
def test_it_is_met_exactly_where_the_sum_is_within_the_tolerance(stated, lists):
    within = abs(sum(lists) - stated) * 100 <= 2 * stated
    assert (total(stated, *map(exact, lists))[0] == "met") == within


@given(st.integers(0, 100_000), st.lists(st.integers(0, 50_000), min_size=1, max_size=6))
def test_averages_are_never_met(stated, lists):
    assert total(stated, *map(average, lists))[0] == "indicative"
