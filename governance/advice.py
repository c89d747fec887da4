"""What a member needs of an agenda before the meeting: advice from the floors above, own interests."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from governance.conflicts import conflicts_seen_by, next_step, stage_of
from governance.interests import in_force
from governance.models import AgendaItem, Conflict, Interest, Meeting
from pcnportal.people.models import User


@dataclass(frozen=True)
class Failing:
    """A requirement that is not met: its title, why in a sentence, and how its departure stands."""

    title: str
    why: str
    departure: str = ""


@dataclass(frozen=True)
class Advice:
    """What an upper floor knows of an item, in sentences; empty where nothing is held.

    `organisations` are the ids of those that the item is about; `href` is where all of it is read.
    """

    asked: str = ""
    facts: str = ""
    recommended: str = ""
    reasons: tuple[str, ...] = ()
    failing: tuple[Failing, ...] = ()
    still_open: tuple[str, ...] = ()
    if_not: str = ""
    href: str = ""
    organisations: frozenset[int] = frozenset()


# Called with the reader and items that they may read; gives advice by the id of the item.
Advising = Callable[[User, Sequence[AgendaItem]], Mapping[int, Advice]]


@dataclass(frozen=True)
class Own:
    """An interest of the reader in an item: what it is, how it stands, what comes next."""

    what: str
    stage: str
    next: str = ""


def own_interests(
    user: User, items: Iterable[AgendaItem], about: Mapping[int, frozenset[int]], day: date
) -> dict[int, list[Own]]:
    """By the id of the item: the reader's conflicts with it, and what they declared in what it is about.

    `about` has the ids of the organisations of an item by its id. Two queries; none for who is no person.
    """
    found: dict[int, list[Own]] = defaultdict(list)
    if not user.person_id:
        return found
    told: dict[int, set[int | None]] = defaultdict(set)
    items = list(items)
    for pk, rows in conflicts_seen_by(user, items).items():
        for row in rows:
            if row.person_id == user.person_id and not row.gone_on:
                told[pk].add(row.interest_id)
                found[pk].append(Own(row.because, stage_of(row), _next(row)))
    wanted = frozenset[int]().union(*about.values())
    declared = list(
        Interest.objects.filter(in_force(day), person=user.person_id, organisation__in=wanted).select_related(
            "organisation"
        )
    )
    for item in items:
        for interest in declared:
            if interest.organisation_id in about.get(item.pk, ()) and interest.pk not in told[item.pk]:
                found[item.pk].append(Own(f"{interest.where}: {interest.nature}", "Declared"))
    return found


def _next(conflict: Conflict) -> str:
    return str(conflict.get_handling_display()) if conflict.handling else next_step(conflict)


def is_next(meeting: Meeting, day: date) -> bool:
    """Whether the meeting is on `day`, or is the next of its body for its commissioner. At most one query."""
    if meeting.is_cancelled or meeting.held_on is None or meeting.held_on < day:
        return False
    sooner = Q(held_on__gte=day, held_on__lt=meeting.held_on, is_cancelled=False)
    others = Meeting.objects.filter(sooner, body=meeting.body_id, commissioner=meeting.commissioner_id)
    return meeting.held_on == day or not others.exists()
