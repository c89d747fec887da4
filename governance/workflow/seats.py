"""Who sits on a body: seats are added, named and ended."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from governance.models import Attendance, Body, Seat
from governance.proposing import nothing
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.models import Organisation, Person, User
from pcnportal.people.naming import person_called
from pcnportal.refusals import Refused

from .bodies import enter

CHAIR = Seat.Chairs.CHAIR
# What the floor above does in the same transaction, once others sit on the body.
Then = Callable[[Body, User], None]


def _overlapping(seat: Seat) -> "QuerySet[Seat]":
    """The other seats of its body that hold at some time when it does."""
    others = (
        Seat.objects.filter(body=seat.body_id).exclude(pk=seat.pk).select_related("person", "organisation")
    )
    if seat.starts_on:
        others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=seat.starts_on))
    else:
        others = others.filter(ends_on__isnull=True)
    if seat.ends_on:
        others = others.filter(Q(starts_on__isnull=True) | Q(starts_on__lt=seat.ends_on))
    return others


def _check(seat: Seat) -> None:
    """Raises `Refused` for a seat that can't be, or not beside those that are held."""
    others = _overlapping(seat)
    if not (seat.person_id or seat.organisation_id or seat.office):
        raise Refused("Name the organisation, the person or the office.", "organisation")
    if seat.part == Seat.Part.IN_ATTENDANCE and seat.is_voting:
        raise Refused("Who is in attendance has no vote.", "is_voting")
    if seat.deputises_id and seat.part != Seat.Part.DEPUTY:
        raise Refused("Only a deputy stands in for somebody.", "deputises")
    if seat.person_id and (same := others.filter(person=seat.person_id, part=seat.part).first()):
        raise Refused(f"{same.person} has a seat as {same.get_part_display().lower()} already.", "person")
    if seat.chairs == CHAIR:
        if seat.body.chair_rule == Body.ChairRule.ROTATING:
            raise Refused(
                f"The chair of {seat.body} rotates by partner: change the order of turns.", "chairs"
            )
        if same := others.filter(chairs=CHAIR).first():
            raise Refused(f"{same} is in the chair: end that seat first.", "chairs")
    if seat.is_guardian and (same := others.filter(is_guardian=True).first()):
        raise Refused(f"{same} is the Conflicts of Interest Guardian: end that seat first.", "is_guardian")


def _person(person: Person | None, name: str, organisation: Organisation | None) -> Person | None:
    if person and name.strip():
        raise Refused("Choose somebody whom the portal knows or enter a new name, not both.", "name")
    return person or (person_called(name, organisation) if name.strip() else None)


@transaction.atomic
def add_seat(
    body: Body,
    *,
    by: User,
    seen: int,
    organisation: Organisation | None = None,
    person: Person | None = None,
    name: str = "",
    then: Then = nothing,
    **facts: Any,
) -> Seat:
    """Add a seat; without `person` and `name` it is to be named.

    `facts` are office, part, chairs, is_guardian, is_voting (None: not held), deputises, starts_on, ends_on
    and source. Raises `Refused` where the seat can't be beside those that are held.
    """
    own = enter(body, by, seen)
    deputises = facts.get("deputises")
    if deputises and deputises.body_id != body.pk:
        raise Refused("That is a seat of another body.", "deputises")
    seat = Seat(body=body, organisation=organisation, person=_person(person, name, organisation), **facts)
    _check(seat)
    if seat.starts_on and seat.ends_on and seat.ends_on <= seat.starts_on:
        raise Refused(f"Choose a day after {seat.starts_on:%-d %B %Y}.", "ends_on")
    seat.save()
    record(by, "added a seat", body, commissioner=own, seat=seat.pk)
    then(body, by)
    return seat


@transaction.atomic
def name_seat(
    seat: Seat,
    *,
    by: User,
    seen: int,
    starts_on: date,
    person: Person | None = None,
    name: str = "",
    source: Source | None = None,
    then: Then = nothing,
) -> Seat:
    """Say who takes a seat that is to be named, from a day on. Gives the seat that is named.

    What it was until then stays: the seat without a name ends on the day on which the named one begins.
    """
    own = enter(seat.body, by, seen)
    held = Seat.objects.select_related("body", "organisation").get(pk=seat.pk)
    if held.person_id:
        raise Refused(f"{held} is named already: end the seat and add one.")
    if held.ends_on and held.ends_on <= starts_on:
        raise Refused(f"The seat ended on {held.ends_on:%-d %B %Y}.", "starts_on")
    if held.starts_on and starts_on < held.starts_on:
        raise Refused(f"The seat begins on {held.starts_on:%-d %B %Y}.", "starts_on")
    chosen = _person(person, name, held.organisation)
    if chosen is None:
        raise Refused("Say who it is.", "name")
    if held.starts_on == starts_on:
        held.person, held.source = chosen, source or held.source
        _check(held)
        held.save(update_fields=["person", "source"])
        record(by, "named a seat", seat.body, commissioner=own, seat=held.pk)
        then(seat.body, by)
        return held
    named = Seat.objects.get(pk=held.pk)
    named.pk, named._state.adding = None, True
    named.person, named.starts_on, named.source = chosen, starts_on, source
    held.ends_on = starts_on
    held.save(update_fields=["ends_on"])
    _check(named)
    named.save()
    held.deputies.filter(ends_on__isnull=True).update(deputises=named)
    record(by, "named a seat", seat.body, commissioner=own, seat=named.pk)
    then(seat.body, by)
    return named


@transaction.atomic
def end_seat(seat: Seat, *, by: User, seen: int, ends_on: date, reason: str, then: Then = nothing) -> None:
    """End a seat from a day on, saying why. `seen` is the version of its body.

    Raises `Refused` for a day that is not after its start; where that is not held, for one before the seat's
    source, or on which the person had not come to the body yet.
    """
    own = enter(seat.body, by, seen)
    if not reason.strip():
        raise Refused("Say why.", "reason")
    held = Seat.objects.select_related("source").get(pk=seat.pk)
    if held.ends_on:
        raise Refused(f"The seat has ended already, on {held.ends_on:%-d %B %Y}.")
    if held.starts_on and ends_on <= held.starts_on:
        raise Refused(f"Choose a day after {held.starts_on:%-d %B %Y}.", "ends_on")
    if held.starts_on is None:
        _check_end(held, ends_on)
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    record(by, "ended a seat", seat.body, reason, commissioner=own, seat=held.pk, ends_on=ends_on)
    then(seat.body, by)


def _check_end(seat: Seat, ends_on: date) -> None:
    """Raises `Refused` where a seat whose start is not held would end before anything is known of it."""
    attested = seat.source.published_on if seat.source else None
    if attested and ends_on < attested:
        raise Refused(
            f"The seat is held by {seat.source}: choose {attested:%-d %B %Y} or a later day.", "ends_on"
        )
    came = Attendance.objects.filter(
        person=seat.person_id,
        presence=Attendance.Presence.PRESENT,
        meeting__body=seat.body_id,
        meeting__is_cancelled=False,
        meeting__held_on__isnull=False,
    )
    first = came.order_by("meeting__held_on").values_list("meeting__held_on", flat=True).first()
    if first and ends_on <= first:
        raise Refused(f"{seat.who} first came on {first:%-d %B %Y}: choose a day after it.", "ends_on")
