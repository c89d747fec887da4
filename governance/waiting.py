"""What of governance waits for a user: actions, agendas, minutes, conflicts, what is to be ratified."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse

from governance import interests_work
from governance.actions import owned_by, readable, with_state
from governance.between import WAITS
from governance.between import with_state as between_with_state
from governance.models import Action, AgendaItem, BetweenMeetings, Conflict, Meeting
from pcnportal.pages.jinja import plural
from pcnportal.pages.work import SOON, Link, Task, Urgency, urgency_on
from pcnportal.people.models import User

PREPARE = "governance.plan_meeting"
# How long before a meeting its agenda is missed.
AHEAD = timedelta(days=28)
SHOWN = 5


def tasks_of(user: User, day: date) -> list[Task]:
    """At most nine queries, for any number of records."""
    if not user.can("governance.view_meeting"):
        return []
    return [
        *_actions(user, day),
        *_meetings(user, day),
        *_conflicts(user),
        *interests_work.tasks_of(user, day),
        *_to_ratify(user),
    ]


def _actions(user: User, day: date) -> Iterator[Task]:
    """For their owner, and for who prepares the meetings of the body that gave them."""
    kept = user.scope(PREPARE)
    if not (kept or user.person_id):
        return
    mine, ours = owned_by(user), Q(commissioner__in=kept)
    rows = with_state(
        Action.objects.filter(
            readable(user),
            mine | ours,
            commissioner__in=user.scope("governance.view_meeting"),
            status=Action.Status.OPEN,
        ),
        day,
    ).filter(due_day__lte=day + SOON)
    late = Q(due_day__lt=day)
    counts = rows.order_by().aggregate(
        mine_late=Count("pk", filter=mine & late),
        mine_soon=Count("pk", filter=mine & ~late),
        ours_late=Count("pk", filter=ours & ~mine & late),
        ours_soon=Count("pk", filter=ours & ~mine & ~late),
    )
    if not any(counts.values()):
        return
    found: list[Any] = list(rows.annotate(is_mine=mine).select_related("item")[: SHOWN * 4])
    for which, whose, asked in (("mine", " of yours", "&whose=mine"), ("ours", "", "")):
        for when, status in (("late", "overdue"), ("soon", "due_soon")):
            if count := counts[f"{which}_{when}"]:
                said = f"{plural(count, 'action')}{whose} {'is' if count == 1 else 'are'}"
                of_kind = [
                    action
                    for action in found
                    if action.is_mine == (which == "mine") and (action.due_day < day) == (when == "late")
                ]
                yield Task(
                    f"{said} overdue" if when == "late" else f"{said} due in {SOON.days} days",
                    f"{reverse('governance:actions')}?status={status}{asked}",
                    Urgency.OVERDUE if when == "late" else Urgency.SOON,
                    tuple(
                        Link(str(action), action.get_absolute_url(), f"due {action.due_day:%-d %B %Y}")
                        for action in of_kind[:SHOWN]
                    ),
                )


def _meetings(user: User, day: date) -> Iterator[Task]:
    """Those that come and have no agenda, and those that were held and whose minutes are not published."""
    if not (kept := user.scope(PREPARE)):
        return
    items = Exists(AgendaItem.objects.filter(meeting=OuterRef("pk"), is_taken_off=False))
    bare = Q(held_on__gte=day, held_on__lte=day + AHEAD) & ~items
    silent = Q(held_on__lt=day, minutes_published_at__isnull=True) & items
    rows = Meeting.objects.filter(bare | silent, commissioner__in=kept, is_cancelled=False)
    found = list(rows.select_related("body").order_by("held_on", "starts_at", "pk"))
    coming = [meeting for meeting in found if meeting.day >= day]
    past = [meeting for meeting in found if meeting.day < day]
    if coming:
        first = coming[0]
        yield Task(
            f"{plural(len(coming), 'meeting')} without an agenda",
            reverse("governance:agenda", args=[first.pk])
            if len(coming) == 1
            else f"{reverse('governance:meetings')}?when=coming",
            urgency_on(day, first.held_on),
            tuple(
                Link(str(meeting), reverse("governance:agenda", args=[meeting.pk]))
                for meeting in coming[:SHOWN]
            ),
            due_on=first.held_on,
        )
    if past:
        yield Task(
            f"Minutes of {plural(len(past), 'meeting')} not published",
            reverse("governance:minutes", args=[past[0].pk])
            if len(past) == 1
            else f"{reverse('governance:meetings')}?status=held",
            links=tuple(
                Link(str(meeting), reverse("governance:minutes", args=[meeting.pk]))
                for meeting in past[::-1][:SHOWN]
            ),
        )


def _conflicts(user: User) -> Iterator[Task]:
    """To be confirmed or set aside by the secretary; what was done, to be recorded by the chair."""
    judging, handling = user.scope("governance.judge_conflict"), user.scope("governance.handle_conflict")
    if not (judging or handling):
        return
    to_judge = Q(judgement="", gone_on__isnull=True, item__meeting__commissioner__in=judging)
    to_handle = Q(judgement="confirmed", handling="", item__meeting__commissioner__in=handling)
    rows = Conflict.objects.filter(
        to_judge | to_handle,
        item__is_taken_off=False,
        item__meeting__is_cancelled=False,
        item__meeting__minutes_published_at__isnull=True,
    ).select_related("item__meeting__body")
    found = list(rows.order_by("item__meeting__held_on", "item__position", "pk"))
    for said, waits in (
        ("to confirm or set aside", [row for row in found if not row.judgement]),
        ("to be handled", [row for row in found if row.judgement]),
    ):
        if waits:
            items = {row.item_id: row.item for row in waits}
            links = [
                Link(f"{item.meeting}, item {item.reference}", reverse("governance:conflicts", args=[pk]))
                for pk, item in items.items()
            ]
            yield Task(
                f"{plural(len(waits), 'conflict')} of interest {said}",
                links[0].href,
                Urgency.NOW,
                tuple(links[:SHOWN]),
                due_on=waits[0].item.meeting.held_on,
            )


def _to_ratify(user: User) -> Iterator[Task]:
    if not (kept := user.scope(PREPARE)):
        return
    rows: Any = between_with_state(BetweenMeetings.objects.filter(commissioner__in=kept))
    rows = rows.filter(state=WAITS)
    found = list(rows.select_related("body").order_by("taken_on", "pk"))
    if found:
        yield Task(
            f"{plural(len(found), 'action')} between meetings to be ratified",
            f"{reverse('governance:actions_between')}?status=waits",
            links=tuple(
                Link(f"{between}: {between.body}", reverse("governance:between", args=[between.pk]))
                for between in found[:SHOWN]
            ),
        )
