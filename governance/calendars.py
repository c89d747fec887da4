"""Meetings as an iCalendar file (RFC 5545), for a calendar client.

A meeting's title is its body's name, and of an action it is said only which body's it is: no agenda item, no
reason and no person is in it, so that nothing of a private part leaves the portal this way. A move keeps the
UID and raises SEQUENCE.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from icalendar import Calendar, Event

from governance.actions import owned_by
from governance.known import held
from governance.models import Action, Attendance, Meeting, Seat
from pcnportal import clock
from pcnportal.people.models import User

VIEW, PLAN = "governance.view_meeting", "governance.plan_meeting"
YEAR, AGAIN = timedelta(days=365), timedelta(hours=6)
LONDON = ZoneInfo(settings.TIME_ZONE)


def meetings_of(user: User) -> "QuerySet[Meeting]":
    """The meetings that are the user's: of bodies on which they sit today, or to which they came.

    Who prepares meetings has all of those commissioners.
    """
    own = Q(commissioner__in=user.scope(PLAN))
    if user.person_id:
        seats = Seat.objects.filter(held(clock.today()), person=user.person_id)
        came = Attendance.objects.filter(person=user.person_id)
        own |= Q(body__in=seats.values("body")) | Q(pk__in=came.values("meeting"))
    return Meeting.objects.filter(own, commissioner__in=user.scope(VIEW))


def dated(meetings: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """Those of the past year and to come that have a day, with what a calendar says of them. Two queries."""
    recent = meetings.filter(held_on__gte=clock.today() - YEAR)
    named = recent.select_related("body", "commissioner").prefetch_related("moves")
    return named.order_by("held_on", "starts_at", "pk")


def actions_of(user: User) -> "QuerySet[Action]":
    """The user's own open actions that are due on a day, or at a meeting that has one, as `calendar_day`."""
    own = Action.objects.filter(owned_by(user), commissioner__in=user.scope(VIEW), status="open")
    still = own.exclude(due_meeting__is_cancelled=True).select_related("body")
    on = still.annotate(calendar_day=Coalesce("due_on", "due_meeting__held_on"))
    return on.filter(calendar_day__gte=clock.today() - YEAR).order_by("calendar_day", "pk")


def calendar_of(
    name: str,
    meetings: Iterable[Meeting],
    actions: Iterable[Action] = (),
    *,
    host: str,
    address: Callable[[str], str],
) -> bytes:
    """The file; `address` makes a path one that a calendar client can open."""
    made = Calendar()
    made.add("prodid", f"-//{host}//PCN portal//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", name)
    made.add("refresh-interval", AGAIN, parameters={"value": "DURATION"})
    days = []
    for meeting in meetings:
        made.add_component(_event(meeting, host, address))
        days.append(meeting.day)
    for action in actions:
        made.add_component(_due(action, host, address))
    if days:
        made.add_missing_timezones(
            first_date=date(min(days).year, 1, 1), last_date=date(max(days).year + 1, 12, 31)
        )
    return made.to_ical()


def _begun(record: Meeting | Action, title: str, host: str, address: Callable[[str], str]) -> Event:
    made = Event()
    made.add("uid", f"{record._meta.model_name}-{record.pk}@{host}")
    made.add("dtstamp", clock.now().astimezone(UTC))
    made.add("sequence", record.version - 1)
    made.add("summary", title)
    made.add("url", address(record.get_absolute_url()))
    return made


def _due(action: Any, host: str, address: Callable[[str], str]) -> Event:
    made = _begun(action, f"Action due: {action.body}", host, address)
    _when(made, action.calendar_day, None, None)
    made.add("transp", "TRANSPARENT")
    return made


def _event(meeting: Meeting, host: str, address: Callable[[str], str]) -> Event:
    made = _begun(meeting, meeting.body.name, host, address)
    _when(made, meeting.day, meeting.starts_at, meeting.ends_at)
    if meeting.place:
        made.add("location", meeting.place)
    made.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    if meeting.is_cancelled:
        made.add("transp", "TRANSPARENT")
    made.add("description", "\n".join(_said(meeting)))
    return made


def _when(event: Any, day: date, starts_at: time | None, ends_at: time | None) -> None:
    if starts_at is None:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        return
    event.add("dtstart", datetime.combine(day, starts_at, LONDON))
    if ends_at:
        event.add("dtend", datetime.combine(day, ends_at, LONDON))


def _said(meeting: Meeting) -> list[str]:
    said = [f"Recorded for {meeting.commissioner}."]
    if meeting.is_cancelled:
        said.append("Cancelled.")
    moves = list(meeting.moves.all())
    if moves and moves[0].from_day != meeting.day:
        said.append(f"Was on {moves[0].from_day:%-d %B %Y}.")
    if meeting.starts_at is None:
        said.append("The time is not held.")
    return said
