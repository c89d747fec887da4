"""A meeting that is still to come: moved with a reason, cancelled, its time, place and chair."""

from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from governance.models import AgendaItem, Body, Meeting, Minute, Move, Resolution
from governance.planning import belongs, rhythms_from, rule_of, turns_of
from governance.rhythm import Proposed, has_periods, not_a_working_day, period_of
from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User, in_force
from pcnportal.refusals import Refused

from .filling import fill_agenda
from .meetings import advance
from .planning import PERMISSION


def still_to_come(meeting: Meeting) -> None:
    """Raises `Refused` where a meeting was cancelled or has been held: then its time stays as it is."""
    if meeting.is_cancelled:
        raise Refused(f"This meeting was cancelled: {meeting.cancelled_because}")
    held = (
        meeting.minutes_published_at
        or meeting.attendances.filter(presence="present").exists()
        or Minute.objects.filter(item__meeting=meeting).exists()
        or Resolution.objects.filter(item__meeting=meeting).exists()
    )
    if held:
        raise Refused("This meeting has been held: who was there, its minutes or a resolution are recorded.")


def doubts_about(meeting: Meeting, day: date) -> list[str]:
    """Why a meeting would rather not be on `day`, in sentences."""
    found = [sentence] if (sentence := not_a_working_day(day)) else []
    for rhythm in rhythms_from(meeting.body, day)[:1]:
        rule = rule_of(rhythm)
        if not has_periods(rule) or (rhythm.starts_on and day < rhythm.starts_on):
            continue
        there = Proposed(period_of(rule, day), day, day)
        if meeting.period and meeting.period in there.period:
            continue
        others = meeting.body.meetings.filter(commissioner=meeting.commissioner_id, is_cancelled=False)
        for other in others.exclude(pk=meeting.pk).exclude(held_on=None):
            if belongs(other, there):
                found.append(
                    f"{meeting.body} has a meeting in that period already, on {other.day:%-d %B %Y}."
                )
                break
    return found


@transaction.atomic
def move_meeting(
    meeting: Meeting,
    *,
    by: User,
    seen: int,
    to_day: date,
    to_time: time | None = None,
    ends_at: time | None = None,
    reason: str,
    sure: bool = False,
) -> Move:
    """Move a meeting that is still to come to another day or time. It stays the meeting of its period.

    Raises `Refused` at the field `sure` where the day is a bank holiday or a weekend, or its period has a
    meeting already, unless `sure`.
    """
    allow(by, PERMISSION, meeting.commissioner)
    still_to_come(meeting)
    from_day, from_time = meeting.day, meeting.starts_at
    advance(meeting, seen)
    if not reason.strip():
        raise Refused("Say why the meeting is moved.", "reason")
    if (to_day, to_time) == (from_day, from_time):
        raise Refused("This is the day and the time that it is on already.", "to_day")
    if to_day < clock.today():
        raise Refused("Choose today or a later day.", "to_day")
    doubts = [] if to_day == from_day else doubts_about(meeting, to_day)
    if doubts and not sure:
        raise Refused(f"{' '.join(doubts)} Tick the box to move it all the same.", "sure")
    _free(meeting, to_day, to_time, "to_day")
    _set(meeting, held_on=to_day, starts_at=to_time, ends_at=ends_at)
    made = Move.objects.create(
        meeting=meeting,
        from_day=from_day,
        from_time=from_time,
        to_day=to_day,
        to_time=to_time,
        reason=reason,
        by=by,
    )
    changes: dict[str, Any] = _changed(made)
    record(by, "moved the meeting", meeting, reason, **changes)
    return made


