"""The map of bodies: what hangs together with what on a day, and what each box says."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Min, Q, QuerySet

from pcnportal.pages.jinja import NOT_HELD, words
from pcnportal.pages.jinja import day as written

from .known import bodies_for, held, known
from .models import Body, BodyLink, Rhythm, Seat, TurnToChair

# As the columns of the map stand; a body of which no document says the side comes last in the list.
SIDES = [*Body.Side.choices, ("", f"Side {NOT_HELD}")]
TIERS = [*Body.Tier.choices, ("", f"Tier {NOT_HELD}")]
IN_THE_CHAIR = (Seat.Chairs.CHAIR, Seat.Chairs.CO_CHAIR)


@dataclass
class Box:
    """A body of the map; `next_meeting` is None where none is planned, the other words empty if not held."""

    body: Body
    next_meeting: date | None = None
    rhythm: str = ""
    chair: str = ""
    reports_to: list[Body] = field(default_factory=list)
    feeds_into: list[Body] = field(default_factory=list)
    reported_to_by: list[Body] = field(default_factory=list)

    @property
    def said(self) -> list[str]:
        """What its box says below the name."""
        return [
            f"Meets: {self.rhythm or NOT_HELD}",
            f"Next: {written(self.next_meeting) if self.next_meeting else 'none planned'}",
            f"Chair: {self.chair or NOT_HELD}",
        ]


def with_next_meeting(commissioners: Collection[int], day: date) -> "QuerySet[Body]":
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
    """The bodies of the map on `day` with their lines, the higher first, else by name. Five queries."""
    rows = with_next_meeting(commissioners, day).filter(known(day)).exclude(is_closed())
    boxes = boxes_of(rows, day)
    by_body = {box.body.pk: box for box in boxes}
    links = BodyLink.objects.filter(held(day), body__in=by_body, to__in=by_body).order_by("pk")
    for lower, higher, kind in links.values_list("body", "to", "kind"):
        low, high = by_body[lower], by_body[higher]
        if kind == BodyLink.Kind.REPORTS_TO:
            low.reports_to.append(high.body)
            high.reported_to_by.append(low.body)
        else:
            low.feeds_into.append(high.body)
    return sorted(boxes, key=lambda box: len(_above(box, by_body)))


def _above(box: Box, by_body: dict[int, Box]) -> set[int]:
    """The bodies above one, however far up: none for the highest."""
    above, waiting = set[int](), [box]
    while waiting:
        new = [body.pk for body in waiting.pop().reports_to if body.pk not in above]
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


def in_words(rhythm: Rhythm) -> str:
    """How often: "every 2 weeks", with the document's own word where it has another."""
    often = f"every {rhythm.every} {rhythm.get_unit_display()}"
    if rhythm.every == 1:
        often = f"every {rhythm.get_unit_display().removesuffix('s')}"
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
    """The boxes as a nested list: sides, and on each side the tiers from system to locality, none empty."""
    placed: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for box in boxes:
        placed[box.body.side, box.body.tier].append(box)
    found = []
    for side, name in SIDES:
        tiers = [Tier(str(label), placed[side, tier]) for tier, label in TIERS if placed[side, tier]]
        if tiers:
            found.append(Side(side or "none", str(name), tiers))
    return found
