"""The verbs of actions. Each makes its change and the event in one transaction.

What was given out in private stays so: events carry no words of an action, its timeline does.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import F

from governance.actions import CHANGE, UPDATE, due_words, may_update, owners_in_words
from governance.models import Action, ActionOwner, ActionUpdate, AgendaItem, Body
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Person, User
from pcnportal.refusals import Refused, Stale

from .coming import meeting_after, next_meeting_of
from .files import keep_file
from .filling import carry_on_actions

PERMISSIONS = {
    "record_action": CHANGE,
    "change_action": CHANGE,
    "change_due": CHANGE,
    "drop_action": CHANGE,
    "reopen_action": CHANGE,
    "update_action": UPDATE,
    "finish_action": UPDATE,
}
Kind, Status = ActionUpdate.Kind, Action.Status
NOT_THE_OWNER = "Only its owner, or who keeps the actions, says how it stands."
Owner = Person | Organisation | str
DUE = ("due_on", "due_month", "due_body", "due_meeting")


@transaction.atomic
def record_action(
    *,
    by: User,
    body: Body,
    commissioner: Organisation,
    text: str,
    owners: Iterable[Owner],
    item: AgendaItem | None = None,
    kind: str = Action.Kind.ACTION,
    source: Source | None = None,
    **due: Any,
) -> Action:
    """Record what a body gave somebody to do.

    `owners` are persons, organisations, or several that go by one name. It is due on a day (`due_on`), in the
    month of a day (`due_month`, at the meeting of `due_body` if given), or at a meeting (`due_meeting`).
    Raises `Refused` where it says nothing, where it is due in two ways, and where it has no owner but for one
    of a `source`, which may name none.
    """
    allow(by, PERMISSIONS["record_action"], commissioner)
    if item and (item.meeting.body_id != body.pk or item.meeting.commissioner_id != commissioner.pk):
        raise Refused("The item is of a meeting of another body.")
    if body.organisation_id != commissioner.pk and not body.serves.filter(pk=commissioner.pk).exists():
        raise Refused(f"{body} does not serve {commissioner}.", "body")
    action = Action.objects.create(
        body=body,
        commissioner=commissioner,
        item=item,
        text=_said(text, "Say what is to be done.", "text"),
        kind=kind,
        source=source,
        recorded_on=clock.today_if_held(),
        **_checked(due, commissioner),
    )
    _own(action, owners, may_be_nobody=source is not None)
    record(by, "recorded the action", action, whole=item.meeting if item else action)
    _carry_on(action, by)
    return action


def _carry_on(action: Action, by: User) -> None:
    """It comes back at the next meeting after the one that gave it out."""
    given = action.item.meeting if action.item else None
    today = clock.today()
    coming = meeting_after(given) if given else next_meeting_of(action.body, action.commissioner, today)
    carry_on_actions(coming, by=by)


def _said(words: str, sentence: str, field: str) -> str:
    words = words.strip()
    if not words:
        raise Refused(sentence, field)
    return words


def _checked(due: dict[str, Any], commissioner: Organisation) -> dict[str, Any]:
    """The four columns of when it is due, at most one way of them filled."""
    if unknown := set(due) - set(DUE):
        raise TypeError(f"No way to be due: {', '.join(sorted(unknown))}.")
    on, month, body, meeting = (due.get(name) for name in DUE)
    ways = [name for name in ("due_on", "due_month", "due_meeting") if due.get(name)]
    if len(ways) > 1:
        raise Refused("An action is due on a day, in a month or at a meeting: give one.", ways[1])
    if body and not month:
        raise Refused("Give the month in which the body meets.", "due_month")
    if meeting and meeting.commissioner_id != commissioner.pk:
        raise Refused("The meeting is another commissioner’s.", "due_meeting")
    if meeting and meeting.is_cancelled:
        raise Refused(f"{meeting} is cancelled.", "due_meeting")
    if month:
        month = date(month.year, month.month, monthrange(month.year, month.month)[1])
    return {"due_on": on, "due_month": month, "due_body": body, "due_meeting": meeting}


def _own(action: Action, owners: Iterable[Owner], *, may_be_nobody: bool = False) -> None:
    rows: dict[tuple[str, Any], ActionOwner] = {}
    for owner in owners:
        if isinstance(owner, str):
            if name := " ".join(owner.split()):
                rows.setdefault(("name", name.casefold()), ActionOwner(action=action, name=name))
        elif isinstance(owner, Person):
            rows["person", owner.pk] = ActionOwner(action=action, person=owner)
        else:
            rows["organisation", owner.pk] = ActionOwner(action=action, organisation=owner)
    if not (rows or may_be_nobody):
        raise Refused("Say who does it: a person, an organisation, or several under one name.", "owners")
    ActionOwner.objects.bulk_create(rows.values())


def _enter(action: Action, verb: str, by: User, seen: int, *, is_open: bool = True) -> Action:
    """The action as held, for a verb that needs it open, or closed. One winner; for the others `Stale`."""
    if PERMISSIONS[verb] != UPDATE:
        allow(by, PERMISSIONS[verb], action.commissioner)
    elif not may_update(by, action):
        allow(by, UPDATE, action.commissioner)
        raise Refused(NOT_THE_OWNER)
    won = Action.objects.filter(pk=action.pk, version=seen).update(version=F("version") + 1)
    if not won:
        raise Stale(action, events_of(action).first())
    action.version = seen + 1
    held = Action.objects.select_related("commissioner", "item", "due_body", "due_meeting__body").get(
        pk=action.pk
    )
    if is_open and held.status != Status.OPEN:
        raise Refused(f"The action is closed already: {held.get_status_display().lower()}.")
    if not is_open and held.status == Status.OPEN:
        raise Refused("The action is open.")
    return held


def _say(action: Action, kind: ActionUpdate.Kind, by: User, text: str, **other: Any) -> ActionUpdate:
    return ActionUpdate.objects.create(
        action=action, kind=kind, by=by, text=text, on=clock.today_if_held(), **other
    )


@transaction.atomic
def update_action(
    action: Action, *, by: User, seen: int, text: str, source: Source | None = None
) -> ActionUpdate:
    """Say how an open action stands. For its owner, and for who keeps the actions."""
    held = _enter(action, "update_action", by, seen)
    said = _say(held, Kind.UPDATE, by, _said(text, "Say how it stands.", "text"), source=source)
    record(by, "updated the action", held)
    return said


@transaction.atomic
def finish_action(
    action: Action,
    *,
    by: User,
    seen: int,
    text: str = "",
    upload: File | None = None,
    source: Source | None = None,
) -> ActionUpdate:
    """Close an action as done, with its evidence in words or as a file."""
    held = _enter(action, "finish_action", by, seen)
    if not text.strip() and upload is None:
        raise Refused("Say what shows that it is done, or choose a file that does.", "text")
    file = keep_file(upload, by=by, commissioner=held.commissioner) if upload else None
    said = _say(held, Kind.DONE, by, text.strip(), file=file, source=source)
    _close(held, Status.DONE)
    record(by, "recorded the action as done", held)
    return said


@transaction.atomic
def drop_action(action: Action, *, by: User, seen: int, reason: str) -> None:
    """Close an action that is not going to be done, with the reason."""
    held = _enter(action, "drop_action", by, seen)
    _say(held, Kind.DROPPED, by, _said(reason, "Say why it is dropped.", "reason"))
    _close(held, Status.DROPPED)
    record(by, "dropped the action", held)


def _close(action: Action, status: str) -> None:
    action.status, action.closed_on = status, clock.today_if_held()
    action.save(update_fields=["status", "closed_on"])


@transaction.atomic
def reopen_action(action: Action, *, by: User, seen: int, reason: str) -> None:
    """Open an action again that was closed by mistake. What was said when it was closed stays readable."""
    held = _enter(action, "reopen_action", by, seen, is_open=False)
    _say(held, Kind.REOPENED, by, _said(reason, "Say why it is opened again.", "reason"))
    held.status, held.closed_on = Status.OPEN, None
    held.save(update_fields=["status", "closed_on"])
    record(by, "reopened the action", held)
    _carry_on(held, by)


@transaction.atomic
def change_due(action: Action, *, by: User, seen: int, reason: str, **due: Any) -> None:
    """Give an open action another date, keeping the old one and the reason."""
    held = _enter(action, "change_due", by, seen)
    why = _said(reason, "Say why the date changes.", "reason")
    wanted = _checked(due, held.commissioner)
    if all(getattr(held, name) == value for name, value in wanted.items()):
        raise Refused("It is due then already.", "due_on")
    before = due_words(held)
    for name, value in wanted.items():
        setattr(held, name, value)
    held.save(update_fields=list(wanted))
    _say(held, Kind.DUE, by, why, before=before or "no date")
    record(by, "changed when the action is due", held, due=[before or None, due_words(held) or None])


@transaction.atomic
def change_action(
    action: Action, *, by: User, seen: int, reason: str, text: str, owners: Iterable[Owner], kind: str
) -> None:
    """Correct the words of an open action, or give it to others, with the reason; what was stays readable."""
    held = _enter(action, "change_action", by, seen)
    why = _said(reason, "Say why.", "reason")
    text = _said(text, "Say what is to be done.", "text")
    before = (held.text, held.kind, owners_in_words(held))
    held.text, held.kind = text, kind
    held.save(update_fields=["text", "kind"])
    held.owners.all().delete()
    _own(held, owners)
    after = (text, kind, owners_in_words(held))
    if before == after:
        raise Refused("Nothing is changed.")
    _say(held, Kind.CHANGED, by, why, before=f"{before[0]} ({before[2]})")
    record(by, "changed the action", held)
