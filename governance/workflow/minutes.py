"""The verbs of minutes: write them item by item, publish them; afterwards a change is a correction."""

from django.db import transaction

from governance.models import AgendaItem, Meeting, Minute
from governance.undecided import undecided
from governance.workflow.coming import meeting_after
from governance.workflow.filling import carry_on_actions
from governance.workflow.meetings import advance
from governance.workflow.resolutions import not_before_its_day
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused

PERMISSIONS = {"write_minute": "governance.write_minutes", "publish_minutes": "governance.publish_meeting"}


@transaction.atomic
def write_minute(
    item: AgendaItem, *, by: User, seen: int, text: str, reason: str = "", source: Source | None = None
) -> Minute:
    """Write the minutes of an item; `seen` is the version of the meeting.

    Until the minutes are published the text is edited; afterwards a correction follows it, with its reason,
    and both stay readable. Raises `Refused` before the meeting's day.
    """
    allow(by, PERMISSIONS["write_minute"], item.meeting.commissioner)
    advance(item.meeting, seen)
    item.meeting.refresh_from_db()
    held = item.minutes.filter(superseded_by__isnull=True).select_related("source").first()
    source = source or (held.source if held else None)
    not_before_its_day(item, source)
    # Browsers send line ends as CR LF.
    text, reason = "\n".join(text.split("\r\n")).strip(), reason.strip()
    if not text:
        raise Refused("Enter the minutes of the item.", "text")
    if held and held.text == text and held.source == source:
        raise Refused("Nothing was changed.", "text")
    if item.meeting.minutes_published_at:
        if not reason:
            raise Refused("The minutes are published: say why they are corrected.", "reason")
        made = Minute.objects.create(item=item, text=text, source=source, supersedes=held, reason=reason)
        record(by, "corrected the minutes of the item", item, whole=item.meeting, minute=made.pk)
        return made
    if held:
        held.text, held.source = text, source
        held.save(update_fields=["text", "source"])
    else:
        held = Minute.objects.create(item=item, text=text, source=source)
    record(by, "wrote the minutes of the item", item, whole=item.meeting, minute=held.pk)
    return held


@transaction.atomic
def publish_minutes(meeting: Meeting, *, by: User, seen: int, attendance_not_held: bool = False) -> None:
    """Publish the minutes: their public part is everybody's, and they change by corrections only.

    Raises `Refused` where an item was to be decided and nothing says what became of it, and where nobody is
    recorded as present unless it is said that the attendance is not held. Open actions come on the next
    agenda.
    """
    allow(by, PERMISSIONS["publish_minutes"], meeting.commissioner)
    advance(meeting, seen)
    meeting.refresh_from_db()
    if sentence := why_not_published(meeting):
        raise Refused(sentence)
    if not (attendance_not_held or meeting.attendances.exists()):
        raise Refused(
            "Nobody is recorded as present: record who was there, or say that it is not held.",
            "attendance_not_held",
        )
    Meeting.objects.filter(pk=meeting.pk).update(
        minutes_published_at=clock.now(), is_publication_dated=clock.is_dated()
    )
    meeting.refresh_from_db()
    record(by, "published the minutes", meeting)
    carry_on_actions(meeting_after(meeting), by=by)


def why_not_published(meeting: Meeting) -> str:
    """The sentence that says why the minutes can't be published yet, or nothing."""
    if meeting.is_cancelled:
        return f"{meeting} is cancelled."
    if meeting.minutes_published_at:
        return "The minutes are published already."
    if meeting.held_on and meeting.held_on > clock.today():
        return (
            f"The meeting is on {meeting.held_on:%-d %B %Y}: its minutes are published on that day or later."
        )
    if not meeting.items.filter(is_taken_off=False).exists():
        return "There is no item on the agenda."
    waiting = [item.reference for item in undecided(meeting)]
    if not waiting:
        return ""
    if len(waiting) == 1:
        return f"Item {waiting[0]} was to be decided: record what was resolved, or that it stands over."
    named = f"{', '.join(waiting[:-1])} and {waiting[-1]}"
    return f"Items {named} were to be decided: record what was resolved, or that they stand over."
