"""Actions as they are read: the day by which each is due, how it stands, and who may read it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncMonth

from governance.models import Action, ActionOwner, AgendaItem, Body, Meeting
from governance.withdrawn import left_for
from pcnportal import clock
from pcnportal.people.models import Organisation, User

OPEN, OVERDUE, DONE, DROPPED = "Open", "Overdue", "Done", "Dropped"
CHANGE, UPDATE = "governance.change_action", "governance.update_action"


def due_day() -> Case:
    """The day by which an action is due, for a query; None where none is held.

    Of a month its last day; of a meeting its day, wherever it is moved, and of one that was cancelled that of
    the body's next; of the meeting of a body in a month its day once it is planned (the last, where the body
    meets more often), until then the last day of the month.
    """
    standing = Meeting.objects.filter(commissioner=OuterRef("commissioner"), is_cancelled=False)
    last = ExpressionWrapper(OuterRef("due_month"), output_field=DateField())
    month = (TruncMonth(last), last)
    in_month = standing.filter(
        Q(held_on__range=month) | Q(moves__from_day__range=month), body=OuterRef("due_body")
    )
    after = standing.filter(body=OuterRef("due_meeting__body"), held_on__gte=OuterRef("due_meeting__held_on"))
    return Case(
        When(due_on__isnull=False, then=F("due_on")),
        When(due_meeting__is_cancelled=True, then=Subquery(after.order_by("held_on").values("held_on")[:1])),
        default=Coalesce(
            "due_meeting__held_on",
            Subquery(in_month.order_by("-held_on").values("held_on")[:1]),
            "due_month",
        ),
        output_field=DateField(),
    )


def with_state(rows: "QuerySet[Action]", day: date) -> "QuerySet[Any]":
    """The actions with `due_day`, their `state` in words on `day`, and `rank`: what needs attention first."""
    is_open = Q(status=Action.Status.OPEN)
    return (
        rows.annotate(due_day=due_day())
        .annotate(
            state=Case(
                When(is_open & Q(due_day__lt=day), then=Value(OVERDUE)),
                When(is_open, then=Value(OPEN)),
                When(status=Action.Status.DONE, then=Value(DONE)),
                default=Value(DROPPED),
            ),
            rank=Case(
                When(is_open & Q(due_day__lt=day), then=Value(0)), When(is_open, then=Value(1)), default=2
            ),
        )
        .order_by("rank", F("due_day").asc(nulls_last=True), "pk")
    )


def readable(user: User) -> Q:
    """Actions that `user` may read among those of their commissioners.

    What was given out in the private part is for its owners and for who reads private papers, without those
    who left for the item, or for one that stood over from or into it.
    """
    public = Q(item__isnull=True) | Q(item__is_private=False)
    private = Q(commissioner__in=user.scope("governance.read_private_paper"))
    if not user.person_id:
        return public | private
    return public | ((private | owned_by(user)) & ~Q(item__in=left_for(user)))


def owned_by(user: User) -> Q:
    """Actions of which the user's own person is an owner."""
    owners = ActionOwner.objects.filter(action=OuterRef("pk"), person=user.person_id)
    return Q(Exists(owners)) if user.person_id else Q(pk__in=[])


def may_read(user: User, action: Action) -> bool:
    """Whether `user`, who may see the commissioner's meetings, may read the action's words."""
    return not action.is_private or Action.objects.filter(readable(user), pk=action.pk).exists()


def may_update(user: User, action: Action) -> bool:
    """Whether `user` may say how it stands and that it is done: its owner, or who keeps the actions."""
    if user.can(CHANGE, action.commissioner_id):
        return True
    own = user.person_id and user.can(UPDATE, action.commissioner_id)
    return bool(own) and any(owner.person_id == user.person_id for owner in action.owners.all())


def open_actions(
    body: Body, commissioner: Organisation, day: date | None, user: User | None = None
) -> list[Action]:
    """The body's actions that were open on `day`, None is now, as far as `user` may read them if given.

    Each with its `state` today and `due_words`. Those of its meeting of that day are not yet among them.
    Three queries.
    """
    rows = Action.objects.filter(body=body, commissioner=commissioner)
    if day is None:
        rows = rows.filter(status=Action.Status.OPEN)
    else:
        held = (
            Q(item__isnull=True) | Q(item__meeting__held_on__isnull=True) | Q(item__meeting__held_on__lt=day)
        )
        known = Q(recorded_on__isnull=True) | Q(recorded_on__lte=day)
        rows = rows.filter(held, known, Q(status=Action.Status.OPEN) | Q(closed_on__gt=day))
    if user:
        rows = rows.filter(readable(user))
    return _named(with_state(rows, clock.today()))


def open_on(meeting: Meeting, items: Iterable[AgendaItem], user: User) -> list[Action]:
    """The `open_actions` that its agenda lists, where one of its items is of them."""
    if all(item.kind != AgendaItem.Kind.ACTIONS for item in items):
        return []
    return open_actions(meeting.body, meeting.commissioner, meeting.held_on, user)


def given_on(items: Iterable[AgendaItem], user: User) -> dict[int, list[Action]]:
    """What came of each item, by its id, as far as `user` may read it: how it stands now. Three queries."""
    rows = Action.objects.filter(readable(user), item__in=[item.pk for item in items])
    found: dict[int, list[Action]] = defaultdict(list)
    for action in _named(with_state(rows, clock.today()).order_by("pk")):
        found[action.item_id or 0].append(action)
    return found


def _named(rows: "QuerySet[Any]") -> list[Action]:
    """With what a line of each names."""
    related = rows.select_related("item", "due_meeting__body", "due_body")
    found: list[Any] = list(related.prefetch_related("owners__person", "owners__organisation"))
    for action in found:
        action.due_words = due_words(action)
    return found


def due_words(action: Action) -> str:
    """2 July 2019; July 2019; ICP Commissioning Board in July 2019; the meeting with its day; or nothing."""
    if action.due_on:
        return f"{action.due_on:%-d %B %Y}"
    if action.due_month:
        month = f"{action.due_month:%B %Y}"
        return f"{action.due_body}, {month}" if action.due_body else month
    if meeting := action.due_meeting:
        return f"The meeting after {meeting}, which was cancelled" if meeting.is_cancelled else str(meeting)
    return ""


def owners_in_words(action: Action) -> str:
    return ", ".join(str(owner) for owner in action.owners.all())
