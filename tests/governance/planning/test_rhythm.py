"""The dates of a rhythm: never on a bank holiday, one in each period, moved no further than need be."""

from collections import Counter
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.rhythm import (
    MONTH,
    WEEK,
    Period,
    Rule,
    date_in,
    dates,
    has_periods,
    holiday_on,
    in_words,
    is_working_day,
    lacking,
    period_of,
    periods,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
WEEKDAYS = st.integers(0, 4)
WEEKLY = st.builds(Rule, st.integers(1, 52), st.just(WEEK), WEEKDAYS, st.none(), DAYS)
MONTHLY = st.builds(Rule, st.integers(1, 24), st.just(MONTH), WEEKDAYS, st.integers(1, 5), DAYS)
RULES = WEEKLY | MONTHLY
EASTER_MONDAY, MAY_DAY, GOOD_FRIDAY = date(2019, 4, 22), date(2019, 5, 6), date(2019, 4, 19)


def some(rule, start, count=15):
    return list(islice(dates(rule, start), count))


@given(RULES, DAYS)
def test_no_date_is_a_bank_holiday_or_in_a_weekend(rule, start):
    for proposed in some(rule, start):
        assert not holiday_on(proposed.day)
        assert proposed.day.weekday() < 5


@given(RULES, DAYS)
def test_a_date_is_in_its_own_period_and_no_period_has_two(rule, start):
    found = some(rule, start)
    for proposed in found:
        assert proposed.day in proposed.period
        assert proposed.ruled in proposed.period
        assert period_of(rule, proposed.day) == proposed.period
    assert max(Counter(proposed.period for proposed in found).values()) == 1
    assert [p.day for p in found] == sorted({p.day for p in found})


@given(RULES, DAYS)
def test_periods_follow_one_another_without_a_gap_and_none_is_left_out(rule, start):
    found = some(rule, start)
    assert all(before.period.until == after.period.first for before, after in pairwise(found))
    assert found[0].day >= max(start, rule.first_on)
    first = period_of(rule, max(start, rule.first_on))
    assert found[0].period in (first, period_of(rule, first.until))


@given(RULES, DAYS)
def test_a_date_is_moved_for_a_bank_holiday_alone_and_no_further_than_need_be(rule, start):
    for proposed in some(rule, start):
        assert bool(proposed.holiday) == (proposed.day != proposed.ruled) == bool(holiday_on(proposed.ruled))
        away = abs(proposed.day - proposed.ruled)
        nearer = {
            proposed.ruled + timedelta(days=sign * days) for days in range(away.days) for sign in (1, -1)
        }
        assert not any(day in proposed.period and is_working_day(day) for day in nearer)
        if proposed.day > proposed.ruled:
            before = proposed.ruled - away
            assert before not in proposed.period or not is_working_day(before)


@given(RULES, DAYS)
def test_the_rule_gives_the_weekday_in_the_week_that_it_names(rule, start):
    for proposed in some(rule, start):
        assert proposed.ruled.weekday() == rule.weekday
        if rule.unit == WEEK:
            assert (proposed.ruled - proposed.period.first).days < 7
        else:
            assert proposed.ruled.month == proposed.period.first.month
            later = proposed.ruled + timedelta(weeks=1)
            assert (proposed.ruled.day - 1) // 7 + 1 == rule.week or (
                rule.week == 5 and later.month != proposed.ruled.month
            )


@given(RULES, DAYS)
def test_every_day_is_in_one_period_and_the_first_one_holds_the_day_it_is_counted_from(rule, day):
    period = period_of(rule, day)
    assert day in period
    assert period_of(rule, period.first) == period_of(rule, period.last) == period
    assert period_of(rule, period.until) != period
    first = period_of(rule, rule.first_on)
    assert rule.first_on - first.first < (timedelta(days=7) if rule.unit == WEEK else timedelta(days=31))


@given(st.sampled_from([WEEK, MONTH]), DAYS)
def test_every_week_and_every_month_has_a_working_day(unit, day):
    period = period_of(Rule(1, unit), day)
    days = (period.first + timedelta(days=n) for n in range((period.until - period.first).days))
    assert any(is_working_day(day) for day in days)


@given(RULES, DAYS, st.integers(0, 1000))
def test_none_comes_after_the_rhythm_ends(rule, start, days):
    until = start + timedelta(days=days)
    assert all(start <= proposed.day < until for proposed in dates(rule, start, until))


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        (Rule(2, WEEK), ["the day from which it is counted", "the day of the week"]),
        (Rule(2, WEEK, 0), ["the day from which it is counted"]),
        (Rule(1, WEEK), ["the day of the week"]),
        (Rule(1, MONTH, 0), ["the week of the month"]),
        (Rule(4, MONTH, first_on=MAY_DAY), ["the day of the week", "the week of the month"]),
        (Rule(1, WEEK, 0), []),
        (Rule(1, MONTH, 0, 1), []),
        (Rule(2, WEEK, 0, first_on=MAY_DAY), []),
    ],
)
def test_no_date_follows_where_what_fixes_it_is_not_held(rule, missing):
    assert lacking(rule) == missing
    assert bool(some(rule, MAY_DAY)) == (not missing)


def test_periods_of_several_weeks_are_not_held_without_the_day_they_are_counted_from():
    assert not has_periods(Rule(2, WEEK, 0))
    with pytest.raises(ValueError, match="is not held"):
        period_of(Rule(2, WEEK, 0), MAY_DAY)
    assert period_of(Rule(1, MONTH), MAY_DAY) == Period(date(2019, 5, 1), date(2019, 6, 1))
    assert date_in(Rule(1, MONTH), Period(date(2019, 5, 1), date(2019, 6, 1))) is None


def test_easter_and_may_day_move_a_fortnightly_meeting_to_the_day_after():
    found = some(Rule(2, WEEK, 0, first_on=date(2019, 4, 8)), date(2019, 4, 8), 4)
    assert [(p.day, p.holiday) for p in found] == [
        (date(2019, 4, 8), ""),
        (date(2019, 4, 23), "Easter Monday"),
        (date(2019, 5, 7), "May Day"),
        (date(2019, 5, 20), ""),
    ]
    assert (found[1].ruled, found[2].ruled) == (EASTER_MONDAY, MAY_DAY)


def test_good_friday_moves_a_meeting_to_the_day_before():
    (friday,) = some(Rule(1, WEEK, 4), date(2019, 4, 15), 1)
    assert (friday.day, friday.ruled) == (date(2019, 4, 18), GOOD_FRIDAY)


def test_three_a_year_on_the_last_tuesday_of_every_fourth_month():
    rule = Rule(4, MONTH, 1, 5, date(2019, 3, 1))
    assert [p.day for p in some(rule, date(2019, 4, 1), 3)] == [
        date(2019, 7, 30),
        date(2019, 11, 26),
        date(2020, 3, 31),
    ]
    assert next(periods(rule, date(2019, 4, 1))) == Period(date(2019, 3, 1), date(2019, 7, 1))


def test_what_is_held_of_a_rule_is_said_in_words():
    assert in_words(Rule(2, WEEK, 0, first_on=date(2019, 4, 8))) == (
        "every 2 weeks, on a Monday, counted from 8 April 2019"
    )
    assert in_words(Rule(1, MONTH, 2, 5)) == "every month, on the last Wednesday"
    assert in_words(Rule(4, MONTH)) == "every 4 months"
