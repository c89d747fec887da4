"""What comes on an agenda by itself."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, Q

from governance.models import Action, AgendaItem, BetweenMeetings, Meeting, StandingItem
from pcnportal.history.record import record
from pcnportal.people.models import User, in_force

from .conflicts import carry_over
from .placing import insert, renumbered

Kind, Purpose = AgendaItem.Kind, AgendaItem.Purpose
OPEN_ACTIONS = "Open actions"
# What stands over is put again as it was put; printed times and numbers were the other meeting's.
KEPT = (
    "title",
    "purpose",
    "is_private",
    "duration",
    "presenter",
    "asked",
    "if_not",
    "subject_type",
    "subject_id",
    "standing",
)


@transaction.atomic
def fill_agenda(meeting: Meeting, *, by: User, reason: str = "") -> int:
    """Put on the agenda what belongs there by itself and is not there yet; gives how many items came.

    Actions taken between meetings come first, to be ratified; then the standing items of the body; then what
    stood over from an earlier meeting and the open actions; last what is always last. Items that are there
    stay, in their order. The caller asks whether `by` may.
    """
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    came = 0
    for item, between in [*_to_ratify(meeting), *_from_before(meeting)]:
        standing = list(meeting.items.filter(is_taken_off=False).select_related("standing"))
        insert(meeting, item, _index(standing, item))
        if item.stands_over:
            carry_over(item.stands_over, to=item)
        if between:
            BetweenMeetings.objects.filter(pk=between.pk).update(item=item)
        came += 1
    if came:
        renumbered(meeting)
        record(by, "set up the agenda", meeting, reason, items=came)
    return came


def _rank(item: AgendaItem) -> int:
    if item.kind == Kind.RATIFY:
        return 0
    if item.standing:
        return 4 if item.standing.is_last else 1
    return 3 if item.kind == Kind.ACTIONS else 2


def _index(standing: list[AgendaItem], item: AgendaItem) -> int:
    """After the last item that comes no later than this one."""
    rank = _rank(item)
    return max((n for n, held in enumerate(standing, start=1) if _rank(held) <= rank), default=0)


def _to_ratify(meeting: Meeting) -> Iterator[tuple[AgendaItem, BetweenMeetings]]:
    """Actions of the body for the commissioner that are on no agenda, or were taken off one, oldest first."""
    waiting = BetweenMeetings.objects.filter(
        Q(item=None) | Q(item__is_taken_off=True), body=meeting.body, commissioner=meeting.commissioner
    ).exclude(Q(item__isnull=False) & Q(item__meeting=meeting))
    if meeting.held_on:
        waiting = waiting.filter(taken_on__lte=meeting.held_on)
    for between in waiting.order_by("taken_on", "pk"):
        item = AgendaItem(
            title=f"To ratify: {between}"[:250],
            kind=Kind.RATIFY,
            purpose=Purpose.DECIDE,
            asked=f"To ratify what was done: {between.text}",
        )
        yield item, between


def _from_before(meeting: Meeting) -> Iterator[tuple[AgendaItem, BetweenMeetings | None]]:
    over = list(_stood_over(meeting))
    there = set(meeting.items.filter(standing__isnull=False).values_list("standing", flat=True))
    for row in _standing_items(meeting):
        if row.pk not in there:
            earlier = next((item for item in over if item.standing_id == row.pk), None)
            if earlier:
                over.remove(earlier)
            yield _standing(row, earlier), None
    for item in over:
        kept = {name: getattr(item, name) for name in KEPT} | {"standing": None}
        kind = item.kind if item.kind != Kind.STANDING else Kind.ORDINARY
        yield AgendaItem(kind=kind, stands_over=item, **kept), getattr(item, "action_between", None)
    if _lacks_open_actions(meeting):
        yield _of_actions(), None


def _standing_items(meeting: Meeting) -> list[StandingItem]:
    rows = meeting.body.standing_items.order_by("is_last", "position", "pk")
    if meeting.held_on:
        return list(rows.filter(in_force(meeting.held_on)))
    return list(rows.filter(ends_on__isnull=True))


def _standing(row: StandingItem, earlier: AgendaItem | None) -> AgendaItem:
    return AgendaItem(
        title=row.title,
        kind=Kind.STANDING,
        purpose=row.purpose,
        duration=row.minutes,
        presenter=row.presenter,
        is_private=row.is_private,
        standing=row,
        stands_over=earlier,
    )


def _stood_over(meeting: Meeting) -> Iterator[AgendaItem]:
    """Items of earlier meetings of the body for the commissioner that stand over and are put nowhere yet."""
    earlier = (
        Q(meeting__held_on__lte=meeting.held_on) if meeting.held_on else Q(meeting__held_on__isnull=True)
    )
    yield from (
        AgendaItem.objects.filter(
            earlier,
            meeting__body=meeting.body,
            meeting__commissioner=meeting.commissioner,
            stood_over__isnull=True,
            is_taken_off=False,
        )
        .exclude(stood_over_because="")
        .exclude(meeting=meeting)
        .select_related("action_between", "meeting")
        .order_by("meeting__held_on", "position")
    )


def _of_actions() -> AgendaItem:
    return AgendaItem(title=OPEN_ACTIONS, kind=Kind.ACTIONS, purpose=Purpose.NOTE)


def _lacks_open_actions(meeting: Meeting) -> bool:
    """Whether actions are open that the agenda has no item for, nor had one that was taken off. One query."""
    here = AgendaItem.objects.filter(meeting=meeting, kind=Kind.ACTIONS)
    held = Action.objects.filter(
        ~Exists(here), body=meeting.body_id, commissioner=meeting.commissioner_id, status=Action.Status.OPEN
    )
    return held.exists()


@transaction.atomic
def carry_on_actions(meeting: Meeting | None, *, by: User) -> None:
    """Put the open actions of its body on the agenda of `meeting`, a planned one, where they have no item.

    Whatever opens an action, or ends a meeting, calls it: meetings are planned long before. The caller asks
    whether `by` may. Nothing where no meeting is planned: its agenda has them once one is.
    """
    if meeting is None or not _lacks_open_actions(meeting):
        return
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not _lacks_open_actions(meeting):  # while we waited for it
        return
    item = _of_actions()
    standing = list(meeting.items.filter(is_taken_off=False).select_related("standing"))
    insert(meeting, item, _index(standing, item))
    renumbered(meeting)
    record(by, "set up the agenda", meeting, "An action of an earlier meeting is open.", items=1)
