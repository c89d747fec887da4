"""Counts and totals that a document states, against the register's rows on the day of the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.findings.statements import Stated, stated_about
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import number
from pcnportal.people.models import Organisation
from registry.models import PCN
from registry.placings import dated, newest_sizes

from .about import About, about
from .mending import look_at_rows
from .rows import everybodys_placings, pcns_on, practices_on
from .sizing import AVERAGED, nearest_sizes, percent, whole

ROWS = "The register’s rows"


class Counted(NamedTuple):
    """What the register's rows say; `tolerance` is a share within which a figure agrees.

    `unknown` are rows of which it is not held whether they count.
    """

    value: Decimal
    said: str
    by: str = ROWS
    is_patients: bool = False
    tolerance: Decimal = Decimal(0)
    unknown: int = 0


class Register:
    """The rows of each day that some statement is about, read once a day."""

    def __init__(self) -> None:
        self.practices = cache(practices_on)
        self.pcns = cache(pcns_on)
        self.placings = cache(everybodys_placings)

    def open_practices(self, commissioner: int, day: date) -> list[int]:
        rows = self.practices(day).values()
        return [row.pk for row in rows if row.commissioner == commissioner and row.is_open(day)]

    def members(self, pcn: int, day: date) -> set[int]:
        return {placing.practice for placing in self.placings(day) if placing.pcn == pcn}


def practices_of_commissioner(register: Register, of: About, day: date, what: str) -> Counted | None:
    found = len(register.open_practices(of.pk, day))
    return Counted(Decimal(found), f"{found} open on {written(day)}") if found else None


def contracts(register: Register, of: About, day: date, what: str) -> Counted | None:
    rows = register.practices(day)
    held = Counter(rows[pk].contract_type for pk in register.open_practices(of.pk, day))
    if not held:
        return None
    found, unknown = held[what.partition(":")[2]], held[""]
    more = f"; the contracts of {unknown} are not held" if unknown else ""
    return Counted(Decimal(found), f"{found} on {written(day)}{more}", unknown=unknown)


def pcns_of_commissioner(register: Register, of: About, day: date, what: str) -> Counted | None:
    found = sum(row.commissioner == of.pk and row.is_open(day) for row in register.pcns(day).values())
    return Counted(Decimal(found), f"{found} held on {written(day)}") if found else None


def largest_pcn(register: Register, of: About, day: date, what: str) -> Counted | None:
    """The largest PCN of the commissioner by its newest list size, which may not be more than is stated."""
    pcns = {
        pk: row for pk, row in register.pcns(day).items() if row.commissioner == of.pk and row.is_open(day)
    }
    sizes = newest_sizes(day, pcns)
    if not sizes:
        return None
    pk, size = max(sizes.items(), key=lambda held: held[1].patients)
    said = f"{number(size.patients)} in {pcns[pk]} ({dated(size.as_at, size.averaged_from)})"
    return Counted(size.patients, said, size.source__title, is_patients=True)


def practices_of_pcn(register: Register, of: About, day: date, what: str) -> Counted | None:
    found = len(register.members(of.pk, day))
    return Counted(Decimal(found), f"{found} held on {written(day)}") if found else None


def patients_of_commissioner(register: Register, of: About, day: date, what: str) -> Counted | None:
    """The practices' lists of official files nearest to the day, where every one of them is held."""
    practices = register.open_practices(of.pk, day)
    sizes = nearest_sizes(day, practices)
    if not practices or len(sizes) < len(practices):
        return None
    total = sum((size.patients for size in sizes.values()), Decimal(0))
    first = next(iter(sizes.values()))
    said = f"{number(whole(total))} on the practices’ lists ({first.dated})"
    return Counted(total, said, first.source, is_patients=True, tolerance=AVERAGED)


# What can be counted, by the kind of the organisation and the word of the statement.
COUNTS: dict[tuple[str, str], Callable[[Register, About, date, str], Counted | None]] = {
    (Organisation.Kind.COMMISSIONER, "practices"): practices_of_commissioner,
    (Organisation.Kind.COMMISSIONER, "contract"): contracts,
    (Organisation.Kind.COMMISSIONER, "pcns"): pcns_of_commissioner,
    (Organisation.Kind.COMMISSIONER, "patients"): patients_of_commissioner,
    (Organisation.Kind.COMMISSIONER, "largest_pcn"): largest_pcn,
    (Organisation.Kind.PCN, "practices"): practices_of_pcn,
}


def against_rows(day: date) -> Iterator[Doubt]:
    """Each stated count or total that the rows of its own day do not bear out.

    One of which no day is held is compared with none: the register has other rows every day.
    """
    statements = _once([*stated_about(Organisation, day), *stated_about(PCN, day)])
    records, register = about(statements), Register()
    for stated in statements:
        of = records.get(stated.about)
        count = COUNTS.get((of.kind, stated.what.partition(":")[0])) if of else None
        if of is None or count is None or stated.number is None or stated.day is None:
            continue
        counted = count(register, of, stated.day, stated.what)
        if counted is not None and not _agrees(stated, counted):
            yield _doubt(of, stated, counted)


def _once(statements: list[Stated]) -> list[Stated]:
    """Of what a document says more than once, the first place."""
    first = {(s.about, s.what, s.value, s.source_id, s.on): s for s in reversed(statements)}
    return sorted(first.values(), key=lambda stated: stated.pk)


def _agrees(stated: Stated, counted: Counted) -> bool:
    figure = stated.number or Decimal(0)
    if stated.what.endswith(":over"):
        return counted.value > figure
    if stated.what == "largest_pcn":
        return counted.value <= figure
    if counted.unknown:
        return counted.value <= figure <= counted.value + counted.unknown
    return abs(counted.value - figure) <= counted.tolerance * figure


def _doubt(of: About, stated: Stated, counted: Counted) -> Doubt:
    off = counted.value - (stated.number or Decimal(0))
    return Doubt(
        subject=of.record,
        commissioner=of.commissioner,
        key=f"{stated.what} {stated.pk}",
        stated=stated.quoted,
        stated_by=stated.by,
        found=counted.said,
        found_by=counted.by,
        difference=f"{_signed(off)}{percent(off, stated.number) if counted.is_patients else ''}",
        patients=abs(off) if counted.is_patients else None,
        meaning="Either the document counted otherwise, or a row of the register is missing or too many.",
    )


def _signed(off: Decimal) -> str:
    return f"{number(whole(abs(off)))} {'more' if off > 0 else 'fewer'}"


RULES = (
    Rule(
        slug="stated-count-against-rows",
        group="documents",
        title="A stated count that the rows do not bear out",
        question="Does a document state a number of practices, contracts, PCNs or patients that the "
        "register’s "
        "rows of the same day do not add up to?",
        source="Each statement with its document and page, and the rows in force on the day for which it is "
        "stated. Counts have to be the same; patients may differ by 5 %, since the lists are averages over a "
        "year. “Over” a figure means more than it.",
        to_do="Look the rows up on that day; correct the register, or accept it where the document is wrong.",
        find=against_rows,
        mend=look_at_rows,
    ),
)
