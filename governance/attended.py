"""Who was at a meeting, in words."""

from dataclasses import dataclass

from governance.models import Attendance, Meeting
from pcnportal.pages.jinja import words

PRESENT = Attendance.Presence.PRESENT


@dataclass(frozen=True)
class Attended:
    """The rows as recorded; `chairs` who took the chair, in words; `named` how many of who was there."""

    rows: list[Attendance]
    chairs: str
    named: int
    has_organisations: bool


def attended(meeting: Meeting) -> Attended:
    """One query."""
    rows = list(meeting.attendances.select_related("person", "organisation", "in_place_of"))
    return Attended(
        rows,
        words([row.person for row in rows if row.took_the_chair]),
        sum(row.presence == PRESENT for row in rows),
        any(row.organisation_id for row in rows),
    )
