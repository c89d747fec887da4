"""Actions taken between meetings, by the chair or urgently: recorded, and put first on the next agenda."""

from datetime import date

from django.db import transaction

from governance.models import BetweenMeetings, Body
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Person, User
from pcnportal.refusals import Refused

from .agenda import renumbered
from .attending import person_of
from .coming import next_meeting_of
from .filling import fill_agenda

PERMISSION = "governance.record_action_between"


@transaction.atomic
def record_between(
    body: Body,
    *,
    by: User,
    commissioner: Organisation,
    kind: str,
    text: str,
    why: str,
    taken_on: date,
    consulted: str = "",
    taken_by: Person | None = None,
    name: str = "",
    source: Source | None = None,
) -> BetweenMeetings:
    """Record what was done in the body's name between its meetings, by `taken_by` or somebody of that name.

    It heads the agenda of the next meeting that is planned and has not sat, at once or when one is. Raises
    `Refused` where the body doesn't serve the commissioner, and where it says not what was done, why it
    could not wait, by whom, or a day that is still to come.
    """
    allow(by, PERMISSION, commissioner)
    if body.organisation_id != commissioner.pk and not body.serves.filter(pk=commissioner.pk).exists():
        raise Refused(f"{body} does not serve {commissioner}.", "commissioner")
    if kind not in BetweenMeetings.Kind.values:
        raise Refused("Choose whose action it was.", "kind")
    if not text.strip():
        raise Refused("Say what was done.", "text")
    if not why.strip():
        raise Refused("Say why it could not wait for a meeting.", "why")
    if taken_on > clock.today():
        raise Refused("It was taken today or earlier.", "taken_on")
    person = taken_by or (person_of(body, name) if name.strip() else None)
    if person is None:
        raise Refused("Say who took it.", "name")
    made = BetweenMeetings.objects.create(
        body=body,
        commissioner=commissioner,
        kind=kind,
        text=text.strip(),
        why=why.strip(),
        consulted=consulted.strip(),
        taken_on=taken_on,
        taken_by=person,
        recorded_by=by,
        source=source,
    )
    record(by, "recorded an action between meetings", made, commissioner=commissioner)
    if coming := next_meeting_of(body, commissioner, taken_on):
        fill_agenda(coming, by=by, reason=f"{made} is to be ratified.")
        renumbered(coming)
        made.refresh_from_db(fields=["item"])
    return made
