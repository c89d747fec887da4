"""Minutes as they are read: who was there, and of each item what was said, resolved and given out to do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet

from governance.actions import due_words, owners_in_words
from governance.agenda import closed_to
from governance.models import (
    Action,
    AgendaItem,
    Attendance,
    Conflict,
    Meeting,
    Minute,
    Resolution,
    Vote,
)
from governance.models.agenda import PRIVATE_TITLE
from governance.withdrawn import GONE, left_for
from pcnportal.history.record import events_of
from pcnportal.people.models import User

ATTENDANCE = "recorded the attendance"
VIEW, PRIVATE = "governance.view_meeting", "governance.read_private_paper"
NO_VOTE = Conflict.Handling.NO_VOTE


@dataclass(frozen=True)
class Resolved:
    """A resolution with its votes. `votes` are (how cast, names)."""

    resolution: Resolution
    votes: list[tuple[str, list[str]]]
    is_replaced: bool


@dataclass(frozen=True)
class ItemMinutes:
    """An item as the minutes say it to a reader. `is_open` is false where it is private to them."""

    item: AgendaItem
    title: str
    is_open: bool
    minute: Minute | None = None
    earlier: list[Minute] = field(default_factory=list)
    resolved: list[Resolved] = field(default_factory=list)
    actions: list[dict[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    kept_from_voting: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Came:
    """Who was there, in words: name, office and organisation, whom they stood in for."""

    present: list[str]
    apologies: list[str]
    absent: list[str]
    in_the_chair: list[str]

    @property
    def is_held(self) -> bool:
        return bool(self.present or self.apologies or self.absent)


def who_came(meeting: Meeting) -> Came:
    """One query."""
    rows = list(meeting.attendances.select_related("person", "organisation", "in_place_of"))
    by = {
        presence: [_came(row) for row in rows if row.presence == presence]
        for presence in Attendance.Presence.values
    }
    chairs = [row.person.name for row in rows if row.took_the_chair]
    return Came(by["present"], by["apologies"], by["absent"], chairs)


def _came(row: Attendance) -> str:
    said = [row.person.name, row.office, str(row.organisation or "")]
    said.append(f"deputy for {row.in_place_of}" if row.in_place_of else "")
    said.append("in the chair" if row.took_the_chair else "")
    return ", ".join(part for part in said if part)


def attendance_corrections(meeting: Meeting) -> list[str]:
    """Why the attendance was corrected after the minutes were published, the first correction first."""
    if meeting.minutes_published_at is None:
        return []
    found = events_of(meeting).filter(verb=ATTENDANCE, at__gte=meeting.minutes_published_at)
    return list(found.exclude(reason="").order_by("pk").values_list("reason", flat=True))


def is_public(meeting: Meeting, user: User) -> bool:
    """Whether the meeting's minutes are published, and so read by everybody who sees meetings."""
    return meeting.minutes_published_at is not None and user.can(VIEW)


def readable(user: User, item: str = "item__") -> Q:
    """What `user` may read of resolutions: of their own commissioners', and the published public part.

    `item` is the look-up to the agenda item. What is private is for who reads private papers, without those
    who left for the item, or for one that stood over from or into it.
    """
    own = {f"{item}meeting__commissioner__in": user.scope(VIEW)}
    private = Q(**{f"{item}meeting__commissioner__in": user.scope(PRIVATE)})
    public = Q(**{f"{item}is_private": False})
    published = Q(**{f"{item}meeting__minutes_published_at__isnull": False})
    if user.person_id:
        private &= ~Q(**{f"{item}pk__in": left_for(user)})
    return (Q(**own) & (public | private)) | (published & public)


def resolved_on(user: User, items: Iterable[AgendaItem]) -> dict[int, list[Resolution]]:
    """What was resolved on the items and stands, as far as `user` may read it. One query."""
    found: dict[int, list[Resolution]] = defaultdict(list)
    rows = Resolution.objects.filter(readable(user), item__in=[item.pk for item in items])
    for row in rows.filter(superseded_by__isnull=True).order_by("pk"):
        found[row.item_id].append(row)
    return found


def minutes_of(meeting: Meeting, user: User, *, private: bool = False) -> list[ItemMinutes]:
    """The items that stand, as `user` may read them: the public ones, with `private` all that are theirs.

    A constant number of queries.
    """
    items = list(_items(meeting))
    for item in items:
        item.meeting = meeting
    closed = closed_to(user, meeting, items) if private else {item.pk for item in items}
    return [_item(item, not item.is_private or item.pk not in closed) for item in items]


def one_quorum(rows: Iterable[ItemMinutes]) -> Resolution | None:
    """One of several resolutions that all say the same of the quorum, which is then said once; else None."""
    found = [held.resolution for row in rows for held in row.resolved]
    said = {(one.quorum_basis, one.quorum_note) for one in found}
    return found[0] if len(found) > 1 and len(said) == 1 and found[0].quorum_note else None


def _items(meeting: Meeting) -> "QuerySet[AgendaItem]":
    resolutions = Resolution.objects.select_related("source", "superseded_by", "supersedes").order_by("pk")
    kept = Conflict.objects.filter(handling__in=(*GONE, NO_VOTE)).select_related("person")
    owners = ("owners__person", "owners__organisation")
    actions = Action.objects.select_related("due_body", "due_meeting__body").prefetch_related(*owners)
    return (
        meeting.items.filter(is_taken_off=False)
        .select_related("stood_over__meeting__body", "action_between")
        .prefetch_related(
            "withdrawals__person",
            Prefetch("minutes", Minute.objects.select_related("source").order_by("-pk")),
            Prefetch("resolutions", resolutions.prefetch_related("votes__person")),
            Prefetch("conflicts", kept),
            Prefetch("actions", actions),
        )
        .order_by("position")
    )


def _item(item: AgendaItem, is_open: bool) -> ItemMinutes:
    if not is_open:
        return ItemMinutes(item, PRIVATE_TITLE, is_open)
    minutes = list(item.minutes.all())
    left = {row.person.name for row in item.withdrawals.all()}
    conflicts = list(item.conflicts.all())
    left |= {row.person.name for row in conflicts if row.handling in GONE}
    kept = {row.person.name for row in conflicts if row.handling == NO_VOTE} - left
    return ItemMinutes(
        item,
        item.title,
        is_open,
        minutes[0] if minutes else None,
        minutes[1:],
        [_resolved(resolution) for resolution in item.resolutions.all()],
        [_given_out(action) for action in item.actions.all()],
        sorted(left),
        sorted(kept),
    )


def _given_out(action: Action) -> dict[str, str]:
    return {
        "text": action.text,
        "who": owners_in_words(action),
        "due": due_words(action),
        "href": action.get_absolute_url(),
    }


def _resolved(resolution: Resolution) -> Resolved:
    cast: dict[str, list[str]] = {}
    for vote in sorted(resolution.votes.all(), key=lambda vote: vote.person.name):
        cast.setdefault(vote.get_cast_display(), []).append(vote.person.name)
    votes = [(label, cast[label]) for label in Vote.Cast.labels if label in cast]
    return Resolved(resolution, votes, hasattr(resolution, "superseded_by"))
