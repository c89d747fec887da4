"""How often a body meets, and in which order its partners chair, from a day on."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from django.db import transaction
from django.db.models import Q

from governance.models import Body, Rhythm, TurnToChair
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import Refused

from .bodies import enter
from .taking_back import held_already, replaced_from


@transaction.atomic
def set_rhythm(
    body: Body,
    *,
    by: User,
    seen: int,
    starts_on: date,
    every: int,
    unit: str,
    weekday: int | None = None,
    week: int | None = None,
    first_on: date | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    **other: Any,
) -> Rhythm:
    """The body meets by this rhythm from `starts_on` on; the one before ends on that day and stays readable.

    One that was set from that very day is replaced. Meetings that are planned stay planned. Raises `Refused`
    where a rhythm from a later day is held, or no date could follow from a day of the week.
    """
    own = enter(body, by, seen)
    if week is not None and unit != Rhythm.Unit.MONTH:
        raise Refused("A week of the month goes with a rhythm of months.", "week")
    if week is not None and weekday is None:
        raise Refused("Say on which day of that week.", "weekday")
    if every > 1 and weekday is not None and first_on is None:
        raise Refused(
            f"Every {every} {unit}s: say from which day it is counted, or no date can follow.", "first_on"
        )
    if starts_at and ends_at and ends_at <= starts_at:
        raise Refused("The meeting has to end after it starts.", "ends_at")
    said = replaced_from(body, "rhythms", starts_on)
    before = _ended(body.rhythms.all(), starts_on)
    made = Rhythm.objects.create(
        body=body,
        starts_on=starts_on,
        every=every,
        unit=unit,
        weekday=weekday,
        week=week,
        first_on=first_on,
        starts_at=starts_at,
        ends_at=ends_at,
        **other,
    )
    rhythms = [str(before[0]) if before else None, str(made)]
    replaced: dict[str, Any] = {"changed": [f"It replaces: {said}"]} if said else {}
    record(by, "set the rhythm", body, commissioner=own, rhythm=rhythms, starts_on=starts_on, **replaced)
    return made


def does_not_rotate(body: Body) -> str:
    return f"The chair of {body} does not rotate by partner: change how it is chaired first."


@transaction.atomic
def set_turns(
    body: Body,
    *,
    by: User,
    seen: int,
    starts_on: date,
    partners: Sequence[Organisation],
    reason: str,
    source: Source | None = None,
) -> None:
    """The partners chair in this order from `starts_on` on; the order before ends on that day.

    One that was set from that very day is replaced, as long as nobody chaired by it. Raises `Refused`
    where the chair of the body does not rotate, or a partner is named twice.
    """
    own = enter(body, by, seen)
    if body.chair_rule != Body.ChairRule.ROTATING:
        raise Refused(does_not_rotate(body))
    if not reason.strip():
        raise Refused("Say why it is this order.", "reason")
    if len(partners) < 2:
        raise Refused("Name at least two partners.")
    for partner in partners:
        if list(partners).count(partner) > 1:
            raise Refused(f"{partner} is named twice.")
    said = replaced_from(body, "turns", starts_on)
    _ended(body.turns.all(), starts_on)
    TurnToChair.objects.bulk_create(
        TurnToChair(body=body, organisation=partner, position=position, starts_on=starts_on, source=source)
        for position, partner in enumerate(partners, start=1)
    )
    order = "; ".join(str(partner) for partner in partners)
    record(
        by,
        "set the turns to chair",
        body,
        reason,
        commissioner=own,
        starts_on=starts_on,
        changed=[f"In this order: {order}", *([f"It replaces: {said}"] if said else [])],
    )


def _ended(rows: Any, day: date) -> list[Any]:
    """End on `day` the rows that are open. Raises `Refused` where one begins on that day or later."""
    if later := rows.filter(starts_on__gte=day).order_by("starts_on").first():
        raise Refused(held_already("One", later.starts_on), "starts_on")
    ending = list(rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)))
    for row in ending:
        row.ends_on = day
        row.save(update_fields=["ends_on"])
    return ending
