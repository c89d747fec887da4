"""What a file changes: rows to write, what stays beside, and the report that says so. Nothing is written.

Organisations are named by their ODS codes, since one that is new has no id before it is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any, NamedTuple

from pcnportal.pages.jinja import plural


class Line(NamedTuple):
    """One line of the difference report; `line` is that of the file, 0 where the register is meant."""

    kind: str
    code: str
    name: str
    column: str = ""
    old: str = ""
    new: str = ""
    line: int = 0
    reason: str = ""


class NewOrganisation(NamedTuple):
    code: str
    name: str
    kind: str
    postcode: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    is_dormant: bool = False


class NewMember(NamedTuple):
    practice: str
    pcn: str
    starts_on: date | None
    ends_on: date | None
    supersedes: int | None = None


class NewPeriod(NamedTuple):
    pcn: str
    standing: str
    starts_on: date | None
    ends_on: date | None
    supersedes: int | None = None


class NewSize(NamedTuple):
    """`source` is the title of a document, empty for the file itself."""

    organisation: int
    kind: str
    as_at: date
    patients: Decimal
    source: str
    supersedes: int | None = None


class KeptSize(NamedTuple):
    """A correction that is stated again over the file's figure: `over` is its place in the plan's sizes."""

    over: int
    organisation: int
    kind: str
    as_at: date
    patients: Decimal
    source: int


# In place of a source: the one that the run gets when it is written.
THIS_RUN = "this run"


class Change(NamedTuple):
    """A column of a row that is held. `model` is a name of `writing.MODELS`; a commissioner is its code."""

    model: str
    pk: int
    column: str
    old: Any
    new: Any


class Former(NamedTuple):
    organisation: int
    what: str
    value: str
    until: date


class Beside(NamedTuple):
    """A statement of the file that is kept beside what a commissioner recorded.

    `organisation` is its id, or the code of one that is new.
    """

    organisation: int | str
    what: str
    value: str
    label: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


class Proposal(NamedTuple):
    """A PCN whose code no file gave, and the file's row that is proposed to be it.

    `known` is the id of the same proposal where an earlier file made it.
    """

    pcn: int
    code: str
    name: str
    opened_on: date | None
    closed_on: date | None
    postcode: str
    parent: str
    shared: int
    held: int
    named: int
    has_same_name: bool
    has_same_commissioner: bool
    is_accepted: bool
    known: int | None


@dataclass
class Plan:
    """Everything that one file changes, for the day `stated_on`."""

    stated_on: date
    lines: list[Line] = field(default_factory=list)
    unchanged: int = 0
    organisations: list[NewOrganisation] = field(default_factory=list)
    practices: list[tuple[str, str]] = field(default_factory=list)
    pcns: list[tuple[str, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    former: list[Former] = field(default_factory=list)
    members: list[NewMember] = field(default_factory=list)
    periods: list[NewPeriod] = field(default_factory=list)
    sizes: list[NewSize] = field(default_factory=list)
    kept: list[KeptSize] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    matches: list[Proposal] = field(default_factory=list)

    def say(self, *parts: Any) -> None:
        self.lines.append(Line(*parts))

    @property
    def is_empty(self) -> bool:
        """Whether the register already holds everything that the file says."""
        return not any(
            (
                self.organisations,
                self.practices,
                self.pcns,
                self.changes,
                self.former,
                self.members,
                self.periods,
                self.sizes,
                self.beside,
                self.matches,
            )
        )

    @property
    def counts(self) -> dict[str, int]:
        """Lines by kind, with `unchanged`."""
        return {**Counter(line.kind for line in self.lines), "unchanged": self.unchanged}

    @property
    def fingerprint(self) -> str:
        """Changes when the report would read otherwise."""
        return sha256(dumps([self.lines, self.unchanged], default=str).encode()).hexdigest()


KINDS = {
    "new": "New",
    "changed": "Changed",
    "accepted": "Accepted though far off",
    "closed": "Closed",
    "joined": "Joined",
    "left": "Left",
    "matched": "Matched",
    "beside": "Kept beside",
    "rejected": "Rejected",
}


def nothing_to_write(counts: Mapping[str, int]) -> str:
    """What is said of a file that changes nothing, by the counts of its report."""
    if rejected := counts.get("rejected", 0):
        return f"Nothing was changed: {plural(rejected, 'row was', 'rows were')} rejected."
    return "Nothing changes: the register holds everything that this file says."


def in_numbers(counts: dict[str, int]) -> str:
    """Counts of a report in words: 12 new, 3 changed."""
    named = [f"{counts[kind]:,} {word.lower()}" for kind, word in KINDS.items() if counts.get(kind)]
    return ", ".join(named) or "nothing changes"


def ended(first_day_after: date | None) -> str:
    """An end in the words of a report: the last day, as the file gives it. Empty where there is none."""
    return f"until {first_day_after - timedelta(days=1):%-d %B %Y}" if first_day_after else ""


def day(value: date | None) -> str:
    """A date as a former detail holds it."""
    return value.isoformat() if value else ""
