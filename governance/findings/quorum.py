"""Resolutions that what is recorded now of the attendance does not carry."""

from collections.abc import Iterator
from datetime import date

from governance.models import Meeting, Resolution
from governance.unquorate import COMPUTED, without_quorum
from pcnportal.findings.rules import Doubt, Rule

from .about import SEE


def resolved_without(day: date) -> Iterator[Doubt]:
    """Resolutions that stand, counted as quorate then and not quorate now. Nine queries for each meeting."""
    counted = Resolution.objects.filter(
        quorum_basis=COMPUTED,
        superseded_by__isnull=True,
        item__meeting__held_on__lte=day,
        item__meeting__is_cancelled=False,
    )
    rows = list(counted.select_related("item__meeting__body").order_by("pk"))
    meetings: dict[int, Meeting] = {row.item.meeting_id: row.item.meeting for row in rows}
    why = {pk: without_quorum(meeting) for pk, meeting in meetings.items()}
    for row in rows:
        item, meeting = row.item, row.item.meeting
        if said := why[meeting.pk].get(item.pk):
            yield Doubt(
                subject=meeting,
                commissioner=meeting.commissioner_id,
                key=str(row.pk),
                stated=f"Item {item.reference}, when it was resolved: {row.quorum_note}",
                stated_by="The quorum as counted then",
                found=said,
                found_by="The attendance and the withdrawals as they are recorded now",
                meaning="The body may not have been able to decide: the resolution may not stand.",
                since=meeting.day,
            )


RULES = (
    Rule(
        slug="resolved-without-a-quorum",
        group="boards",
        see=SEE,
        title="Resolved without a quorum",
        question="By the attendance as it is recorded now, was something resolved without a quorum?",
        source="The quorum rule of the body, the attendance and the withdrawals",
        to_do="Check the attendance; if it is right, put the item to the body again.",
        find=resolved_without,
        after=("agendaitem", "body", "meeting", "resolution"),
    ),
)
