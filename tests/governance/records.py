"""Of governance: one of each kind of record that an address names, and many of everything."""

from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from pypdf import PdfWriter

from governance.models import (
    ActionUpdate,
    AgendaItem,
    BetweenMeetings,
    Body,
    BodyLink,
    Paper,
    Rhythm,
    Seat,
    StandingItem,
    TurnToChair,
)
from governance.workflow.terms import add_terms
from pcnportal.people.models import User
from tests import factories as make
from tests.governance.actions.rows import add_actions
from tests.governance.interests.rows import add_interests
from tests.governance.minutes.rows import add_resolutions

NUMBERS = count(1)


def records_of(item: AgendaItem, by: User | None = None) -> dict[str, dict[str, Any]]:
    """What names the item, its meeting, its body and one of each that it has, made for `by` if asked."""
    body = item.meeting.body
    if by:
        add_boards(body, by, 1)
        add_agenda(item, 1)
        add_actions(item, by, 1, pdf())
        add_actions_between(item, by, 1)
        add_interests(item, by, 1)
        add_resolutions(item, 1)
    return {
        "item": {"pk": item.pk},
        "meeting": {"pk": item.meeting_id},
        "body": {"slug": body.slug},
        "link": {"pk": body.links.all()[0].pk},
        "seat": {"pk": body.seats.filter(person=None)[0].pk},
        "terms": {"pk": body.terms.all()[0].pk},
        "action between": {"pk": body.actions_between.all()[0].pk},
        "interest": {"pk": body.organisation.declared_interests.all()[0].pk},
        "conflict": {"pk": item.conflicts.all()[0].pk},
        "breach": {"pk": item.breaches.all()[0].pk},
        "paper": {"pk": item.papers.all()[0].pk},
        "resolution": {"pk": item.resolutions.filter(superseded_by=None).order_by("-pk")[0].pk},
        "action": {"pk": item.actions.all()[0].pk},
        "action file": {"pk": ActionUpdate.objects.filter(action__item=item, file__isnull=False)[0].pk},
        "standing item": {"pk": body.standing_items.all()[0].pk},
    }


def add_boards(body: Body, by: User, how_many: int) -> None:
    """So many bodies to which `body` reports and which report to it, each with all that a body has."""
    for _ in range(how_many):
        number = next(NUMBERS)
        above, below = (
            make.BodyFactory.create(name=f"{what} {number}", organisation=body.organisation, tier="place")
            for what in ("Board", "Group")
        )
        for lower, higher, kind in ((body, above, "reports_to"), (below, body, "feeds_into")):
            BodyLink.objects.create(body=lower, to=higher, kind=kind)
        Rhythm.objects.create(body=below, every=2, unit="week", stated="Fortnightly")
        partner = make.OrganisationFactory.create(name=f"Trust {number}", kind="provider")
        TurnToChair.objects.create(body=below, organisation=partner, position=1)
        person = make.PersonFactory.create(name=f"Dr Seat {number}")
        Seat.objects.create(body=body, office=f"Lay member {number}")
        Seat.objects.create(body=above, person=person, organisation=partner, chairs="chair")
        body.refresh_from_db()
        add_terms(body, by=by, seen=body.version, number=str(number), upload=ContentFile(pdf(), "terms.pdf"))


def add_agenda(item: AgendaItem, how_many: int) -> None:
    """So many papers of an item, in words, and so many standing items of its body, each on the agenda."""
    body, last = item.meeting.body, item.papers.count()
    highest = AgendaItem.objects.filter(meeting=item.meeting).order_by("-position")[0].position
    for number in range(1, how_many + 1):
        Paper.objects.create(item=item, enclosure=last + number, title=f"Paper {number}", cover="Words.")
        row = StandingItem.objects.create(
            body=body, position=body.standing_items.count() + 1, title=f"Item {number}", purpose="note"
        )
        AgendaItem.objects.create(
            meeting=item.meeting, position=highest + number, title=row.title, standing=row
        )


def add_actions_between(item: AgendaItem, by: User, how_many: int) -> None:
    """So many actions taken between the meetings of the item's body, the first to be ratified by the item."""
    for _ in range(how_many):
        number = next(NUMBERS)
        BetweenMeetings.objects.create(
            body=item.meeting.body,
            commissioner=item.meeting.commissioner,
            kind="chair",
            text=f"Signed letter {number}",
            why="The deadline came first.",
            taken_on=make.COMMITTEE_DAY,
            taken_by=make.PersonFactory.create(name=f"Dr Chair {number}"),
            recorded_by=by,
        )


def pdf() -> bytes:
    """A file of one empty page."""
    written, writer = BytesIO(), PdfWriter()
    writer.add_blank_page(595, 842)
    writer.write(written)
    return written.getvalue()