def in_words(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""


def _changed(move: Move) -> dict[str, list[Any]]:
    days = [move.from_day, move.to_day]
    times = [in_words(move.from_time), in_words(move.to_time)]
    return ({"held_on": days} if days[0] != days[1] else {}) | (
        {"starts_at": times} if times[0] != times[1] else {}
    )


def _said(value: time | str | None) -> str:
    return value if isinstance(value, str) else in_words(value)


def _free(meeting: Meeting, day: date, starts_at: time | None, field: str) -> None:
    Body.objects.select_for_update().get(pk=meeting.body_id)
    same = Meeting.objects.filter(
        body=meeting.body_id,
        commissioner=meeting.commissioner_id,
        held_on=day,
        starts_at=starts_at,
        is_cancelled=False,
    )
    if same.exclude(pk=meeting.pk).exists():
        raise Refused(f"{meeting.body} already has a meeting on {day:%-d %B %Y} at that time.", field)


def _set(meeting: Meeting, **facts: Any) -> None:
    starts, ends = facts.get("starts_at"), facts.get("ends_at")
    if starts and ends and ends <= starts:
        raise Refused("The meeting has to end after it starts.", "ends_at")
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.save(update_fields=list(facts))


@transaction.atomic
def arrange_meeting(
    meeting: Meeting, *, by: User, seen: int, starts_at: time | None, ends_at: time | None, place: str
) -> None:
    """Say where a meeting is, and when it starts and ends. A start that is held moves with a reason."""
    allow(by, PERMISSION, meeting.commissioner)
    if meeting.is_cancelled:
        raise Refused(f"This meeting was cancelled: {meeting.cancelled_because}")
    advance(meeting, seen)
    if meeting.starts_at and starts_at != meeting.starts_at:
        raise Refused("To start at another time, move the meeting with a reason.", "starts_at")
    facts = {"starts_at": starts_at, "ends_at": ends_at, "place": place}
    changed: dict[str, Any] = {
        name: [_said(getattr(meeting, name)), _said(new)]
        for name, new in facts.items()
        if getattr(meeting, name) != new
    }
    if meeting.held_on and "starts_at" in changed:
        _free(meeting, meeting.held_on, starts_at, "starts_at")
    _set(meeting, **facts)
    if changed:
        record(by, "changed time and place", meeting, **changed)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User, seen: int, reason: str) -> Meeting | None:
    """Cancel a meeting that has not been held. It stays readable with its reason, and its period is free.

    Its items stand over: they come on the agenda of the body's next meeting, at once where one is planned
    (which is given back), else when it is planned. Standing items and open actions are on every agenda.
    """
    allow(by, PERMISSION, meeting.commissioner)
    still_to_come(meeting)
    advance(meeting, seen)
    if not reason.strip():
        raise Refused("Say why the meeting is cancelled.", "reason")
    _set(meeting, is_cancelled=True, cancelled_because=reason)
    record(by, "cancelled the meeting", meeting, reason)
    waiting = items_that_stand_over(meeting)
    if not waiting.update(stood_over_because=f"{meeting} was cancelled: {reason}"):
        return None
    later = next_meeting(meeting)
    if later:
        fill_agenda(later, by=by, reason=f"{meeting} was cancelled.")
    return later


def items_that_stand_over(meeting: Meeting) -> "QuerySet[AgendaItem]":
    """What a meeting leaves behind when it is cancelled."""
    own = meeting.items.filter(is_taken_off=False, standing__isnull=True, stood_over__isnull=True)
    return own.exclude(kind=AgendaItem.Kind.ACTIONS)


def next_meeting(meeting: Meeting) -> Meeting | None:
    """The next meeting of the same body and commissioner that is planned, not before `meeting`."""
    start = max(clock.today(), meeting.held_on or clock.today())
    coming = meeting.body.meetings.filter(commissioner=meeting.commissioner_id, is_cancelled=False)
    return (
        coming.filter(held_on__gte=start)
        .exclude(pk=meeting.pk)
        .order_by("held_on", "starts_at", "pk")
        .first()
    )


@transaction.atomic
def change_turn(meeting: Meeting, *, by: User, seen: int, partner: Organisation, reason: str) -> None:
    """Let another partner than the one in turn chair one meeting; the turns after it go on from there."""
    allow(by, PERMISSION, meeting.commissioner)
    if meeting.is_cancelled:
        raise Refused(f"This meeting was cancelled: {meeting.cancelled_because}")
    advance(meeting, seen)
    if not reason.strip():
        raise Refused("Say why another partner takes the chair.", "reason")
    if not meeting.body.turns.filter(in_force(meeting.day), organisation=partner).exists():
        raise Refused(f"{partner} has no place in the order of {meeting.body}.", "partner")
    before = turns_of(meeting.body, meeting.commissioner).get(meeting.pk)
    if partner == before:
        raise Refused(f"It is the turn of {partner} already.", "partner")
    _set(meeting, chaired_by=partner)
    record(
        by, "changed whose turn it is to chair", meeting, reason, partner=[str(before or ""), str(partner)]
    )
