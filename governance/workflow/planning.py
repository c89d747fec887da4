"""Planning the next meetings of a body from its rhythm."""

from collections.abc import Mapping
from datetime import date, time

from django.db import transaction

from governance.models import Body, Meeting
from governance.planning import slots
from governance.rhythm import not_a_working_day
from pcnportal import clock
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import Refused

from .meetings import plan_meeting

PERMISSION = "governance.plan_meeting"


@transaction.atomic
def plan_from_rhythm(
    body: Body,
    *,
    by: User,
    commissioner: Organisation,
    wanted: Mapping[date, date],
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
) -> list[Meeting]:
    """Plan the meetings of several periods: `wanted` is the day by the first day of its period.

    Each day is a working day of its period that is not past, and each period has one meeting. Raises
    `Refused` with the field `day_<first day>` where one is not, and then plans none.
    """
    allow(by, PERMISSION, commissioner)
    if not wanted:
        raise Refused("Choose at least one date.")
    Body.objects.select_for_update().get(pk=body.pk)
    today = clock.today()
    offered = {slot.proposed.period.first: slot for slot in slots(body, commissioner, today)}
    planned = []
    for first, day in sorted(wanted.items()):
        field, slot = f"day_{first}", offered.get(first)
        if slot is None:
            raise Refused(f"No period of the rhythm of {body} begins on {first:%-d %B %Y} any more.", field)
        if slot.meeting:
            raise Refused(f"The period from {first:%-d %B %Y} has its meeting already.", field)
        if day not in slot.proposed.period:
            last = slot.proposed.period.last
            raise Refused(
                f"Choose a day of its period, {first:%-d %B %Y} to {last:%-d %B %Y}: {day:%-d %B %Y} is not.",
                field,
            )
        if day < today:
            raise Refused(f"{day:%-d %B %Y} is past.", field)
        if sentence := not_a_working_day(day):
            raise Refused(f"{sentence} Choose a working day.", field)
        planned.append(
            plan_meeting(
                body,
                by=by,
                commissioner=commissioner,
                held_on=day,
                starts_at=starts_at,
                ends_at=ends_at,
                place=place,
                period=first,
            )
        )
    return planned
