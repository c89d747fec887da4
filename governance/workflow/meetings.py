"""The verbs of meetings. Each makes its change and the event in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F

from governance.models import AgendaItem, Attendance, Body, Meeting, Withdrawal
from governance.proposing import nothing
from governance.rhythm import not_a_working_day
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Person, User
from pcnportal.refusals import Refused, Stale

from .attending import FACTS, partner_in_the_chair, rows_of, voted_without
from .filling import fill_agenda
from .placing import before_the_last, insert, renumbered

PERMISSIONS = {
    "plan_meeting": "governance.plan_meeting",
    "add_item": "governance.plan_meeting",
    "take_off": "governance.plan_meeting",
    "record_attendance": "governance.record_attendance",
    "record_withdrawal": "governance.record_attendance",
}


LATE = "It came after the agenda was published."


def advance(meeting: Meeting, seen: int) -> None:
    """Compare-and-set of the meeting's version: one winner, for the others `Stale`."""
    won = Meeting.objects.filter(pk=meeting.pk, version=seen).update(version=F("version") + 1)
    if not won:
        raise Stale(meeting, events_of(meeting).first())
    meeting.version = seen + 1


@transaction.atomic
def plan_meeting(
    body: Body,
    *,
    by: User,
    commissioner: Organisation,
    held_on: date | None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    sure: bool = True,
    **other: Any,
) -> Meeting:
    """Plan a meeting of `body` for `commissioner`, with what comes on its agenda by itself.

    `held_on` is None of a meeting that was held and whose day no document gives: its `source` is asked for
    instead. Raises `Refused` where the body does not serve the commissioner, or meets then already; and at
    the field `sure` on a bank holiday or in a weekend, unless `sure`.
    """
    allow(by, PERMISSIONS["plan_meeting"], commissioner)
    if body.organisation_id != commissioner.pk and not body.serves.filter(pk=commissioner.pk).exists():
        raise Refused(f"{body} does not serve {commissioner}.", "body")
    # One at a time: the second of two who plan the same meeting at once finds the first.
    Body.objects.select_for_update().get(pk=body.pk)
    when = {"held_on": held_on, "starts_at": starts_at}
    if held_on is None:
        if not other.get("source"):
            raise Refused("Give the date, or where it is read that the meeting was held.", "held_on")
    elif Meeting.objects.filter(body=body, commissioner=commissioner, is_cancelled=False, **when).exists():
        raise Refused(f"{body} already has a meeting on {held_on:%-d %B %Y} at that time.", "held_on")
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refused("The meeting has to end after it starts.", "ends_at")
    if held_on and not sure and (sentence := not_a_working_day(held_on)):
        raise Refused(f"{sentence} Tick the box to plan it all the same.", "sure")
    meeting = Meeting.objects.create(
        body=body, commissioner=commissioner, ends_at=ends_at, place=place, **when, **other
    )
    record(by, "planned the meeting", meeting)
    fill_agenda(meeting, by=by)
    return meeting


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    by: User,
    title: str,
    subject: models.Model | None = None,
    reason: str = "",
    **other: Any,
) -> AgendaItem:
    """Put an item on the agenda, last but for the standing items that are always last.

    After publishing `reason` says why it comes late, or that it does. Raises `Refused` where the meeting
    is cancelled.
    """
    allow(by, PERMISSIONS["add_item"], meeting.commissioner)
    held = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.is_cancelled:
        raise Refused(f"{meeting} is cancelled.", "meeting")
    item = AgendaItem(meeting=meeting, title=title, **other)
    if subject is not None:
        item.subject_type = ContentType.objects.get_for_model(subject)
        item.subject_id = subject.pk
    standing = list(held.items.filter(is_taken_off=False).select_related("standing").order_by("position"))
    insert(held, item, before_the_last(standing))
    renumbered(held)
    item.meeting = meeting
    if held.agenda_published_at:
        reason = reason or LATE
    record(by, "added the agenda item", item, reason, whole=meeting)
    return item


