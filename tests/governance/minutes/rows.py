"""Minutes and resolutions for tests, in a line each."""

from typing import Any

from governance.models import AgendaItem, Attendance, Meeting, Minute, Resolution
from governance.workflow.minutes import publish_minutes, write_minute
from governance.workflow.resolutions import resolve
from pcnportal.people.models import Person, User
from tests import factories as make

TEXT = "the budget be approved"
NOTE = "The chair said so."


def seen(item: AgendaItem) -> int:
    """The version of the item's meeting, which the verbs ask for."""
    return Meeting.objects.get(pk=item.meeting_id).version


def minuted(item: AgendaItem, by: User, text: str = "The Board discussed it.", **facts: Any) -> Minute:
    return write_minute(item, by=by, text=text, **{"seen": seen(item)} | facts)


def resolved(item: AgendaItem, by: User, **facts: Any) -> Resolution:
    """What was agreed on an item; the quorum attested where it can't be reckoned."""
    given: dict[str, Any] = {
        "outcome": "agreed",
        "text": TEXT,
        "quorum_note": NOTE,
        "seen": seen(item),
    } | facts
    return resolve(item, by=by, **given)


def published(meeting: Meeting, by: User, **facts: Any) -> None:
    held = Meeting.objects.get(pk=meeting.pk)
    publish_minutes(held, by=by, **{"seen": held.version, "attendance_not_held": True} | facts)


def came(meeting: Meeting, *names: str, **facts: Any) -> list[Person]:
    """So many persons who were there with a vote."""
    people = [make.PersonFactory.create(name=name) for name in names]
    for person in people:
        Attendance.objects.create(meeting=meeting, person=person, presence="present", **facts)
    return people


def add_resolutions(item: AgendaItem, how_many: int) -> None:
    """So many resolutions of the item, each with a vote and each the replacement of another."""
    voter = make.PersonFactory.create()
    for number in range(how_many):
        facts: dict[str, Any] = {"item": item, "outcome": "agreed", "quorum_note": NOTE}
        first = Resolution.objects.create(text=f"the plan {number} be adopted", **facts)
        made = Resolution.objects.create(
            text=f"plan {number} be adopted", supersedes=first, reason="A slip.", **facts
        )
        made.votes.create(person=voter, cast="for")
    minute = Minute.objects.filter(item=item, superseded_by=None).first()
    for number in range(how_many):
        reason = f"Correction {number}." if minute else ""
        minute = Minute.objects.create(item=item, text="What was said.", supersedes=minute, reason=reason)
