"""A board of partners that meets by a rhythm, and its secretary."""

from datetime import date, time
from typing import Any

import pytest

from governance.models import Body, Meeting, Rhythm, TurnToChair
from governance.workflow.meetings import add_item, plan_meeting
from tests import factories as make
from tests.governance.planning.clients import DAY, SECRET_TITLE
from tests.harrow import Harrow
from tests.reading import signed_in

PARTNERS = ("Central London Community Healthcare", "Harrow Health CIC", "Harrow Council")


@pytest.fixture
def secretary(harrow: Harrow):
    return signed_in(harrow.user("secretary"))


@pytest.fixture
def board(harrow: Harrow) -> Body:
    return make.BodyFactory.create(
        name="Provider Management Board", kind=Body.Kind.BOARD, organisation=harrow.ccg, chair_rule="rotating"
    )


@pytest.fixture
def fortnightly(board: Body) -> Rhythm:
    """Every second Monday, counted from the day of the committee: 20 May, 3 June …"""
    return Rhythm.objects.create(body=board, every=2, unit="week", weekday=0, **BY_RHYTHM)


BY_RHYTHM: dict[str, Any] = {
    "first_on": date(2019, 5, 20),
    "starts_on": date(2019, 5, 1),
    "starts_at": time(14),
    "ends_at": time(16),
    "place": "The Heights, Harrow",
}


@pytest.fixture
def partners(board: Body):
    """Three partners in their order."""
    found = [make.OrganisationFactory.create(name=name, kind="provider") for name in PARTNERS]
    for position, partner in enumerate(found, start=1):
        TurnToChair.objects.create(
            body=board, organisation=partner, position=position, starts_on=date(2019, 5, 1)
        )
    return found


@pytest.fixture
def meeting(harrow: Harrow, board: Body) -> Meeting:
    """With an item of the private part."""
    planned = plan_meeting(
        board,
        by=harrow.user("secretary"),
        commissioner=harrow.ccg,
        held_on=DAY,
        starts_at=time(14),
        ends_at=time(16),
        place="The Heights; Harrow, HA1",
    )
    add_item(planned, by=harrow.user("secretary"), title=SECRET_TITLE, is_private=True)
    return planned
