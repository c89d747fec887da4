"""Conflicts of interest are looked for: when a case comes on an agenda, and again before the meeting."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Q, QuerySet

from governance.models import AgendaItem, Body, Meeting, Seat
from governance.proposing import Proposing
from governance.workflow.conflicts import propose
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Person, User
from pcnportal.refusals import Refused, Stale
from registry.concerned import case_of
from registry.conflicts import RULES, proposals_for
from registry.models import Case, Condition

LOOK = "governance.judge_conflict"


def look(item: AgendaItem, by: User) -> None:
    """Propose what the rules name on the item now; part of the verb that changed something."""
    propose(item, proposals_for(item), by=by, is_asked=False)


@transaction.atomic
def look_again(item: AgendaItem, *, by: User, seen: int) -> None:
    """Look at an item again, before its meeting or on the day. `seen` is the version of the meeting.

    Raises `Refused` for an item about no case, and once the meeting is over.
    """
    meeting = item.meeting
    allow(by, LOOK, meeting.commissioner)
    if not Meeting.objects.filter(pk=meeting.pk, version=seen).update(version=F("version") + 1):
        raise Stale(meeting, events_of(meeting).first())
    if case_of(item) is None:
        raise Refused("No rule speaks of this item: it is about no registration.")
    if item.is_taken_off or meeting.is_cancelled:
        raise Refused("The item is off the agenda.")
    if meeting.day < clock.today():
        raise Refused("The meeting is over: what was known by then stays.")
    propose(item, proposals_for(item), by=by)


def look_for(person: Person, commissioner: Organisation, by: User) -> None:
    """Look again at each coming item about a case that a body decides on which the person sits."""
    seats = Seat.objects.filter(person=person).values("body")
    theirs = Q(meeting__body__in=seats) | Q(meeting__attendances__person=person)
    for item in _coming().filter(theirs, meeting__commissioner=commissioner).distinct():
        look(item, by)


def look_at(body: Body, by: User) -> None:
    """Look again at each coming item of the body about a case: others sit on it now, or came."""
    for item in _coming().filter(meeting__body=body):
        look(item, by)


def _coming() -> "QuerySet[AgendaItem]":
    """Items about a case that are on the agenda of a meeting of today or later."""
    return AgendaItem.objects.filter(
        subject_type__in=ContentType.objects.get_for_models(Case, Condition).values(),
        is_taken_off=False,
        meeting__held_on__gte=clock.today(),
        meeting__is_cancelled=False,
    ).select_related("meeting__body", "meeting__commissioner")


PROPOSING = Proposing(
    rules=RULES,
    knows=lambda item: case_of(item) is not None,
    look=look_again,
    look_for=look_for,
    look_at=look_at,
)
