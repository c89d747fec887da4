"""Open conditions on the agendas of the bodies that may judge or waive them."""

from django.db import transaction

from governance.models import AgendaItem, Body, Meeting
from governance.workflow.meetings import add_item
from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import Condition

from .condition_items import set_too_late_for, standing_over, waiting_items
from .conditions import open_condition
from .conflicts import look


def bodies_for(condition: Condition) -> list[Body]:
    """The body that discharges it, where one does, and the body that set it, which may waive it."""
    found = [condition.discharge_body, condition.decision.body]
    return list({body.pk: body for body in found if body}.values())


@transaction.atomic
def put_on_agenda(condition: Condition, *, by: User, seen: int, meeting: Meeting) -> AgendaItem:
    """Put an open condition on the agenda of a coming meeting of a body that may judge or waive it.

    Raises `Refused` for another body's meeting, for one that is past, and where it waits on that body's
    agenda already.
    """
    held = open_condition(condition, "put_on_agenda", by, seen)
    bodies = bodies_for(held)
    if (
        meeting.body_id not in {body.pk for body in bodies}
        or meeting.commissioner_id != held.case.commissioner_id
    ):
        names = " or ".join(str(body) for body in bodies)
        raise Refused(f"Choose a meeting of {names} of this commissioner.", "meeting")
    if meeting.day < clock.today():
        raise Refused("Choose a meeting that is today or later.", "meeting")
    if sentence := set_too_late_for(held, meeting.body_id, meeting.day):
        raise Refused(sentence, "meeting")
    waiting = waiting_items(held).filter(meeting__body=meeting.body_id).first()
    if waiting:
        raise Refused(f"It is on the agenda of {waiting.meeting} already.", "meeting")
    if standing_over(held).filter(meeting__body=meeting.body_id).exists():
        raise Refused(
            f"It stands over, and comes on the agenda of the next meeting of {meeting.body} that is planned.",
            "meeting",
        )
    item = add_item(meeting, by=by, title=f"{held.case}: condition {held.number}", subject=held)
    look(item, by)
    record(by, "put on agenda", held, whole=held.case, item=item.pk, meeting=meeting.pk)
    return item
