"""The verbs of an agenda: change an item, order the items, publish. Each is one transaction with its event.

Once the agenda is published every change is a correction, with its reason.
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model

from governance.models import AgendaItem, Meeting
from governance.pack import frozen
from governance.workflow.meetings import add_item, advance
from governance.workflow.meetings import take_off as take_item_off
from pcnportal import clock
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused, Stale

from .filling import carry_on_actions, fill_agenda
from .placing import place, renumbered

PERMISSIONS = {
    "set_up_agenda": "governance.plan_meeting",
    "add_agenda_item": "governance.plan_meeting",
    "change_item": "governance.plan_meeting",
    "take_off": "governance.plan_meeting",
    "order_agenda": "governance.plan_meeting",
    "move_item": "governance.plan_meeting",
    "publish_agenda": "governance.publish_meeting",
}
UP, DOWN = "up", "down"


def begin(meeting: Meeting, permission: str, by: User, seen: int, reason: str) -> None:
    """What every change of an agenda asks: who, of which version, and why where it is published."""
    allow(by, permission, meeting.commissioner)
    advance(meeting, seen)
    if meeting.is_cancelled:
        raise Refused(f"{meeting} is cancelled.")
    if meeting.minutes_published_at:
        raise Refused("The minutes are published: the agenda stays as it was.")
    if meeting.agenda_published_at and not reason.strip():
        raise Refused("The agenda is published: say why it is changed.", "reason")


@transaction.atomic
def set_up_agenda(meeting: Meeting, *, by: User, seen: int, reason: str = "") -> int:
    """Put on the agenda what belongs there by itself, as `fill_agenda` says. Gives how many items came."""
    begin(meeting, PERMISSIONS["set_up_agenda"], by, seen, reason)
    made = fill_agenda(meeting, by=by, reason=reason)
    if not made:
        raise Refused("Nothing is missing: all that belongs on the agenda by itself is there.")
    return made


@transaction.atomic
def add_agenda_item(
    meeting: Meeting,
    *,
    by: User,
    seen: int,
    title: str,
    subject: Model | None = None,
    reason: str = "",
    **facts: Any,
) -> AgendaItem:
    """Put an item on the agenda with what is known of it; see `add_item`."""
    begin(meeting, PERMISSIONS["add_agenda_item"], by, seen, reason)
    checked(title, facts)
    return add_item(meeting, by=by, title=title.strip(), subject=subject, reason=reason, **facts)


def checked(title: str, facts: dict[str, Any]) -> None:
    """Raises `Refused` where an item says nothing, or ends before it starts."""
    if not title.strip():
        raise Refused("Say what the item is.", "title")
    starts, ends = facts.get("starts_at"), facts.get("ends_at")
    if ends and not starts:
        raise Refused("An item that ends at a time starts at one too.", "starts_at")
    if starts and ends and ends <= starts:
        raise Refused("It ends after it starts.", "ends_at")


@transaction.atomic
def change_item(item: AgendaItem, *, by: User, seen: int, reason: str = "", **facts: Any) -> None:
    """Change what an agenda says of an item. The event names the fields alone: an item may be private."""
    meeting = item.meeting
    begin(meeting, PERMISSIONS["change_item"], by, seen, reason)
    held = AgendaItem.objects.get(pk=item.pk)
    if held.is_taken_off:
        raise Refused("The item is off the agenda.")
    checked(facts.get("title", held.title), facts)
    changed = sorted(name for name, value in facts.items() if getattr(held, name) != value)
    if not changed:
        raise Refused("Nothing was changed.")
    if meeting.agenda_published_at and not facts.get("number", held.number):
        raise Refused("The agenda is published: an item keeps a number.", "number")
    for name in changed:
        setattr(held, name, facts[name])
    held.save(update_fields=changed)
    renumbered(meeting)
    record(by, "changed the agenda item", held, reason, whole=meeting, fields=changed)


@transaction.atomic
def take_off(item: AgendaItem, *, by: User, seen: int, reason: str) -> None:
    """Take an item off the agenda from its page."""
    begin(item.meeting, PERMISSIONS["take_off"], by, seen, reason)
    take_item_off(item, by=by, reason=reason)


@transaction.atomic
def order_agenda(meeting: Meeting, *, by: User, seen: int, order: Sequence[int], reason: str = "") -> None:
    """Take the items in this order, given by their ids. Once published each keeps its number.

    Raises `Stale` where `order` isn't of the items that stand.
    """
    begin(meeting, PERMISSIONS["order_agenda"], by, seen, reason)
    standing = _standing(meeting)
    if sorted(order) != sorted(standing):
        raise Stale(meeting, events_of(meeting).first())
    if list(order) == standing:
        raise Refused("The items are in this order already.")
    place(meeting, order)
    record(by, "ordered the agenda", meeting, reason, items=list(order))


@transaction.atomic
def move_item(item: AgendaItem, *, by: User, seen: int, how: str, reason: str = "") -> None:
    """Move an item one place `up` or `down`. Raises `Refused` at either end."""
    order = _standing(item.meeting)
    if item.pk not in order:
        raise Refused("The item is off the agenda.")
    index = order.index(item.pk)
    other = index + {UP: -1, DOWN: 1}.get(how, 0)
    if other == index:
        raise Refused("Choose whether it moves up or down.", "how")
    if not 0 <= other < len(order):
        raise Refused(f"It is the {'first' if how == UP else 'last'} item already.")
    order[index], order[other] = order[other], order[index]
    order_agenda(item.meeting, by=by, seen=seen, order=order, reason=reason)


def _standing(meeting: Meeting) -> list[int]:
    return list(meeting.items.filter(is_taken_off=False).order_by("position").values_list("pk", flat=True))


@transaction.atomic
def publish_agenda(meeting: Meeting, *, by: User, seen: int) -> None:
    """Publish the agenda: its items and the pages of its pack keep their numbers from now on.

    Open actions that have no item on it yet get one.
    """
    allow(by, PERMISSIONS["publish_agenda"], meeting.commissioner)
    advance(meeting, seen)
    if meeting.is_cancelled:
        raise Refused(f"{meeting} is cancelled.")
    if meeting.agenda_published_at:
        raise Refused("The agenda is published already.")
    if meeting.held_on is None:
        raise Refused("The date of the meeting is not held.")
    if not _standing(meeting):
        raise Refused("There is no item on the agenda.")
    carry_on_actions(meeting, by=by)
    place(meeting, _standing(meeting))
    for item in meeting.items.filter(is_taken_off=False, number=""):
        item.number = str(item.position)
        item.save(update_fields=["number"])
    meeting.agenda_published_at = clock.now()
    meeting.numbering = frozen(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(
        agenda_published_at=meeting.agenda_published_at, numbering=meeting.numbering
    )
    record(by, "published the agenda", meeting)
