"""The committee's meeting of the day, with two items, and who minutes it."""

import pytest

from governance.models import AgendaItem, Meeting
from governance.workflow.meetings import add_item
from pcnportal.people.models import User
from tests import factories as make
from tests.harrow import Harrow


@pytest.fixture
def secretary(harrow: Harrow) -> User:
    return harrow.user("secretary")


@pytest.fixture
def meeting(harrow: Harrow) -> Meeting:
    return harrow.meeting(harrow.committee, make.COMMITTEE_DAY)


@pytest.fixture
def item(meeting: Meeting, secretary: User) -> AgendaItem:
    return add_item(meeting, by=secretary, title="The budget")


@pytest.fixture
def private(meeting: Meeting, secretary: User) -> AgendaItem:
    return add_item(meeting, by=secretary, title="A dispute", is_private=True)
