"""How long an interest is published and kept, and when it was declared late."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as some

from governance.interests import (
    KEPT_FOR,
    LATE,
    ON_TIME,
    PUBLISHED_FOR,
    in_force,
    is_late,
    is_published,
    published,
    stage_of,
    to_forget,
    until,
)
from governance.models import Interest
from tests.governance.interests.rows import interest

DAYS = some.dates(date(2000, 1, 1), date(2060, 1, 1))
BEGAN = date(2019, 4, 1)


@given(ended=DAYS, day=DAYS)
def test_what_is_counted_forwards_and_backwards_agrees(ended, day):
    for period in (PUBLISHED_FOR, KEPT_FOR):
        assert (day < until(ended, period)) == (ended > day - period)


@given(ended=DAYS)
def test_nothing_is_published_for_less_than_six_months(ended):
    assert until(ended, PUBLISHED_FOR) >= ended + relativedelta(months=6)
    assert until(ended, PUBLISHED_FOR) <= ended + timedelta(days=185)


@given(began=DAYS, after=some.integers(0, 100))
def test_it_is_late_after_28_days(began, after):
    held = Interest(starts_on=began, declared_on=began + timedelta(days=after))
    assert is_late(held) is (after > 28)


@pytest.mark.parametrize("missing", ["starts_on", "declared_on"])
def test_where_a_day_is_not_held_nobody_knows(missing):
    assert is_late(Interest(**{"starts_on": BEGAN, "declared_on": BEGAN} | {missing: None})) is None


@pytest.mark.parametrize(("after", "late"), [(0, False), (28, False), (29, True), (400, True)])
def test_the_database_says_the_same_of_late(harrow, after, late):
    held = interest(starts_on=BEGAN, declared_on=BEGAN + timedelta(days=after))
    assert Interest.objects.filter(LATE, pk=held.pk).exists() is late
    assert Interest.objects.filter(ON_TIME, pk=held.pk).exists() is not late


@pytest.mark.parametrize(
    ("day", "stage", "shown"),
    [
        (date(2019, 3, 31), "To come", True),
        (date(2019, 4, 1), "In force", True),
        (date(2019, 8, 30), "In force", True),
        (date(2019, 8, 31), "Ended", True),
        (date(2020, 2, 29), "Ended", True),
        (date(2020, 3, 1), "No longer published", False),
    ],
)
def test_it_is_published_while_held_and_for_six_months(harrow, day, stage, shown):
    held = interest(starts_on=BEGAN, ends_on=date(2019, 8, 31))
    assert (stage_of(held, day), is_published(held, day)) == (stage, shown)
    assert Interest.objects.filter(published(day)).exists() is shown
    assert Interest.objects.filter(in_force(day)).exists() is (stage == "In force")


@pytest.mark.parametrize(("day", "over"), [(date(2025, 8, 30), False), (date(2025, 8, 31), True)])
def test_it_is_kept_for_six_years(harrow, day, over):
    interest(starts_on=BEGAN, ends_on=date(2019, 8, 31))
    assert Interest.objects.filter(to_forget(day)).exists() is over


def test_what_has_not_ended_is_published_and_kept(harrow):
    interest(starts_on=BEGAN)
    assert Interest.objects.filter(published(date(2059, 1, 1))).exists()
    assert not Interest.objects.filter(to_forget(date(2059, 1, 1))).exists()
