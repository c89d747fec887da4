"""Which column is which: by its heading, however it is spelled, or by its place where its values fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .cells import shown
from .lines import Cells, refused


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read. `heading` fits its squashed headings, `values` all that may stand in it."""

    name: str
    heading: str
    place: int
    values: str = r".*"


def squashed(heading: str) -> str:
    """Small letters and figures only, with single spaces: headings hold line breaks and brackets."""
    return re.sub(r"[^a-z0-9]+", " ", heading.lower()).strip()


def places(header: Cells, columns: Sequence[Column], sample: list[Cells]) -> list[int]:
    """Where each of `columns` stands. Raises `Refused` where one is missing or stands twice."""
    headings = [squashed(heading) for heading in header]
    found = {
        column.name: [
            place for place, heading in enumerate(headings) if re.fullmatch(column.heading, heading)
        ]
        for column in columns
    }
    taken = {place for several in found.values() for place in several}
    for column in columns:
        several = found[column.name]
        if len(several) > 1:
            raise refused(
                f"The heading “{shown(header[several[0]])}” stands over two columns, so it is not clear "
                "which to read. Remove the one that is not part of the published file."
            )
        if not several:
            if column.place in taken or not fits(column, sample):
                raise refused(
                    f"The file has no column “{column.name}”. Check that it is the right file, or fetch it "
                    "again from where it is published."
                )
            several.append(column.place)
    return [found[column.name][0] for column in columns]


def fits(column: Column, sample: list[Cells]) -> bool:
    values = [cells[column.place].strip() for cells in sample if column.place < len(cells)]
    return any(values) and all(re.fullmatch(column.values, value) for value in values)
