"""The partnership meeting on the days before and after it."""

from datetime import date

import pytest

from governance.actions import with_state
from governance.models import Action, Body, Meeting, Resolution
from pcnportal import clock
from tests.demo import played


def told(blocker, day):
    """How many meetings, resolutions that came of the partnership meeting, and the actions' states."""
    with played(blocker, day), clock.at(day):
        states = [action.state for action in with_state(Action.objects.filter(commissioner__code="08E"), day)]
        agreed = Resolution.objects.filter(item__meeting__body__slug="harrow-executive-to-executive")
        bodies = Body.objects.filter(slug="hammersmith-and-fulham-board")
        return Meeting.objects.count(), agreed.count(), states, bodies.count()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 5, 20), (2, 0, [], 0)),
        (date(2019, 6, 18), (3, 0, [], 0)),
        (date(2019, 6, 19), (3, 5, ["Open"] * 6, 0)),
        (date(2019, 10, 1), (4, 5, ["Overdue"] * 5 + ["Open"], 1)),
    ],
)
def test_what_is_known_of_it_grows(django_db_setup, django_db_blocker, day, expected):
    assert told(django_db_blocker, day) == expected
