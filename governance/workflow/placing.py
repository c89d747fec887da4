"""Where the items of an agenda stand: their positions, and the numbers of what comes after publishing."""

import re
from collections.abc import Sequence

from django.db.models import F, Max

from governance.models import AgendaItem, Meeting
from governance.pack import frozen
from governance.pack.numbering import letters


def place(meeting: Meeting, order: Sequence[int]) -> None:
    """Give the standing items, in the order of their ids, the positions from 1; the others follow.

    In two steps, since no database takes the same position twice, not for a moment.
    """
    held = list(meeting.items.order_by("position").values_list("pk", flat=True))
    wanted = [*order, *(pk for pk in held if pk not in set(order))]
    if wanted == held and not _has_gaps(meeting, len(held)):
        return
    above = _highest(meeting) + len(held)
    meeting.items.update(position=F("position") + above)
    for position, pk in enumerate(wanted, start=1):
        AgendaItem.objects.filter(pk=pk).update(position=position)


def _highest(meeting: Meeting) -> int:
    return int(meeting.items.aggregate(last=Max("position"))["last"] or 0)


def _has_gaps(meeting: Meeting, held: int) -> bool:
    return _highest(meeting) != held


def insert(meeting: Meeting, item: AgendaItem, index: int) -> AgendaItem:
    """Save a new item before the standing item with that index, or last. Positions are given anew.

    After publishing it gets a number of its own, so that no other item changes its number.
    """
    standing = list(meeting.items.filter(is_taken_off=False).order_by("position"))
    if meeting.agenda_published_at and not item.number:
        item.number = late_number(standing, index)
    item.meeting, item.position = meeting, _highest(meeting) + 1
    item.save()
    if index < len(standing):
        order = [one.pk for one in standing]
        order.insert(index, item.pk)
        place(meeting, order)
        item.refresh_from_db(fields=["position"])
    return item


def late_number(standing: Sequence[AgendaItem], index: int) -> str:
    """The number of an item that comes late before the one with `index`: 8 after 7 at the end, else 7a."""
    taken = {item.reference for item in standing}
    if index >= len(standing):
        numbers = [int(n) for n in taken if n.isdecimal()]
        return str(max(numbers, default=0) + 1)
    before = standing[index - 1].reference if index else "0"
    stem = re.sub(r"[a-z]+$", "", before)
    return next(n for n in (f"{stem}{letters(k)}" for k in range(1, len(taken) + 2)) if n not in taken)


def before_the_last(items: Sequence[AgendaItem]) -> int:
    """The index at which an ordinary item comes: before the standing items that are always last."""
    index = len(items)
    while index and (standing := items[index - 1].standing) and standing.is_last:
        index -= 1
    return index


def renumbered(meeting: Meeting) -> None:
    """Give the pages that came late their numbers, so that what comes later still renumbers nothing."""
    if meeting.agenda_published_at:
        meeting.numbering = frozen(meeting)
        Meeting.objects.filter(pk=meeting.pk).update(numbering=meeting.numbering)
