"""An agenda as it is read: which items stand, when each begins, and what of it a reader may see."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from governance.models import AgendaItem, Meeting, Paper
from governance.models.agenda import PRIVATE_TITLE
from governance.withdrawn import withdrawn_from
from pcnportal.people.models import User


class Slot(NamedTuple):
    """When an item begins and ends; None where that is not held. `is_printed` where a document gives it."""

    starts_at: time | None
    ends_at: time | None
    is_printed: bool


def slots_of(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, Slot]:
    """The time of each standing item by its id: as printed, else the items follow one another.

    The first begins with the meeting, and each where the one before it ends. One whose length is not held
    takes no time from those after it; itself it is given a time only where nothing before it is unknown.
    Nothing is said past midnight.
    """
    slots, now, is_sure = {}, meeting.starts_at, True
    for item in items:
        if item.is_taken_off:
            continue
        has_length = item.duration is not None or item.ends_at is not None
        starts = item.starts_at or (now if has_length or is_sure else None)
        ends = item.ends_at or _after(starts, item.duration)
        slots[item.pk] = Slot(starts, ends, bool(item.starts_at))
        now, is_sure = (ends, True) if has_length else (item.starts_at or now, False)
    return slots


def _after(start: time | None, minutes: int | None) -> time | None:
    if start is None or minutes is None:
        return None
    day = date(2000, 1, 1)
    end = datetime.combine(day, start) + timedelta(minutes=minutes)
    return end.time() if end.date() == day else None


def overrun(meeting: Meeting, slots: Iterable[Slot]) -> str:
    """A sentence where the items take longer than the meeting; else nothing."""
    last = max((slot.ends_at for slot in slots if slot.ends_at), default=None)
    if last is None or meeting.ends_at is None or last <= meeting.ends_at:
        return ""
    return f"The items take until {last:%H:%M}, the meeting ends at {meeting.ends_at:%H:%M}."


def closed_to(user: User, meeting: Meeting, items: Sequence[AgendaItem]) -> set[int]:
    """The ids of the items whose private papers `user` may not read: by role, or having withdrawn.

    Two queries for any number of items, none where the role gives none.
    """
    if not user.can("governance.read_private_paper", meeting.commissioner_id):
        return {item.pk for item in items}
    return withdrawn_from(user, items)


def may_read(user: User, item: AgendaItem) -> bool:
    """Whether `user` may read what is private of an item."""
    return item.pk not in closed_to(user, item.meeting, [item])


def may_read_paper(user: User, paper: Paper) -> bool:
    """Whether `user`, who may see the meeting, may read the paper. One withdrawn is its secretary's alone."""
    meeting = paper.item.meeting
    if paper.withdrawn_because and not user.can("governance.plan_meeting", meeting.commissioner_id):
        return False
    return not (paper.is_private or paper.item.is_private) or may_read(user, paper.item)


def with_earlier(items: Sequence[AgendaItem], papers: "QuerySet[Paper]") -> dict[int, list[AgendaItem]]:
    """By the id of each item, itself and before it those that it stood over from, with `papers` as `held`.

    Two queries, and two more where anything stood over.
    """
    prefetch_related_objects(items, Prefetch("papers", papers, to_attr="held"))
    chains: dict[int, list[AgendaItem]] = {item.pk: [item] for item in items}
    while wanted := {first.stands_over_id for first, *_ in chains.values() if first.stands_over_id}:
        rows = AgendaItem.objects.filter(pk__in=wanted).select_related("meeting")
        rows = rows.prefetch_related(Prefetch("papers", papers, to_attr="held"))
        found = {item.pk: item for item in rows}
        for chain in chains.values():
            if chain[0].stands_over_id:
                chain.insert(0, found[chain[0].stands_over_id])
    return chains


def called(paper: Paper, item: AgendaItem) -> str:
    """What a paper is called at an item: Paper 2, or Paper 2 of 15 April 2019 where the item stood over."""
    if paper.item_id == item.pk:
        return f"Paper {paper.enclosure}"
    day = paper.item.meeting.held_on
    return f"Paper {paper.enclosure} of {day:%-d %B %Y}" if day else f"Paper {paper.enclosure} of before"


def title_of(item: AgendaItem, user: User) -> str:
    """The title of an item for `user`: of a private item only to who may read private papers."""
    allowed = user.can("governance.read_private_paper", item.meeting.commissioner_id)
    return item.title if allowed or not item.is_private else PRIVATE_TITLE
