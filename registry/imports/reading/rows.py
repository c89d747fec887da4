"""What a published file says, row by row, before anything is compared with the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple

Kind = Literal["ods", "epcn", "list_sizes"]


class Rejected(NamedTuple):
    """One row that cannot be taken: where it stands, what it holds, and why, as a sentence."""

    line: int
    column: str
    value: str
    reason: str


class OdsRow(NamedTuple):
    """One organisation of epraccur. `status` is A active, C closed, D dormant or P proposed.

    `commissioner` is an ODS code, empty where the file gives none; `setting` the prescribing setting,
    4 for a GP practice.
    """

    line: int
    code: str
    name: str
    postcode: str
    opened_on: date | None
    closed_on: date | None
    status: str
    commissioner: str
    joined_on: date | None
    left_on: date | None
    setting: int | None


class PCNRow(NamedTuple):
    """One PCN of ePCN. `commissioner` is the ODS code of its CCG or sub ICB location."""

    line: int
    code: str
    name: str
    commissioner: str
    commissioner_name: str
    opened_on: date | None
    closed_on: date | None
    postcode: str


class MemberRow(NamedTuple):
    """One membership of ePCN, as the file has it: from `starts_on` to `ends_on`, the last day included."""

    line: int
    practice: str
    practice_name: str
    practice_commissioner: str
    practice_commissioner_name: str
    pcn: str
    starts_on: date | None
    ends_on: date | None


class SizeRow(NamedTuple):
    """Patients of one practice on one day. `source` is a document's title, empty for the NHS's own file."""

    line: int
    code: str
    as_at: date
    kind: str
    patients: Decimal
    commissioner: str
    source: str


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read and checked. `size` in bytes; `stated_on` where the file itself gives its day."""

    kind: Kind
    sha256: str
    size: int
    stated_on: date | None
    practices: list[OdsRow]
    pcns: list[PCNRow]
    members: list[MemberRow]
    sizes: list[SizeRow]
    rejected: list[Rejected]
