"""What interests give the first page: one's own conflicts before a meeting, and breaches that are open."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from governance.models import Breach, Conflict
from pcnportal.pages.jinja import plural
from pcnportal.pages.work import Link, Task, Urgency
from pcnportal.people.models import User

SHOWN = 5


def own_conflicts(user: User, day: date) -> Iterator[Task]:
    """What was proposed about the user, or confirmed, with items of meetings to come. One query."""
    if not user.person_id:
        return
    rows = (
        Conflict.objects.filter(
            person=user.person_id,
            gone_on__isnull=True,
            item__is_taken_off=False,
            item__meeting__is_cancelled=False,
            item__meeting__held_on__gte=day,
            item__meeting__commissioner__in=user.scope("governance.view_meeting"),
        )
        .exclude(judgement=Conflict.Judgement.SET_ASIDE)
        .select_related("item__meeting__body")
        .order_by("item__meeting__held_on", "item__position", "pk")
    )
    items = {row.item_id: row.item for row in rows}
    if items:
        links = [
            Link(f"{item.meeting}, item {item.reference}", reverse("governance:conflicts", args=[pk]))
            for pk, item in items.items()
        ]
        yield Task(
            f"{plural(len(items), 'agenda item')} in which you may have an interest",
            links[0].href,
            Urgency.SOON,
            tuple(links[:SHOWN]),
        )


def open_breaches(user: User) -> Iterator[Task]:
    """Breaches that are not closed, for who keeps the register. One query."""
    own = user.scope("governance.record_breach")
    count = Breach.objects.filter(commissioner__in=own, closed_on__isnull=True).count() if own else 0
    if count:
        yield Task(
            f"{plural(count, 'breach', 'breaches')} to be looked into and closed",
            f"{reverse('governance:breaches')}?status=open",
        )


def tasks_of(user: User, day: date) -> list[Task]:
    """At most two queries."""
    return [*own_conflicts(user, day), *open_breaches(user)]
