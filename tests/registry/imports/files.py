"""Files as they are published, made from short extracts of the real ones."""

from __future__ import annotations

import csv
import io
import zipfile
from functools import cache
from pathlib import Path

from openpyxl import Workbook

from registry.imports.reading import Read, read
from registry.imports.reading.rows import Kind

EXTRACTS = Path(__file__).parent / "extracts"
HEADINGS = {
    "2019": (
        "PCN Code|PCN Name|Current Clinical Commissioning Group Code|Clinical Commissioning Group Name"
        "|Open Date (YYYYMMDD)|Close Date|Address Line 1|Address Line 2|Address Line 3|Address Line 4"
        "|Address Line 5|Postcode",
        "Partner Organisation Code|Partner Name|Practice Parent CCG Code|Practice Parent CCG Name|PCN Code"
        "|PCN Name|PCN Parent CCG Code|PCN Parent CCG Name|Practice to PCN Relationship Start Date"
        "|Practice to PCN Relationship End Date|Practice CCG and PCN CCG match?",
    ),
    "2022": (
        "PCN Code|PCN Name|Current Clinical \nCommissioning \nGroup Code|Clinical\nCommissioning\nGroup Name"
        "|Open Date|Close Date|Address Line 1|Address Line 2|Address Line 3|Address Line 4|Address Line 5"
        "|Postcode",
        "Partner\nOrganisation\nCode|Partner\nName|Practice\nParent\nCCG Code|Practice\nParent\nCCG Name"
        "|PCN Code|PCN Name|PCN Parent\nCCG Code|PCN Parent\nCCG Name"
        "|Practice to PCN\nRelationship\nStart Date|Practice to PCN\nRelationship\nEnd Date"
        "|Practice CCG and PCN\nCCG Match ",
    ),
    "sub ICB": (
        "PCN Code|PCN Name|Current\r\nSub ICB Loc\r\nCode|Sub ICB\r\nLocation|Open Date|Close Date"
        "|Address Line 1|Address Line 2|Address Line 3|Address Line 4|Address Line 5|Postcode",
        "Partner\r\nOrganisation\r\nCode|Partner\r\nName|Practice\r\nParent\r\nSub ICB Loc Code"
        "|Practice\r\nParent\r\nSub ICB Loc Name|PCN Code|PCN Name|PCN Parent\r\nSub ICB Loc Code"
        "|PCN Parent\r\nSub ICB Loc Name|Practice to PCN\r\nRelationship\r\nStart Date"
        "|Practice to PCN\r\nRelationship\r\nEnd Date|Practice Sub ICB and PCN\r\nSub ICB Match?",
    ),
}
NAMES = {"ods": "epraccur.csv", "epcn": "ePCN.xlsx", "list_sizes": "gp-reg-pat-prac-all.csv"}
Row = list[str]


def extract(name: str) -> bytes:
    return (EXTRACTS / name).read_bytes()


def rows(name: str) -> list[Row]:
    return list(csv.reader(io.StringIO(extract(name).decode(), newline="")))


def told(kind: Kind, content: bytes) -> Read:
    return read(kind, io.BytesIO(content), NAMES[kind])


def epcn(shape: str = "2022", pcns: list[Row] | None = None, members: list[Row] | None = None) -> bytes:
    """ePCN.xlsx in the shape of a year; rows as in the extracts, members without their derived columns.

    The shape of 2019 has dates as numbers, and formulas for a member's PCN name and match, as the real file.
    """
    old = shape == "2019"
    year = "2019" if old else "2022"
    pcns = rows(f"epcn_{year}_pcns.csv") if pcns is None else pcns
    members = rows(f"epcn_{year}_members.csv") if members is None else members
    names = {row[0]: row[1] for row in pcns}
    book = Workbook(write_only=shape == "sub ICB")  # then each cell holds its own words; else they share them
    for sheet in book.sheetnames:
        del book[sheet]
    first = book.create_sheet("PCN Details" if old else "PCNDetails")
    second = book.create_sheet("PCN Core Partner Details")
    details, partners = HEADINGS[shape]
    first.append(details.split("|"))
    second.append(partners.split("|"))
    for row in pcns:
        first.append([*row[:4], *map(as_number if old else str, row[4:6]), *row[6:]])
    for line, row in enumerate(members, 2):
        name = f"=VLOOKUP(E{line},'PCN Details'!A:B,2,FALSE)" if old else names.get(row[4], "")
        match = f"=G{line}=C{line}" if old else row[2] == row[5]
        dates = map(as_number if old else str, row[7:9])
        second.append([*row[:5], name, *row[5:7], *dates, match])
    packed_book = io.BytesIO()
    book.save(packed_book)
    return packed_book.getvalue()


def as_number(day: str) -> int | str | None:
    return int(day) if day.isdigit() else day or None


@cache
def published() -> dict[str, tuple[Kind, bytes]]:
    """One sound file of each shape."""
    nhs = extract("gp-reg-pat-prac-all_2021-01.csv")
    later = nhs.replace(b"ONS_CCG_CODE", b"ONS_SUB_ICB_LOCATION_CODE").replace(
        b"CCG_CODE", b"SUB_ICB_LOCATION_CODE"
    )
    return {
        "epraccur": ("ods", extract("epraccur.csv")),
        "ePCN 2019": ("epcn", epcn("2019")),
        "ePCN 2022": ("epcn", epcn("2022")),
        "ePCN of sub ICBs": ("epcn", epcn("sub ICB")),
        "list sizes January": ("list_sizes", nhs),
        "list sizes June": ("list_sizes", extract("gp-reg-pat-prac-all_2021-06.csv")),
        "list sizes of sub ICBs": ("list_sizes", later),
        "template": ("list_sizes", extract("list_sizes.csv")),
    }


def parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(held: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in held.items():
            archive.writestr(name, part)
    return content.getvalue()
