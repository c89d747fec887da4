"""Whose turn it is to chair, where partners take turns. Pure: no database, no clock.

The partner after the one that chaired last, in the order; a meeting for which nothing else is held goes on
from the one before. So a meeting that is put in, moved or cancelled moves the turns after it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Place:
    """The place of a partner in the order, from a day until a day (half-open; None is open)."""

    partner: int
    position: int
    starts_on: date | None = None
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        return (self.starts_on is None or self.starts_on <= day) and (
            self.ends_on is None or day < self.ends_on
        )


@dataclass(frozen=True)
class Sitting:
    """A meeting that is not cancelled; `chaired_by` is held where it is not simply the next in turn."""

    meeting: int
    day: date
    chaired_by: int | None = None


def turns(places: Sequence[Place], sittings: Iterable[Sitting]) -> dict[int, int]:
    """The partner whose turn it is, by meeting; `sittings` in the order in which they are held.

    Meetings of days on which no order is held are left out, unless they have a partner of their own.
    """
    found: dict[int, int] = {}
    last: int | None = None
    for sitting in sittings:
        order = sorted((p for p in places if p.holds(sitting.day)), key=lambda place: place.position)
        partner = sitting.chaired_by or _after(last, order, places)
        if partner is not None:
            found[sitting.meeting] = last = partner
    return found


def _after(last: int | None, order: Sequence[Place], places: Sequence[Place]) -> int | None:
    """The partner after `last`; of one that has left the order, the next after where it stood."""
    if not order:
        return None
    stood = [place.position for place in order if place.partner == last] or [
        place.position for place in places if place.partner == last
    ]
    later = [place for place in order if stood and place.position > stood[-1]]
    return (later or order)[0].partner