@transaction.atomic
def take_off(item: AgendaItem, *, by: User, reason: str) -> None:
    """Take an item off the agenda; it stays readable, with its reason."""
    allow(by, PERMISSIONS["take_off"], item.meeting.commissioner)
    if not reason.strip():
        raise Refused("Say why it is taken off the agenda.", "reason")
    remove(item, by=by, reason=reason)


@transaction.atomic
def remove(item: AgendaItem, *, by: User, reason: str) -> None:
    """Take an item off because its subject is no longer to be decided; the subject's own verb allowed it."""
    taken = AgendaItem.objects.filter(pk=item.pk, is_taken_off=False).update(
        is_taken_off=True, taken_off_because=reason
    )
    if not taken:
        raise Refused(f"“{item.title}” is off the agenda already.")
    record(by, "took the item off the agenda", item, reason, whole=item.meeting)


@transaction.atomic
def record_attendance(
    meeting: Meeting,
    *,
    by: User,
    seen: int,
    present: Iterable[Mapping[str, Any]],
    stated_attendance: int | None = None,
    reason: str = "",
    then: Callable[[Body, User], None] = nothing,
) -> None:
    """Record who was there, in place of earlier rows: person (or a name), office, is_voting, presence.

    A row may also give organisation, in_place_of (or in_place_of_name) and took_the_chair. A name is that of
    a member of the body, or of somebody who came to an earlier meeting; else it is new. The partner whose
    turn it was to chair is the one for which somebody took the chair. `stated_attendance` is how many a
    document says were there. Once the minutes are published `reason` says why it is corrected. Raises
    `Refused` as `rows_of` does, where the meeting is cancelled, and where somebody who withdrew from an item
    is no longer listed.
    """
    allow(by, PERMISSIONS["record_attendance"], meeting.commissioner)
    advance(meeting, seen)
    if meeting.is_cancelled:
        raise Refused(f"{meeting} is cancelled: nobody was there.")
    if meeting.minutes_published_at and not reason.strip():
        raise Refused("The minutes are published: say why the attendance is corrected.", "reason")
    rows = rows_of(meeting, present)
    people = [row["person"].pk for row in rows]
    lost = Person.objects.filter(withdrawals__item__meeting=meeting).exclude(pk__in=people).first()
    if lost:
        raise Refused(f"{lost} withdrew from an item of this meeting, so was there.")
    if voted := voted_without(meeting, rows):
        raise Refused(f"{voted} voted on a resolution of this meeting, so was there with a vote.")
    meeting.attendances.exclude(person__in=people).delete()
    for row in rows:
        Attendance.objects.update_or_create(
            meeting=meeting, person=row["person"], defaults={key: row[key] for key in FACTS}
        )
    meeting.stated_attendance = stated_attendance
    meeting.chaired_by = partner_in_the_chair(meeting, rows) or meeting.chaired_by
    meeting.save(update_fields=["stated_attendance", "chaired_by"])
    record(by, "recorded the attendance", meeting, reason, people=people)
    then(meeting.body, by)


@transaction.atomic
def record_withdrawal(item: AgendaItem, *, by: User, seen: int, person: Person, reason: str) -> Withdrawal:
    """Record that somebody who was present left for the item.

    Raises `Refused` where the person was not present or withdrew already.
    """
    allow(by, PERMISSIONS["record_withdrawal"], item.meeting.commissioner)
    advance(item.meeting, seen)
    if not item.meeting.attendances.filter(person=person, presence=Attendance.Presence.PRESENT).exists():
        raise Refused(f"{person} is not recorded as present at this meeting.", "person")
    if item.withdrawals.filter(person=person).exists():
        raise Refused(f"{person} already withdrew from this item.", "person")
    if item.resolutions.filter(votes__person=person, superseded_by__isnull=True).exists():
        raise Refused(f"{person} voted on this item: replace the resolution first.", "person")
    withdrawal = Withdrawal.objects.create(item=item, person=person, reason=reason)
    record(by, "recorded a withdrawal from the item", item, whole=item.meeting, person=person.pk)
    return withdrawal
