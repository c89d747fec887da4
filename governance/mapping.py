"""The map of bodies: what hangs together with what on a day, and what each box says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Min, Q, QuerySet

from pcnportal.history.models import Source
from pcnportal.pages.jinja import NOT_HELD, words
from pcnportal.pages.jinja import day as written

from .known import bodies_for, held, known
from .models import Body, BodyLink, Rhythm, Seat, TurnToChair
from .planning import rule_of
from .rhythm import in_words as rule_in_words

# As the columns of the map stand; a body of which no document says the side comes last in the list.
SIDES = [*Body.Side.choices, ("", f"Side {NOT_HELD}")]
TIERS = [*Body.Tier.choices, ("", f"Tier {NOT_HELD}")]
IN_THE_CHAIR = (Seat.Chairs.CHAIR, Seat.Chairs.CO_CHAIR)


class Link(NamedTuple):
    """The other end of a line; `is_assumed` where no document prints it: somebody read it from the rest."""

    body: Body
    is_assumed: bool = False


@dataclass
class Box:
    """A body of the map; `next_meeting` is None where none is planned, the other words empty if not held."""

    body: Body
    next_meeting: date | None = None
    rhythm: str = ""
    chair: str = ""
    reports_to: list[Link] = field(default_factory=list)
    feeds_into: list[Link] = field(default_factory=list)
    below: list[Link] = field(default_factory=list)
    nested: list[Box] = field(default_factory=list)

    @property
    def said(self) -> list[str]:
        """What is held of it, for its box below the name."""
        found = [f"Meets {self.rhythm}"] if self.rhythm else []
        if self.next_meeting:
            found.append(f"Next: {written(self.next_meeting)}")
        elif self.rhythm:
            found.append("Next: none planned")
        return found + ([f"Chair: {self.chair}"] if self.chair else [])

    @property
    def lacking(self) -> list[str]:
        """What is not held of it."""
        return [
            what
            for what, is_held in (("how often it meets", self.rhythm), ("chair", self.chair))
            if not is_held
        ]

    @property
    def below_elsewhere(self) -> list[Link]:
        """Those that report to it and are not nested below it."""
        nested = {box.body.pk for box in self.nested}
        return [link for link in self.below if link.body.pk not in nested]


def with_next_meeting(commissioners: Collection[int], day: date) -> QuerySet[Body]:
    """The commissioners' bodies, each with the day from `day` on when it next meets for one of them."""
    coming = Q(
        meetings__held_on__gte=day, meetings__commissioner__in=commissioners, meetings__is_cancelled=False
    )
    return (
        bodies_for(commissioners)
        .select_related("organisation", "source")
        .annotate(next_meeting=Min("meetings__held_on", filter=coming))
        .order_by("name", "pk")
    )


def map_on(day: date, commissioners: Collection[int]) -> list[Box]:
    """The bodies of the map on `day` with their lines, the higher first, then by name. Five queries."""
    rows = with_next_meeting(commissioners, day).filter(known(day)).exclude(is_closed())
    boxes = boxes_of(rows, day)
    by_body = {box.body.pk: box for box in boxes}
    links = BodyLink.objects.filter(held(day), body__in=by_body, to__in=by_body).order_by("pk")
    for lower, higher, kind, source in links.values_list("body", "to", "kind", "source__kind"):
        low, high, is_assumed = by_body[lower], by_body[higher], source == Source.Kind.ASSUMED
        if kind == BodyLink.Kind.REPORTS_TO:
            low.reports_to.append(Link(high.body, is_assumed))
            high.below.append(Link(low.body, is_assumed))
        else:
            low.feeds_into.append(Link(high.body, is_assumed))
    tiers = [tier for tier, _ in TIERS]
    return sorted(boxes, key=lambda box: (len(_above(box, by_body)), tiers.index(box.body.tier)))


def _above(box: Box, by_body: dict[int, Box]) -> set[int]:
    """The bodies above one, however far up: none for the highest."""
    above, waiting = set[int](), [box]
    while waiting:
        new = [link.body.pk for link in waiting.pop().reports_to if link.body.pk not in above]
        above.update(new)
        waiting += [by_body[pk] for pk in new]
    return above


def is_closed() -> Q:
    return Q(status=Body.Status.CLOSED)


def boxes_of(bodies: Iterable[Body], day: date) -> list[Box]:
    """What is said of each of some bodies with their `next_meeting`. Three queries for any number of them."""
    rows = list(bodies)
    pks = [body.pk for body in rows]
    rhythms: dict[int, str] = {
        rhythm.body_id: in_words(rhythm) for rhythm in Rhythm.objects.filter(held(day), body__in=pks)
    }
    chairs = chairs_of(pks, day)
    return [
        Box(body, getattr(body, "next_meeting", None), rhythms.get(body.pk, ""), chairs.get(body.pk, ""))
        for body in rows
    ]


def in_words(rhythm: Rhythm, *, whole: bool = False) -> str:
    """How often: "every 2 weeks, on a Monday", with the document's own word where it has one.

    The `whole` of it says from which day the periods are counted, too.
    """
    rule = rule_of(rhythm)
    often = rule_in_words(rule if whole else replace(rule, first_on=None))
    return f"{often} (“{rhythm.stated}”)" if rhythm.stated else often


def chairs_of(bodies: Sequence[int], day: date) -> dict[int, str]:
    """Who chairs each of some bodies on `day`, by its id: a person, an office to be named, or turns."""
    named: dict[int, list[str]] = defaultdict(list)
    seats = Seat.objects.filter(held(day), body__in=bodies, chairs__in=IN_THE_CHAIR)
    for seat in seats.select_related("person", "organisation").order_by("pk"):
        named[seat.body_id].append(
            str(seat.person) if seat.person else f"to be named ({seat.office or seat.organisation})"
        )
    order: dict[int, list[str]] = defaultdict(list)
    turns = TurnToChair.objects.filter(held(day), body__in=bodies).select_related("organisation")
    for turn in turns.order_by("body", "position"):
        order[turn.body_id].append(turn.organisation.name)
    taking_turns = {body: f"by turns: {words(names)}" for body, names in order.items()}
    return taking_turns | {body: words(names) for body, names in named.items()}


@dataclass(frozen=True)
class Tier:
    name: str
    boxes: Sequence[Box]


@dataclass(frozen=True)
class Side:
    slug: str
    name: str
    tiers: Sequence[Tier]


def by_side(boxes: Iterable[Box]) -> list[Side]:
    """The boxes as a nested list: sides, their tiers from system to locality, and who reports to whom.

    A box stands below the first on its own side to which it reports, else in its tier; none stands twice.
    """
    rows = list(boxes)
    by_body = {box.body.pk: box for box in rows}
    placed: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for box in rows:
        over = [by_body[link.body.pk] for link in box.reports_to if link.body.side == box.body.side]
        if over:
            over[0].nested.append(box)
        else:
            placed[box.body.side, box.body.tier].append(box)
    found = []
    for side, name in SIDES:
        tiers = [Tier(str(label), placed[side, tier]) for tier, label in TIERS if placed[side, tier]]
        if tiers:
            found.append(Side(side or "none", str(name), tiers))
    return found
