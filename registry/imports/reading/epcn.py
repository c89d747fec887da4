"""ePCN.xlsx: PCNs and their core partners, in the shapes of 2019, of 2022 and of the years of sub ICBs.

The second sheet repeats the PCN's name and compares commissioners, in 2019 by formula: both columns are
derived and never read. Memberships that have ended or begin later are kept, and so are two open ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import chain, islice

from . import cells
from .cells import PCN, PRACTICE, Unfit, code, day, in_order, needed_day, postcode, shown, text
from .headings import Column, places
from .lines import Cells, Line, once, refused, take
from .rows import MemberRow, PCNRow, Rejected
from .workbook import Workbook, squashed_name

DETAILS, PARTNERS = "PCN Details", "PCN Core Partner Details"
OF_COMMISSIONER = r"(clinical commissioning group|ccg|sub icb( loc(ation)?)?)"
DAY = r"[0-9]{8}|[2-7][0-9]{4}|[0-9-]{10}"
ODS_CODE = cells.COMMISSIONER.pattern
PCN_COLUMNS = (
    Column("PCN Code", r"pcn code", 0, PCN.pattern),
    Column("PCN Name", r"pcn name", 1),
    Column("Commissioner Code", rf"(current )?{OF_COMMISSIONER} code", 2, ODS_CODE),
    Column("Commissioner Name", rf"(current )?{OF_COMMISSIONER}( name)?", 3),
    Column("Open Date", r"open date( yyyymmdd)?", 4, DAY),
    Column("Close Date", r"close date( yyyymmdd)?", 5, rf"({DAY})?"),
    Column("Postcode", r"post ?code", 11, rf"({cells.POSTCODE.pattern})?"),
)
OF_PRACTICE = rf"practice parent {OF_COMMISSIONER}"
BELONGS = r"practice to pcn relationship"
MEMBER_COLUMNS = (
    Column("Partner Organisation Code", r"partner org(anisation)? code", 0, PRACTICE.pattern),
    Column("Partner Name", r"partner (organisation )?name", 1),
    Column("Practice Parent Commissioner Code", rf"{OF_PRACTICE} code", 2, ODS_CODE),
    Column("Practice Parent Commissioner Name", rf"{OF_PRACTICE}( name)?", 3),
    Column("PCN Code", r"pcn code", 4, rf"{PCN.pattern}|U"),
    Column("Relationship Start Date", rf"{BELONGS} start date( yyyymmdd)?", 8, DAY),
    Column("Relationship End Date", rf"{BELONGS} end date( yyyymmdd)?", 9, rf"({DAY})?"),
)
PCN_HEADINGS = [f"{DETAILS}: {column.name}" for column in PCN_COLUMNS]
MEMBER_HEADINGS = [f"{PARTNERS}: {column.name}" for column in MEMBER_COLUMNS]
NO_PCN = frozenset({"U", "UNALLOCATED"})


def read_epcn(
    book: Workbook, counted: Callable[[Iterable[Line]], Iterable[Line]]
) -> tuple[list[PCNRow], list[MemberRow], list[Rejected]]:
    """PCNs, each once, and memberships. Raises `Refused` where the workbook is not ePCN."""
    order, lines = sheet(book, DETAILS, PCN_COLUMNS)
    pcns, rejected = take(counted(lines), lambda line, found: pcn_row(line, chosen(found, order)))
    pcns = once(pcns, rejected, lambda row: (row.code, row.opened_on), PCN_HEADINGS[0])
    pcns = newest(pcns, rejected)
    codes = {row.code for row in pcns}
    order, lines = sheet(book, PARTNERS, MEMBER_COLUMNS)
    members, others = take(counted(lines), lambda line, found: member_row(line, chosen(found, order), codes))
    members = once(members, others, lambda row: (row.practice, row.pcn, row.starts_on), MEMBER_HEADINGS[0])
    return pcns, members, [*rejected, *others]


def sheet(book: Workbook, name: str, columns: Sequence[Column]) -> tuple[list[int], Iterable[Line]]:
    """Where the columns of a sheet stand, and its lines below the heading."""
    key = squashed_name(name)
    if key not in book.sheets:
        held = ", ".join(f"“{shown(title)}”" for title in book.titles[:5]) or "none"
        raise refused(
            f"The workbook has no sheet “{name}”; its sheets: {held}. Choose ePCN.xlsx, as ODS publishes it."
        )
    lines = book.lines(key)
    _, header = next(lines, (0, []))
    sample = list(islice(lines, 20))
    if not sample:
        raise refused(f"The sheet “{name}” holds no rows. Fetch the file again from where it is published.")
    return places(header, columns, [found for _, found in sample]), chain(sample, lines)


def chosen(found: Cells, order: list[int]) -> Cells:
    return [found[place] if place < len(found) else "" for place in order]


def pcn_row(line: int, given: Cells) -> PCNRow | None:
    columns = PCN_HEADINGS
    if given[0].strip().upper() in NO_PCN:
        return None
    opened, closed = day(given[4], columns[4]), day(given[5], columns[5])
    in_order(opened, closed, columns[5])
    return PCNRow(
        line=line,
        code=code(given[0], columns[0], PCN, "the code of a PCN"),
        name=text(given[1], columns[1], needed=True),
        commissioner=code(given[2], columns[2], cells.COMMISSIONER, "the code of a commissioner"),
        commissioner_name=text(given[3], columns[3]),
        opened_on=opened,
        closed_on=closed,
        postcode=postcode(given[6], columns[6]),
    )


def member_row(line: int, given: Cells, pcns: set[str]) -> MemberRow | None:
    columns = MEMBER_HEADINGS
    if given[4].strip().upper() in NO_PCN:
        return None
    starts, ends = needed_day(given[5], columns[5]), day(given[6], columns[6])
    in_order(starts, ends, columns[6])
    pcn = code(given[4], columns[4], PCN, "the code of a PCN")
    if pcn not in pcns:
        raise Unfit(columns[4], pcn, f"The sheet “{DETAILS}” gives no such PCN.")
    return MemberRow(
        line=line,
        practice=code(given[0], columns[0], PRACTICE, "the code of a practice"),
        practice_name=text(given[1], columns[1]),
        practice_commissioner=code(
            given[2], columns[2], cells.COMMISSIONER, "the code of a commissioner", needed=False
        ),
        practice_commissioner_name=text(given[3], columns[3]),
        pcn=pcn,
        starts_on=starts,
        ends_on=ends,
    )


def newest(pcns: list[PCNRow], rejected: list[Rejected]) -> list[PCNRow]:
    """Each code once: of a PCN that closed and opened again, the later row.

    Raises `Refused` where the file gives one code to two PCNs at a time.
    """
    kept: dict[str, PCNRow] = {}
    for row in sorted(pcns, key=lambda row: row.opened_on or date.min):
        if earlier := kept.get(row.code):
            if earlier.closed_on is None or row.opened_on is None or row.opened_on < earlier.closed_on:
                raise refused(
                    f"Lines {earlier.line:,} and {row.line:,} of “{DETAILS}” give the code {row.code} twice "
                    "for one time and contradict each other. Ask the publisher which is right."
                )
            reason = f"Line {row.line:,} gives the same PCN from a later day."
            rejected.append(Rejected(earlier.line, PCN_HEADINGS[0], row.code, reason))
        kept[row.code] = row
    return list(kept.values())
