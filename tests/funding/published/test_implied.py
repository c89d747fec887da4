"""Which list an amount implies, and what follows: pure functions."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.entitlement import amount, total
from funding.implied import (
    Implied,
    agreed,
    apart,
    cost,
    implied,
    maximum,
    misfits,
    rounds_to,
    step,
    sum_of,
)

RATES = st.decimals("0.01", "200", places=4)
LISTS = st.integers(1, 300_000)


def exact(patients: int) -> Implied:
    return Implied(patients, Decimal(0))


def about(patients: int) -> Implied:
    return Implied(patients, Decimal("0.30"))


@given(RATES, LISTS)
def test_an_amount_implies_the_list_that_it_was_reckoned_on(rate, patients):
    assert implied(amount(rate, Decimal(patients)), rate) == exact(patients)


@given(st.decimals("0.03", "200", places=4), LISTS, st.sampled_from(["0.01", "-0.01"]))
def test_a_penny_off_implies_no_list_exactly_but_the_same_one_as_the_nearest(rate, patients, penny):
    found = implied(amount(rate, Decimal(patients)) + Decimal(penny), rate)
    assert not found.is_exact or found.patients != patients
    assert abs(found.off) <= Decimal("0.01")


@given(RATES, st.decimals(0, 1_000_000, places=2))
def test_what_is_printed_is_the_nearest_amount_and_how_far_it_is_off(rate, pounds):
    found = implied(pounds, rate)
    others = [found.patients + step for step in (-1, 1) if found.patients + step >= 0]
    assert amount(rate, Decimal(found.patients)) + found.off == pounds
    assert all(abs(pounds - amount(rate, Decimal(other))) >= abs(found.off) for other in others)


def test_the_shown_amounts():
    assert implied(Decimal("50129.79"), Decimal("1.099")) == exact(45614)
    assert implied(Decimal("72363.00"), Decimal("1.50")) == exact(48242)
    found = implied(Decimal("74847.08"), Decimal("1.761"))
    assert (found.patients, found.off) == (42503, Decimal("-0.70"))


def test_a_rate_is_more_than_nothing():
    with pytest.raises(ValueError, match="more than nothing"):
        implied(Decimal(1), Decimal(0))


def test_the_list_that_most_payments_imply_exactly_is_agreed():
    assert agreed([exact(5), exact(5), exact(6)]) == 5
    assert agreed([exact(5), exact(6)]) is None
    assert agreed([exact(5), exact(5), exact(6), exact(6)]) is None
    assert agreed([about(5), about(5)]) is None
    assert agreed([]) is None


def test_a_payment_that_implies_another_list_in_most_networks_does_not_fit_its_label():
    fits = {"core": exact(50), "hours": exact(50), "practices": about(40)}
    assert misfits([fits] * 3) == {"practices"}
    assert misfits([{**fits, "practices": exact(50)}] * 3) == set()


def test_one_network_that_is_apart_makes_no_label_wrong():
    same, other = dict.fromkeys("abc", exact(50)), {"a": exact(50), "b": exact(50), "c": exact(60)}
    assert misfits([same, same, other]) == set()
    assert misfits([same, other, other]) == {"c"}


def test_of_two_payments_the_one_that_is_no_whole_number_does_not_fit():
    assert misfits([{"core": exact(50), "practices": about(40)}]) == {"practices"}
    assert misfits([{"core": exact(50), "practices": exact(40)}]) == set()


def test_payments_of_one_network_by_the_list_that_they_imply():
    assert apart({"core": exact(60), "hours": exact(50), "director": exact(50)}) == {
        50: ["hours", "director"],
        60: ["core"],
    }
    assert apart({"core": exact(50), "hours": exact(50)}) == {}
    assert list(apart({"core": exact(50), "hours": exact(60)})) == [60, 50]


def test_what_it_costs_to_pay_on_another_list():
    paid = [(Decimal("1.099"), Decimal("50129.79")), (Decimal("0.514"), Decimal("23445.60"))]
    assert cost(paid, 48242) == Decimal("4238.96")
    assert cost([(Decimal("1.5"), Decimal("72363.00"))], 45614) == Decimal("-3942.00")


@given(RATES, st.lists(LISTS, min_size=1, max_size=8))
def test_a_total_of_the_lists_rounded_once_is_right(rate, lists):
    rows = [(one, f"{one:,}") for one in (amount(rate, Decimal(n)) for n in lists)]
    whole = total(rate, map(Decimal, lists))
    assert sum_of(whole, rows, rate).is_right
    assert sum_of(sum((pounds for pounds, _ in rows), Decimal(0)), rows, rate).is_right
    assert not sum_of(whole + 1, rows, rate).is_right


def test_a_total_says_how_it_was_reckoned():
    rate = Decimal("0.514")
    rows = [(amount(rate, Decimal(n)), "0.00") for n in (42629, 45614, 83194, 106704)]
    assert sum_of(Decimal("142964.47"), rows, rate).how == "Rate × the sum of the lists, rounded once"
    assert sum_of(Decimal("142964.49"), rows, rate).how == "The sum of the rows"
    assert sum_of(Decimal("142964.48"), rows, rate).how.startswith("Neither")


def test_rows_without_pence_leave_out_half_a_pound_each():
    rows = [(Decimal(48231), "48,231")] * 5
    found = sum_of(Decimal("241153.50"), rows)
    assert (found.off, found.slack, found.is_right) == (Decimal("-1.50"), Decimal("2.5"), True)
    assert found.how == "The sum of the rows with the pence that they leave out"
    assert not sum_of(Decimal("241152.49"), rows).is_right
    assert not sum_of(Decimal("1.02"), [(Decimal("0.50"), "0.50")] * 2).is_right


def test_the_step_that_a_print_shows():
    assert [step(text) for text in ("48,231", "£1.50", "12.5")] == [1, Decimal("0.01"), Decimal("0.1")]


def test_a_monthly_sum_is_right_to_the_places_that_it_prints():
    assert rounds_to(Decimal("0.057"), Decimal("0.514") / 9)
    assert rounds_to(Decimal("0.1250"), Decimal("0.125"))
    assert not rounds_to(Decimal("1.099"), Decimal("1.45") * 9 / 12)


def test_a_maximum_beside_the_national_one():
    whole = maximum(Decimal("34113.00"), "34,113.00", Decimal(34113), 1, 9)
    assert (whole.covers_a_year, whole.exceeds_year, whole.over) == (True, False, Decimal("8528.25"))
    above = maximum(Decimal(96461), "96,461", Decimal(37810), 2, 9)
    assert (above.covers_a_year, above.exceeds_year, above.over) == (False, True, Decimal("39746.00"))
    assert maximum(Decimal("28357.50"), "28,357.50", Decimal(37810), 1, 9).is_right
    assert maximum(Decimal(28358), "28,358", Decimal(37810), 1, 9).is_right
    assert not maximum(Decimal("28358.00"), "28,358.00", Decimal(37810), 1, 9).is_right
    assert maximum(Decimal(37810), "37,810", Decimal(37810), 1, 12).is_right
