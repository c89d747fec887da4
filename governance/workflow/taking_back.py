"""What was set from a day that was mistyped: taken back before it holds, or replaced from that very day.

A row that nothing rests on yet is deleted, and the event keeps what it said: nothing was decided by it, so it
has nothing to explain later. What it had ended goes on.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from governance.models import Body, QuorumRule, Resolution, Rhythm, TurnToChair
from governance.planning import rule_of
from governance.rhythm import in_words
from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.models import User
from pcnportal.refusals import Refused

from .bodies import enter

# By the name under which a body has its rows.
CALLED = {"rhythms": "rhythm", "turns": "order of turns", "quorum_rules": "quorum rule"}


def to_come(body: Body, kind: str) -> list[Any]:
    """The rows of a kind (`CALLED`) that may be taken back: the last ones, which begin today or later.

    All turns of an order together, by position. Empty where there are none. Two queries at most.
    """
    rows = _rows(body, kind).filter(starts_on__gte=clock.today())
    last = rows.order_by("-starts_on").values_list("starts_on", flat=True).first()
    return list(rows.filter(starts_on=last).order_by("pk")) if last else []


def said_of(rows: Iterable[Any]) -> str:
    """What rows of one kind and day say, in words, with their day and source."""
    rows = list(rows)
    first = rows[0]
    if isinstance(first, Rhythm):
        times = " to ".join(f"{at:%H:%M}" for at in (first.starts_at, first.ends_at) if at)
        stated = f"“{first.stated}”" if first.stated else ""
        said = ", ".join(filter(None, (in_words(rule_of(first)), times, first.place, stated)))
    elif isinstance(first, TurnToChair):
        said = "; ".join(str(turn.organisation) for turn in sorted(rows, key=lambda turn: turn.position))
    else:
        said = str(first)
    read_in = f" ({first.source})" if first.source else ""
    return f"{said}, from {first.starts_on:%-d %B %Y} on{read_in}"


@transaction.atomic
def take_back(body: Body, kind: str, *, by: User, seen: int, reason: str) -> None:
    """Take back the last rhythm, order of turns or quorum rule of a body, which begins today or later.

    `kind` as in `CALLED`, `seen` is the version of the body. What it had ended goes on. Raises `Refused`
    without a reason, where there is none, and where something rests on it already.
    """
    own = enter(body, by, seen)
    if not reason.strip():
        raise Refused("Say why.", "reason")
    rows = to_come(body, kind)
    if not rows:
        raise Refused(f"No {CALLED[kind]} that begins today or later is held.")
    day, said = rows[0].starts_on, said_of(rows)
    if why := rests_on(body, kind, day):
        raise Refused(why)
    _delete(rows)
    _rows(body, kind).filter(ends_on=day).update(ends_on=None)
    record(
        by,
        f"took back the {CALLED[kind]}",
        body,
        reason,
        commissioner=own,
        changed=[f"It said: {said}"],
    )


def replaced_from(body: Body, kind: str, day: date) -> str:
    """Delete the last rows of a kind where they begin on `day` too: others are about to be set from it.

    Gives what they said, empty where there were none: for the event. Raises `Refused` where something rests
    on them.
    """
    rows = list(_rows(body, kind).filter(starts_on=day, ends_on__isnull=True).order_by("pk"))
    if not rows:
        return ""
    if why := rests_on(body, kind, day):
        raise Refused(f"{why} Choose a later day.", "starts_on")
    said = said_of(rows)
    _delete(rows)
    return said


def held_already(what: str, day: date) -> str:
    """Why nothing can be set from a day before `day`, and what to do about it."""
    way_out = ", or take that one back first" if day >= clock.today() else ""
    return f"{what} from {day:%-d %B %Y} is held already: choose a later day{way_out}."


def rests_on(body: Body, kind: str, day: date) -> str:
    """What rests on the rows that hold from `day`, as a sentence; empty where nothing does.

    By a quorum rule resolutions were counted, by turns meetings were chaired; a rhythm only proposes dates.
    """
    if kind == "quorum_rules":
        counted = Resolution.objects.filter(
            Q(item__meeting__held_on__gte=day),
            item__meeting__body=body,
            quorum_basis=Resolution.QuorumBasis.COMPUTED,
        ).select_related("item__meeting")
        if first := counted.order_by("item__meeting__held_on", "pk").first():
            met_on = first.item.meeting.held_on
            return f"The quorum of {met_on:%-d %B %Y} was counted by the rule from {day:%-d %B %Y}."
    if kind == "turns":
        sat = body.meetings.filter(is_cancelled=False, held_on__gte=day, held_on__lte=clock.today())
        if meeting := sat.exclude(chaired_by=None).order_by("held_on").first():
            return (
                f"The meeting of {meeting.held_on:%-d %B %Y} was chaired in the order from {day:%-d %B %Y}."
            )
    return ""


def _rows(body: Body, kind: str) -> Any:
    rows: dict[str, Any] = {
        "rhythms": Rhythm.objects,
        "turns": TurnToChair.objects.select_related("organisation"),
        "quorum_rules": QuorumRule.objects,
    }
    return rows[kind].filter(body=body).select_related("source")


def _delete(rows: Iterable[Any]) -> None:
    for row in rows:
        row.delete()
