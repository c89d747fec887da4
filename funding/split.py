"""Where a budget's split counts each section, held against the headings. Pure functions; no database here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .entitlement import NOTHING

# Who funds and how; each empty where a heading does not say it.
Share = tuple[str, str]


@dataclass(frozen=True)
class Moved:
    """A section that the split counts elsewhere than its heading says."""

    section: int
    said: Share
    counted: Share
    pounds: Decimal


@dataclass(frozen=True)
class Placed:
    """Where the split counts each section, by position; `moved` are those whose heading says otherwise."""

    counted: dict[int, Share]
    moved: tuple[Moved, ...]


def placed(
    said: Mapping[int, Share], totals: Mapping[int, Decimal | None], split: Mapping[Share, Decimal]
) -> Placed:
    """Place the sections, by position, so that each part of the split is the sum of the totals it counts.

    A section whose heading does not say everything is counted where the split lacks exactly its total; one
    whose heading does is moved where its total is exactly what one part of the split has too much and another
    too little. What fits nowhere stays where its heading puts it.
    """
    counted = {position: share for position, share in said.items() if share in split}
    gaps = dict(split)
    for position, share in counted.items():
        gaps[share] -= totals[position] or NOTHING
    for position in [position for position in said if position not in counted]:
        fits = [s for s, gap in gaps.items() if gap == totals[position] and _allows(said[position], s)]
        if len(fits) == 1:
            counted[position] = fits[0]
            gaps[fits[0]] = NOTHING
    moved = []
    for position, share in list(counted.items()):
        pounds = totals[position]
        fits = [other for other, gap in gaps.items() if pounds and gap == pounds]
        if pounds and gaps[share] == -pounds and len(fits) == 1:
            moved.append(Moved(position, share, fits[0], pounds))
            counted[position] = fits[0]
            gaps[share] = gaps[fits[0]] = NOTHING
    return Placed(counted, tuple(moved))


def _allows(said: Share, share: Share) -> bool:
    return all(not word or word == other for word, other in zip(said, share, strict=True))
