"""An item that is not decided at its meeting stands over to the next one."""

from django.db import transaction

from governance.models import AgendaItem, Meeting, Resolution
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused

from .agenda import renumbered
from .filling import fill_agenda
from .meetings import advance
from .timing import next_meeting

PERMISSION = "governance.record_attendance"


def is_decided(item: AgendaItem) -> bool:
    """Whether a resolution of the item stands that is more than putting it off."""
    standing = item.resolutions.filter(superseded_by__isnull=True)
    return standing.exclude(outcome=Resolution.Outcome.DEFERRED).exists()


def why_not(item: AgendaItem) -> str:
    """The sentence that says why an item can't stand over, or nothing."""
    if item.meeting.is_cancelled:
        return "The meeting was cancelled: its items stand over already."
    if item.is_taken_off:
        return "The item is off the agenda."
    if item.stood_over_because:
        return "The item stands over already."
    if item.kind == AgendaItem.Kind.ACTIONS:
        return "Open actions are on every agenda."
    if is_decided(item):
        return "The item is decided."
    return ""


def later_meetings(meeting: Meeting) -> list[Meeting]:
    """The meetings of the same body and commissioner that come after `meeting`, the next one first."""
    first = next_meeting(meeting)
    if first is None:
        return []
    later = first.body.meetings.filter(
        commissioner=meeting.commissioner_id, is_cancelled=False, held_on__gte=first.day
    )
    return list(later.exclude(pk=meeting.pk).select_related("body").order_by("held_on", "starts_at", "pk"))


@transaction.atomic
def stand_over(
    item: AgendaItem, *, by: User, seen: int, because: str, to: Meeting | None = None
) -> AgendaItem | None:
    """Let an item stand over to the meeting `to`, else to the next one that is planned.

    Gives the item on that agenda; None where no meeting is planned: then it comes on the next agenda by
    itself. `seen` is the version of the meeting. Raises `Refused` where it is decided or off the agenda.
    """
    meeting = item.meeting
    allow(by, PERMISSION, meeting.commissioner)
    advance(meeting, seen)
    held = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if sentence := why_not(held):
        raise Refused(sentence)
    if not because.strip():
        raise Refused("Say why the item stands over.", "because")
    later = later_meetings(meeting)
    if to and to not in later:
        raise Refused(f"Choose a later meeting of {meeting.body}.", "to")
    item.stood_over_because = held.stood_over_because = because
    held.save(update_fields=["stood_over_because"])
    # History is read by more people than a private item.
    record(by, "let the item stand over", held, "" if held.is_private else because, whole=meeting)
    if not later:
        return None
    chosen = to or later[0]
    fill_agenda(chosen, by=by, reason=f"An item of {meeting} stands over.")
    renumbered(chosen)
    return AgendaItem.objects.get(stands_over=held)
