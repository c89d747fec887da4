"""epraccur.csv: the practices and other prescribing cost centres of England and Wales.

Columns after the specification of November 2019: 27 without a heading; dates as 20191001.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, islice

from . import cells
from .cells import ORGANISATION, Unfit, code, day, in_order, postcode, text
from .headings import Column, places, squashed
from .lines import Cells, Line, once, refused, take
from .rows import OdsRow, Rejected
from .sniffing import likeness

WIDTH = 27
STATUSES = {"A": "A", "C": "C", "D": "D", "P": "P"} | {
    "ACTIVE": "A",
    "CLOSED": "C",
    "INACTIVE": "C",
    "DORMANT": "D",
    "PROPOSED": "P",
}
SETTINGS = frozenset({0, 1, 2, 3, 4, *range(8, 23), 24, 25})
COLUMNS = (
    Column("Organisation Code", r"(organisation|org)? ?code", 0, ORGANISATION.pattern),
    Column("Name", r"(organisation |org )?name", 1),
    Column("Postcode", r"post ?code", 9),
    Column("Open Date", r"open ?date", 10, r"[0-9]{8}"),
    Column("Close Date", r"close ?date", 11, r"([0-9]{8})?"),
    Column("Status Code", r"status( ?code)?", 12, "|".join(STATUSES)),
    Column("Commissioner", r"commissioner( ?code)?", 14, rf"({cells.COMMISSIONER.pattern})?"),
    Column("Join Provider/Purchaser Date", r"join provider purchaser date", 15, r"([0-9]{8})?"),
    Column("Left Provider/Purchaser Date", r"left provider purchaser date", 16, r"([0-9]{8})?"),
    Column("Prescribing Setting", r"prescribing setting", 25, r"[0-9]{1,2}"),
)
CODE, NAME, POSTCODE, OPENED, CLOSED, STATUS, COMMISSIONER, JOINED, LEFT, SETTING = (
    column.name for column in COLUMNS
)


def read_ods(lines: Iterable[Line]) -> tuple[list[OdsRow], list[Rejected]]:
    """The organisations of epraccur. Raises `Refused` where the file is not one."""
    rest = iter(lines)
    sample = list(islice(rest, 20))
    first = sample[0][1] if sample else []
    if len(first) != WIDTH:
        raise refused(
            f"The first line holds {len(first)} values, and epraccur.csv has {WIDTH} columns."
            f"{likeness(first)} Choose epraccur.csv, as ODS publishes it."
        )
    if "code" in squashed(first[0]):
        order = places(first, COLUMNS, [found for _, found in sample[1:]])
        sample = sample[1:]
    else:
        order = [column.place for column in COLUMNS]
    practices, rejected = take(chain(sample, rest), lambda line, found: row_of(line, found, order))
    return once(practices, rejected, lambda row: (row.code,), CODE), rejected


def row_of(line: int, found: Cells, order: list[int]) -> OdsRow:
    if len(found) != WIDTH:
        raise Unfit("Columns", str(len(found)), f"The line should have {WIDTH}.")
    given = [found[place] for place in order]
    opened, closed = day(given[3], OPENED), day(given[4], CLOSED)
    in_order(opened, closed, CLOSED)
    joined, left = day(given[7], JOINED), day(given[8], LEFT)
    in_order(joined, left, LEFT)
    return OdsRow(
        line=line,
        code=code(given[0], CODE, ORGANISATION, "the code of a practice or another prescribing centre"),
        name=text(given[1], NAME, needed=True),
        postcode=postcode(given[2], POSTCODE),
        opened_on=opened,
        closed_on=closed,
        status=status_of(given[5]),
        commissioner=code(
            given[6], COMMISSIONER, cells.COMMISSIONER, "the code of a commissioner", needed=False
        ),
        joined_on=joined,
        left_on=left,
        setting=setting_of(given[9]),
    )


def status_of(value: str) -> str:
    word = text(value, STATUS, needed=True).upper()
    if word not in STATUSES:
        raise Unfit(STATUS, value, "It is no status that the specification knows.", whole=True)
    return STATUSES[word]


def setting_of(value: str) -> int | None:
    word = text(value, SETTING)
    if not word:
        return None
    if not (word.isascii() and word.isdigit() and len(word) <= 2 and int(word) in SETTINGS):
        raise Unfit(SETTING, value, "It is no prescribing setting that the specification knows.", whole=True)
    return int(word)
