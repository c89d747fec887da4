"""What governance gives the first page: what waits, what comes, the rules an administrator keeps."""

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from governance.models import Meeting
from governance.waiting import tasks_of
from pcnportal.pages.jinja import plural
from pcnportal.pages.work import Coming, Link, Task, Work
from pcnportal.people.models import User

SHOWN = 10
# Told by another event of the same moment.
QUIET = ("added the agenda item", "took the item off the agenda")


def work_of(user: User, day: date) -> Work:
    """What waits for the user, and the next meetings of their commissioners. A constant number of queries."""
    reading = []
    if user.can("governance.change_quorumrule"):
        reading.append(Task("Quorum rules of the bodies", reverse("admin:governance_quorumrule_changelist")))
    own = user.scope("governance.view_meeting")
    meetings = (
        Meeting.objects.filter(commissioner__in=own, held_on__gte=day, is_cancelled=False)
        .select_related("body")
        .annotate(count=Count("items", filter=Q(items__is_taken_off=False)))
        .order_by("held_on", "starts_at", "pk")[:SHOWN]
    )
    rows = list(meetings) if own else []
    # To be read before it: what is today, and the next of each body.
    firsts = {(row.body_id, row.commissioner_id): row.held_on for row in reversed(rows)}
    coming = [
        Coming(
            day=meeting.day,
            text=meeting.body.name,
            href=meeting.get_absolute_url(),
            note=plural(meeting.count, "agenda item") if meeting.count else "nothing on the agenda yet",
            also=Link("Read in ten minutes", reverse("governance:brief", args=[meeting.pk]))
            if meeting.count and meeting.held_on == firsts[meeting.body_id, meeting.commissioner_id]
            else None,
        )
        for meeting in rows
    ]
    return Work(waiting=tasks_of(user, day), reading=reading, coming=coming)
