"""Cases on the agendas of the bodies that decide them."""

from typing import Any

from governance.models import Body, Meeting
from governance.workflow.meetings import add_item, take_off
from pcnportal import clock
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import Case

from .conflicts import look
from .move import effect, guard
from .outcomes import COMMITTEE_VERBS, PANEL_VERBS, body_for, item_for, waiting_for


@effect("put_on_agenda")
def _put_on_agenda(case: Case, *, by: User, reason: str, meeting: Meeting) -> dict[str, Any]:
    return schedule(case, by, meeting, body_for(case, "approve"), "registration")


@effect("put_before_panel")
def _put_before_panel(case: Case, *, by: User, reason: str, meeting: Meeting) -> dict[str, Any]:
    return schedule(case, by, meeting, body_for(case, "endorse"), "endorsement of registration and directors")


@guard("put_before_panel")
def _has_a_panel(case: Case) -> str:
    body = body_for(case, "endorse")
    if body is None:
        return "This commissioner has no panel that endorses registrations."
    if item_for(case, body):
        return "It is on the panel's agenda already."
    return _stands_over(case, body)


def _stands_over(case: Case, body: Body) -> str:
    waits = waiting_for(case, body)
    return (
        f"It stands over, and comes on the agenda of the next meeting of {body} that is planned."
        if waits
        else ""
    )


def schedule(case: Case, by: User, meeting: Meeting, body: Body | None, what: str) -> dict[str, Any]:
    """Put the case on the agenda of a coming meeting of `body`; gives what the event says of it."""
    if body is None:
        raise Refused("Which body decides for this commissioner is not held.", "meeting")
    if meeting.body_id != body.pk or meeting.commissioner_id != case.commissioner_id:
        raise Refused(f"Choose a meeting of {body} of this commissioner.", "meeting")
    if meeting.day < clock.today():
        raise Refused("Choose a meeting that is today or later.", "meeting")
    if item_for(case, body):
        raise Refused(f"{case} is on an agenda of {body} already.", "meeting")
    if sentence := _stands_over(case, body):
        raise Refused(sentence, "meeting")
    item = add_item(meeting, by=by, title=f"{case}: {what}", subject=case)
    look(item, by)
    return {"item": item.pk, "meeting": meeting.pk}


@effect("take_off_agenda")
def _take_off_agenda(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    if not reason.strip():
        raise Refused("Say why it is taken off the agenda.", "reason")
    body = body_for(case, "approve")
    item = item_for(case, body) or waiting_for(case, body)
    if item:
        take_off(item, by=by, reason=reason)
    return {"item": item.pk if item else None}


@guard(*COMMITTEE_VERBS)
def _on_the_committees_agenda(case: Case) -> str:
    return _on_agenda(case, "approve")


@guard(*PANEL_VERBS)
def _on_the_panels_agenda(case: Case) -> str:
    return _on_agenda(case, "endorse")


def _on_agenda(case: Case, verb: str) -> str:
    body = body_for(case, verb)
    if body is None:
        return "Which body decides is not held for this commissioner."
    item = item_for(case, body)
    if item is None:
        return _stands_over(case, body) or f"It is on no agenda of {body}."
    if item.meeting.day > clock.today():
        return f"{body} meets on {item.meeting.day:%-d %B %Y}."
    return ""
