"""Where a budget's split counts each section, held against the headings. Pure functions; no database here."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from .entitlement import NOTHING

# Who funds and how; each empty where a heading does not say it.
Share = tuple[str, str]
# The part of a section by which the split may still be off once the section is moved.
NEAR = Decimal("0.1")


@dataclass(frozen=True)
class Moved:
    """A section that the split counts elsewhere than its heading says.

    `off` is by how many pounds the parts of the split still differ from what they count, with it moved.
    """

    section: int
    said: Share
    counted: Share
    pounds: Decimal
    off: Decimal = NOTHING


@dataclass(frozen=True)
class Placed:
    """Where the split counts each section, by position; `moved` are those whose heading says otherwise."""

    counted: dict[int, Share]
    moved: tuple[Moved, ...]


def placed(
    said: Mapping[int, Share], totals: Mapping[int, Decimal | None], split: Mapping[Share, Decimal]
) -> Placed:
    """Place the sections, by position, so that each part of the split is nearest to the totals it counts.

    A section whose heading does not say everything is counted where the split lacks it: where, with it, the
    part is nearest to what it prints. One whose heading does is moved where one part of the split has about
    its total too much and another as much too little, `NEAR` enough that no slip of the printer explains it.
    What fits nowhere stays where its heading puts it.
    """
    counted = {position: share for position, share in said.items() if share in split}
    gaps = dict(split)
    for position, share in counted.items():
        gaps[share] -= totals[position] or NOTHING
    for position in [position for position in said if position not in counted]:
        pounds = totals[position] or NOTHING
        fits = {s: abs(gap - pounds) for s, gap in gaps.items() if _allows(said[position], s)}
        if best := _nearest({s: off for s, off in fits.items() if off < abs(gaps[s])}):
            counted[position] = best
            gaps[best] -= pounds
    moved: list[Moved] = []
    while best_move := _nearest(_moves(counted, totals, gaps, {one.section for one in moved})):
        position, other = best_move
        share, pounds = counted[position], totals[position] or NOTHING
        gaps[share] += pounds
        gaps[other] -= pounds
        counted[position] = other
        off = max(abs(gaps[share]), abs(gaps[other]))
        moved.append(Moved(position, share, other, pounds, off))
    return Placed(counted, tuple(moved))


def _moves(
    counted: Mapping[int, Share],
    totals: Mapping[int, Decimal | None],
    gaps: Mapping[Share, Decimal],
    done: Collection[int],
) -> dict[tuple[int, Share], Decimal]:
    """How far off the two parts would still be, by the section that is moved and where to."""
    found = {}
    for position, share in counted.items():
        pounds = totals[position]
        if not pounds or position in done:
            continue
        for other, gap in gaps.items():
            left, right = abs(gaps[share] + pounds), abs(gap - pounds)
            if other != share and max(left, right) <= pounds * NEAR:
                found[position, other] = left + right
    return found


T = TypeVar("T", bound=Hashable)


def _nearest(offs: Mapping[T, Decimal]) -> T | None:
    """The one that is nearest; None where there is none, or two are as near."""
    near = sorted(offs, key=lambda one: offs[one])[:2]
    return None if not near or (len(near) == 2 and offs[near[0]] == offs[near[1]]) else near[0]


def _allows(said: Share, share: Share) -> bool:
    return all(not word or word == other for word, other in zip(said, share, strict=True))
