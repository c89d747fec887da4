"""Harrow's boards as the slides of June 2019 name them, few of them, for tests."""

from datetime import date
from typing import Any

from governance.models import Body, BodyLink, Seat
from governance.workflow.links import add_link
from pcnportal.history.models import Source
from tests import factories as make
from tests.harrow import Harrow

BEGINS = date(2019, 4, 1)


def board(harrow: Harrow, name: str, **facts: Any) -> Body:
    facts = {"kind": "board", "tier": "place", "organisation": harrow.ccg} | facts
    return make.BodyFactory.create(name=name, **facts)


def reports(lower: Body, higher: Body, kind: str = "reports_to", **facts: Any) -> BodyLink:
    return BodyLink.objects.create(body=lower, to=higher, kind=kind, **facts)


def draw(harrow: Harrow, lower: Body, higher: Body, kind: str = "reports_to", **facts: Any) -> BodyLink:
    """By the verb, as the secretary."""
    lower.refresh_from_db()
    return add_link(lower, by=harrow.user("secretary"), seen=lower.version, to=higher, kind=kind, **facts)


def seat(body: Body, name: str = "", **facts: Any) -> Seat:
    person = make.PersonFactory.create(name=name) if name else None
    return Seat.objects.create(body=body, person=person, **facts)


def slides(day: date = date(2019, 6, 18)) -> Source:
    return make.SourceFactory.create(title="Harrow strategic partnership meeting: slides", published_on=day)
