"""Who counts for a quorum. Pure: no database, no clock.

Places are counted, not persons: a deputy stands for a member, in that member's office, so a member and the
deputy who came with them are one. Every line of the rule is counted for itself.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Wanted:
    """So many at least of an office, or of any of several."""

    offices: tuple[str, ...]
    at_least: int

    def __str__(self) -> str:
        return " or ".join(self.offices)


@dataclass(frozen=True)
class Someone:
    """Somebody who is there or could be. `place` is the member whose place it is: their own, or another's."""

    person: int
    place: int
    offices: frozenset[str]
    is_voting: bool

    def has(self, wanted: Wanted) -> bool:
        return any(plain(office) in self.offices for office in wanted.offices)


@dataclass(frozen=True)
class Count:
    """How many places vote, and what lacks: so many voting, and so many of each office that is short."""

    voting: int
    lacking_voting: int
    lacking_offices: tuple[tuple[Wanted, int], ...]

    @property
    def is_met(self) -> bool:
        return not (self.lacking_voting or self.lacking_offices)


def plain(office: str) -> str:
    """An office as it is compared: without its capitals and spaces."""
    return " ".join(office.split()).casefold()


def wanted_of(offices: Iterable[Mapping[str, Any]]) -> tuple[Wanted, ...]:
    """What a quorum rule holds in `offices`, read."""
    return tuple(Wanted(tuple(o.get("offices") or [o["office"]]), o["at_least"]) for o in offices)


def count(
    voting_members: int,
    wanted: Iterable[Wanted],
    present: Iterable[Someone],
    gone: Collection[int] = (),
    without_vote: Collection[int] = (),
) -> Count:
    """What of a rule lacks, with those `present` but for who is `gone`; who has no vote is there still."""
    here = [one for one in present if one.person not in gone]
    voting = len({one.place for one in here if one.is_voting and one.person not in without_vote})
    short = [(line, line.at_least - len({one.place for one in here if one.has(line)})) for line in wanted]
    return Count(
        voting,
        max(0, voting_members - voting),
        tuple((line, number) for line, number in short if number > 0),
    )


def could_restore(lacking: Count, one: Someone, here: Iterable[Someone]) -> bool:
    """Whether `one`, who isn't counted yet, would bring what lacks; `here` are those who count."""
    of_place = [other for other in here if other.place == one.place]
    votes = one.is_voting and not any(other.is_voting for other in of_place)
    if lacking.lacking_voting and votes:
        return True
    return any(
        one.has(line) and not any(other.has(line) for other in of_place)
        for line, _ in lacking.lacking_offices
    )
