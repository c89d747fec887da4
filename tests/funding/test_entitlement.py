"""The pure reckoning: parts add up, a total is rate × the sum, order never matters, nothing is paid twice."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.entitlement import (
    NOTHING,
    PENNY,
    amount,
    amounts,
    due_on,
    instalments,
    months,
    pennies,
    schedule,
    settle,
    total,
)

pounds = st.integers(0, 10**10).map(lambda pence: Decimal(pence) / 100)
rates = st.integers(1, 10**6).map(lambda units: Decimal(units) / 10_000)
sizes = st.integers(1, 10**8).map(lambda hundredths: Decimal(hundredths) / 100)
counts = st.integers(1, 24)
YEAR = months(date(2019, 4, 1), date(2020, 4, 1))
DAYS = st.sampled_from([due_on(month) for month in YEAR])


def half_up(exact: Fraction) -> int:
    """Whole pence, by whole numbers alone."""
    return int((exact * 100 + Fraction(1, 2)) // 1)


@given(pounds, counts)
def test_instalments_add_up_and_are_within_a_penny_of_each_other(whole, count):
    parts = instalments(whole, count)
    assert (sum(parts), len(parts)) == (whole, count)
    assert max(parts) - min(parts) <= PENNY


@given(pounds, counts, st.data())
def test_the_first_parts_are_their_share_of_the_whole_half_up(whole, count, data):
    n = data.draw(st.integers(0, count))
    assert sum(instalments(whole, count)[:n], NOTHING) * 100 == half_up(Fraction(whole) * n / count)


def test_what_is_not_paid_in_parts():
    with pytest.raises(ValueError, match="one part or more"):
        instalments(Decimal(1), 0)
    with pytest.raises(ValueError, match="part of a penny"):
        instalments(Decimal("0.001"), 2)
    assert instalments(Decimal("-0.03"), 2) == (Decimal("-0.02"), Decimal("-0.01"))


@given(rates, sizes)
def test_an_amount_is_rate_times_list_half_up(rate, size):
    assert amount(rate, size) * 100 == half_up(Fraction(rate) * Fraction(size))


@given(rates, st.lists(sizes, min_size=1, max_size=20), st.randoms())
def test_a_total_is_rate_times_the_sum_in_any_order(rate, lists, chance):
    shuffled = list(lists)
    chance.shuffle(shuffled)
    assert total(rate, lists) == total(rate, shuffled) == amount(rate, sum(lists))


@given(rates, st.lists(sizes, min_size=1, max_size=20))
def test_a_list_split_loses_nothing_but_half_a_penny_for_each_part(rate, lists):
    apart = sum((amount(rate, size) for size in lists), NOTHING)
    assert abs(apart - total(rate, lists)) <= PENNY / 2 * (len(lists) + 1)


@given(rates, st.lists(st.none() | sizes, max_size=12))
def test_the_amounts_of_months_are_those_of_their_lists(rate, over):
    assert amounts(rate, over) == [None if size is None else amount(rate, size) for size in over]


@given(st.lists(st.none() | pounds, max_size=12))
def test_a_month_gets_its_part_of_what_the_whole_was_in_it(wholes):
    found = schedule(wholes)
    expected = [NOTHING if w is None else instalments(w, len(wholes))[n] for n, w in enumerate(wholes)]
    assert list(found) == expected


@given(pounds, pounds, st.integers(0, 12))
def test_a_change_leaves_the_months_before_it_untouched(before, after, at):
    replanned = schedule([before] * at + [after] * (12 - at))
    assert replanned[:at] == schedule([before] * 12)[:at]
    assert replanned[at:] == schedule([after] * 12)[at:]


def due_of(wholes):
    return [(month, due_on(month), part) for month, part in zip(YEAR, schedule(wholes), strict=True)]


@given(st.lists(pounds, min_size=12, max_size=12), DAYS)
def test_what_is_paid_and_what_is_to_come_is_the_whole(wholes, day):
    found = settle(due_of(wholes), {}, day)
    assert sum(month.newly_due for month in found) == sum(m.amount for m in found if m.due_on <= day)
    assert not any(month.arrears or month.paid_before for month in found)


@given(st.lists(st.tuples(DAYS, pounds), min_size=1, max_size=6))
def test_however_often_it_is_corrected_what_was_paid_is_in_the_end_what_is_due(runs):
    paid: dict[date, Decimal] = {}
    for day, whole in sorted(runs):
        found = settle(due_of([whole] * 12), paid, day)
        for month in found:
            if month.due_on <= day:
                paid[month.month] = month.paid_before + month.newly_due + month.arrears
    day, whole = sorted(runs)[-1]
    due = {month: part for month, on, part in due_of([whole] * 12) if on <= day}
    assert paid == due


@given(pounds, DAYS)
def test_a_second_run_of_the_same_pays_nothing_again(whole, day):
    due = due_of([whole] * 12)
    paid = {m.month: m.newly_due for m in settle(due, {}, day) if m.due_on <= day}
    assert not any(month.newly_due or month.arrears for month in settle(due, paid, day))


@given(pounds, pounds)
def test_a_month_that_can_no_longer_be_reckoned_keeps_what_was_paid(whole, was):
    due = due_of([whole] * 12)[1:]
    found = settle(due, {YEAR[0]: was}, due_on(YEAR[0]))
    assert all(not month.arrears for month in found)
    assert YEAR[0] not in {month.month for month in found}


@given(st.dates(date(2015, 1, 1), date(2030, 1, 1)))
def test_a_month_is_due_on_its_last_day_or_the_next_months(day):
    month = day.replace(day=1)
    last = due_on(month)
    assert (last.month, last.year) == (month.month, month.year)
    assert months(month, last) == (month,)
    assert due_on(month, following=True) > last
    assert due_on(month, first=date(2031, 1, 1)) == date(2031, 1, 1)


@pytest.mark.parametrize(
    ("text", "rounded"), [("0.005", "0.01"), ("0.0049", "0.00"), ("2.675", "2.68"), ("16816.024", "16816.02")]
)
def test_half_a_penny_goes_up(text, rounded):
    assert str(pennies(Decimal(text))) == rounded
