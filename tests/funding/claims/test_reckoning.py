"""What claims come to: above the baseline, within the posts, from when they are filled, up to the maximum."""

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from funding.claims import Role, most_claimable, posts_allowed
from funding.entitlement import NOTHING, maximum_of_month, months, pennies
from funding.models import Post, Rate

JULY, AUGUST, MARCH = date(2019, 7, 1), date(2019, 8, 1), date(2020, 3, 1)


def pharmacist() -> Rate:
    return Rate(
        per="post",
        pounds=Decimal(37810),
        percent=Decimal(70),
        posts=1,
        more_posts=2,
        more_above=100_000,
        starts_on=JULY,
        ends_on=date(2020, 4, 1),
    )


def link_worker() -> Rate:
    rate = pharmacist()
    rate.pounds, rate.percent = Decimal(34113), Decimal(100)
    return rate


def post(pk: int, starts_on: date = JULY, ends_on: date | None = None, wte: str = "1") -> Post:
    return Post(pk=pk, wte=Decimal(wte), starts_on=starts_on, ends_on=ends_on)


def role(
    *posts: Post, baseline: str | None = "0", patients: int | None = None, rate: Rate | None = None
) -> Role:
    held = None if baseline is None else Decimal(baseline)
    size = None if patients is None else Decimal(patients)
    filled: list[Any] = list(posts)
    return Role((rate or pharmacist(),), held, filled, size)


def paid(of: Role, month: date = JULY, **costs: str) -> dict[int, Decimal]:
    return of.paid(month, {int(pk[1:]): Decimal(cost) for pk, cost in costs.items()})


def test_70_percent_of_the_actual_cost_of_a_pharmacist_is_reimbursed():
    assert paid(role(post(1)), _1="4000.00") == {1: Decimal("2800.00")}


def test_no_more_than_the_maximum_of_the_month_is():
    assert paid(role(post(1)), _1="9000.00") == {1: maximum_of_month(Decimal(37810), Decimal(1), JULY)}


def test_a_part_time_post_has_a_part_of_the_maximum():
    assert paid(role(post(1, wte="0.5")), _1="9000.00") == {1: Decimal("1575.42")}


def test_a_post_within_the_baseline_is_not_reimbursed():
    before = post(1, starts_on=date(2018, 1, 8))
    assert paid(role(before, baseline="1"), _1="4000.00") == {1: NOTHING}
    assert paid(role(before, post(2), baseline="1"), _1="4000", _2="4000") == {1: 0, 2: Decimal(2800)}


def test_a_post_that_is_partly_within_the_baseline_has_the_rest_of_the_maximum():
    found = paid(role(post(1), baseline="0.5"), _1="9000.00")
    assert found == {1: maximum_of_month(Decimal(37810), Decimal("0.5"), JULY)}


def test_where_the_baseline_is_not_held_nothing_is():
    assert paid(role(post(1), baseline=None), _1="4000.00") == {1: NOTHING}


def test_a_second_post_counts_only_above_100000_patients():
    two = post(1), post(2, starts_on=date(2019, 7, 8))
    costs = {"_1": "4000.00", "_2": "4000.00"}
    for patients in (None, 47_990, 100_000):
        assert paid(role(*two, patients=patients), JULY, **costs) == {1: Decimal(2800), 2: NOTHING}
    assert paid(role(*two, patients=106_280), JULY, **costs) == {1: Decimal(2800), 2: Decimal(2800)}


def test_a_post_counts_from_the_month_in_which_it_is_filled_until_it_is_vacant():
    one = role(post(1, starts_on=date(2019, 8, 19), ends_on=date(2019, 9, 15)))
    counted = [one.counted(month).get(1) for month in months(JULY, date(2019, 11, 1))]
    assert counted == [None, 1, 1, None]


def test_a_post_that_is_filled_again_within_a_month_comes_to_one_maximum():
    again = role(post(1, ends_on=date(2019, 8, 15)), post(2, starts_on=date(2019, 8, 15)))
    most = maximum_of_month(Decimal(37810), Decimal(1), AUGUST)
    found = paid(again, AUGUST, _1="3000.00", _2="3000.00")
    assert found == {1: Decimal(2100), 2: most - Decimal(2100)}


def test_outside_the_days_of_the_rate_nothing_is_reimbursed():
    assert paid(role(post(1)), date(2020, 4, 1), _1="4000.00") == {1: NOTHING}


def test_the_most_that_a_pcn_can_claim_is_for_the_months_of_the_rate():
    """The slides of July 2019 print £34,113.00 for nine months: that is the maximum of twelve."""
    assert most_claimable(link_worker(), 1) == Decimal("25584.75")
    assert most_claimable(pharmacist(), 1) == Decimal("28357.50")
    assert most_claimable(pharmacist(), 2) == Decimal("56715.00")


SIZES = st.none() | st.integers(0, 200_000).map(Decimal)


@given(SIZES)
def test_a_pcn_has_one_post_or_two(patients: Decimal | None):
    assert posts_allowed(pharmacist(), patients) == (2 if patients is not None and patients > 100_000 else 1)


POUNDS = st.decimals(0, 20_000, places=2)
DAYS = st.dates(date(2018, 1, 1), date(2020, 6, 1))
POSTS = st.lists(st.tuples(DAYS, st.none() | DAYS, st.decimals("0.01", 1, places=2), POUNDS), max_size=5)


@given(POSTS, st.decimals(0, 3, places=2), SIZES, st.sampled_from(months(JULY, MARCH)))
def test_never_more_than_the_cost_the_posts_and_what_is_above_the_baseline(rows, baseline, patients, month):
    held = [(s, e if e is None or e > s else None, w, c) for s, e, w, c in rows]
    of = role(*(post(n, s, e, str(w)) for n, (s, e, w, _c) in enumerate(held)), baseline=str(baseline))
    of.patients = patients
    costs = {n: cost for n, (*_rest, cost) in enumerate(held)}
    found = of.paid(month, costs)
    rate = of.rates[0]
    assert all(0 <= found[n] <= pennies(costs[n] * rate.percent / 100) for n in found)
    allowed = posts_allowed(rate, patients)
    assert sum(found.values()) <= maximum_of_month(rate.pounds, Decimal(allowed), month)
    if sum((w for _s, _e, w, _c in held), Decimal(0)) <= baseline:
        assert sum(found.values()) == 0


@given(POSTS, st.randoms())
def test_the_order_in_which_posts_were_recorded_never_matters(rows, random):
    held = [post(n, s, None, str(w)) for n, (s, _e, w, _c) in enumerate(rows)]
    costs = {n: cost for n, (*_rest, cost) in enumerate(rows)}
    mixed = random.sample(held, len(held))
    assert role(*mixed).paid(AUGUST, costs) == role(*held).paid(AUGUST, costs)
