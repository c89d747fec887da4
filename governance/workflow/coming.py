"""Which meeting comes next, for what goes on its agenda."""

from datetime import date, timedelta

from django.db.models import Q

from governance.models import Attendance, Body, Meeting
from pcnportal import clock
from pcnportal.people.models import Organisation


def next_meeting_of(body: Body, commissioner: Organisation, day: date) -> Meeting | None:
    """The next meeting that is planned, not before `day` or today, and has not sat yet.

    Today's has sat where somebody is recorded as present, or anything as minuted or resolved; of any day,
    where the minutes are published. One query.
    """
    sat = Q(held_on=clock.today()) & (
        Q(attendances__presence=Attendance.Presence.PRESENT)
        | Q(items__minutes__isnull=False)
        | Q(items__resolutions__isnull=False)
    )
    coming = Meeting.objects.filter(
        held_on__gte=max(day, clock.today()),
        body=body,
        commissioner=commissioner,
        is_cancelled=False,
        minutes_published_at__isnull=True,
    ).exclude(pk__in=Meeting.objects.filter(sat, body=body, commissioner=commissioner).values("pk"))
    return coming.order_by("held_on", "starts_at", "pk").first()


def meeting_after(meeting: Meeting) -> Meeting | None:
    """The next meeting of the same body and commissioner on a later day than `meeting`'s; see above."""
    day = meeting.held_on + timedelta(days=1) if meeting.held_on else clock.today()
    return next_meeting_of(meeting.body, meeting.commissioner, day)
