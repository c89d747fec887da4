"""An item of Harrow's committee with an action, and who may do what about it."""

from typing import Any

import pytest

from governance.models import Action, AgendaItem
from governance.workflow.meetings import add_item
from pcnportal.people.models import Person, User
from tests import factories as make
from tests.governance.actions.rows import action_of
from tests.harrow import Harrow


@pytest.fixture
def secretary(harrow: Harrow) -> User:
    return harrow.user("secretary")


@pytest.fixture
def item(harrow: Harrow, secretary: User) -> AgendaItem:
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    return add_item(meeting, by=secretary, title="Allocation of resources")


@pytest.fixture
def owner(harrow: Harrow) -> Person:
    """The person of the member's account."""
    user = harrow.user("member")
    user.person = make.PersonFactory.create(name="Jo Paul")
    user.save()
    return user.person


@pytest.fixture
def action(item: AgendaItem, secretary: User, owner: Person) -> Action:
    """Of the member, due on 2 July 2019."""
    due: Any = {"due_on": make.date(2019, 7, 2)}
    return action_of(item, secretary, owners=[owner], **due)
