"""What the rules read of the register on a day: plain rows, in a constant number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

from django.db.models import F, functions

from pcnportal.findings.rules import read_once
from pcnportal.pages.jinja import day as written
from pcnportal.people.models import FormerDetail, Organisation, Succession
from registry.models import PCN, Case, Membership, Practice
from registry.placings import Placing, placings_on

KIND = Organisation.Kind


@dataclass(frozen=True)
class OrganisationRow:
    """What a practice and a PCN have in common. `is_from_file` says that only a published file names it."""

    pk: int
    code: str
    name: str
    slug: str
    postcode: str
    commissioner: int
    opened_on: date | None
    closed_on: date | None
    is_dormant: bool
    is_from_file: bool
    source: str

    def is_open(self, day: date) -> bool:
        return (
            not self.is_dormant
            and (self.opened_on is None or self.opened_on <= day)
            and (self.closed_on is None or day < self.closed_on)
        )

    def __str__(self) -> str:
        return self.name

    @property
    def organisation(self) -> Organisation:
        return Organisation(pk=self.pk, code=self.code or None, name=self.name, slug=self.slug)


@dataclass(frozen=True)
class PracticeRow(OrganisationRow):
    contract_type: str

    @property
    def record(self) -> Practice:
        return Practice(organisation=self.organisation, commissioner_id=self.commissioner)

    @property
    def named(self) -> str:
        return f"{self.name} ({self.code})"


@dataclass(frozen=True)
class PCNRow(OrganisationRow):
    @property
    def record(self) -> PCN:
        return PCN(organisation=self.organisation, commissioner_id=self.commissioner)


Row = TypeVar("Row", PracticeRow, PCNRow)
ORGANISATION = (
    "pk",
    "organisation__code",
    "organisation__name",
    "organisation__slug",
    "organisation__postcode",
    "commissioner",
    "organisation__opened_on",
    "organisation__closed_on",
    "organisation__is_dormant",
    functions.Coalesce("organisation__closed_source__kind", "organisation__source__kind"),
    "organisation__source__title",
    "organisation__source__published_on",
)


@read_once
def practices_on(day: date) -> dict[int, PracticeRow]:
    """Every practice by its id, with name, postcode, commissioner and contract as on `day`. Three queries."""
    return _as_on(_practices(), day, KIND.PRACTICE)


@read_once
def pcns_on(day: date) -> dict[int, PCNRow]:
    """Every PCN by its id, with name, code and commissioner as on `day`. Three queries."""
    return _as_on(_pcns(), day, KIND.PCN)


@read_once
def _practices() -> list[PracticeRow]:
    """As they stand now, and so the same for any day."""
    found = Practice.objects.order_by("pk").values_list(*ORGANISATION, "contract_type")
    return [PracticeRow(*(*_common(values), values[-1])) for values in found]


@read_once
def _pcns() -> list[PCNRow]:
    found = PCN.objects.order_by("pk").values_list(*ORGANISATION)
    return [PCNRow(*_common(values)) for values in found]


def of_half(rows: Collection[PCNRow], known: Collection[int]) -> set[int]:
    """Commissioners of whose rows at least half are `known`, by their ids.

    Of fewer, nobody has written down what is asked of the others: after a merger one commissioner has the
    PCNs of several, and the documents of some.
    """
    every = Counter(row.commissioner for row in rows)
    held = Counter(row.commissioner for row in rows if row.pk in known)
    return {commissioner for commissioner, count in held.items() if 2 * count >= every[commissioner]}


def _common(values: tuple[Any, ...]) -> tuple[Any, ...]:
    pk, code, *rest, kind, title, published_on = values[: len(ORGANISATION)]
    return (pk, code or "", *rest, kind == "file", sourced(title, published_on))


@lru_cache(maxsize=1024)
def sourced(title: str | None, published_on: date | None) -> str:
    """A source in words, with its date where it is held."""
    return ", ".join(part for part in (title, written(published_on) if published_on else "") if part)


def _as_on(rows: Iterable[Row], day: date, kind: str) -> dict[int, Row]:
    """The rows with what stood on `day` in place of what stands now."""
    found = {row.pk: row for row in rows}
    former = FormerDetail.objects.filter(organisation__kind=kind, until__gt=day).order_by("-until")
    held = list(former.values_list("organisation", "what", "value"))  # the smallest `until` comes last
    if not held:
        return found
    codes = dict(Organisation.objects.filter(kind=KIND.COMMISSIONER).values_list("code", "pk"))
    was: dict[int, dict[str, Any]] = defaultdict(dict)
    for pk, what, value in held:
        given: Any = codes.get(value) if what == "commissioner" else value
        if what == "is_dormant":
            given = value == "yes"
        if pk in found and given is not None and hasattr(found[pk], what):
            was[pk][what] = given
    return found | {pk: type(found[pk])(**(vars(found[pk]) | then)) for pk, then in was.items()}


class Member(NamedTuple):
    """A membership that stands: a practice in a PCN from a day until a day, and by which source."""

    pk: int
    practice: int
    pcn: int
    starts_on: date | None
    ends_on: date | None
    source: str
    kind: str
    case: int | None

    @property
    def is_from_file(self) -> bool:
        return self.kind == "file" and self.case is None


@read_once
def memberships(day: date | None = None) -> list[Member]:
    """Memberships in force on `day`, or all that stand; the earliest first. One query."""
    rows = Membership.objects.on(day) if day else Membership.objects.standing()
    fields = ("pk", "practice", "pcn", "starts_on", "ends_on", "source__title", "source__published_on")
    kind = functions.Coalesce("end_source__kind", "source__kind")
    ordered = rows.order_by(F("starts_on").asc(nulls_first=True), "pk").values_list(*fields, kind, "case")
    return [Member._make((*row[:5], sourced(*row[5:7]), *row[7:])) for row in ordered]


@read_once
def everybodys_placings(day: date) -> list[Placing]:
    """Memberships in force on `day`, and what the forms of all commissioners propose. Two queries."""
    return placings_on(day, Case.objects.order_by().values_list("commissioner", flat=True).distinct())


@read_once
def members_then(today: date) -> MembersThen:
    """Who belonged to each PCN on any day, as far as is known `today`."""
    return MembersThen(today)


class MembersThen:
    """Who belonged to a PCN when something was stated of it: its first members or later, else its form's.

    Three queries for any number of PCNs.
    """

    def __init__(self, today: date) -> None:
        self.rows: dict[int, list[Member]] = defaultdict(list)
        for member in memberships():
            self.rows[member.pcn].append(member)
        self.forms: dict[int, set[int]] = defaultdict(set)
        for placing in everybodys_placings(today):
            if placing.is_proposed:
                self.forms[placing.pcn].add(placing.practice)

    def of(self, pcn: int, day: date) -> set[int]:
        """Practices on `day`, or on the first day after it on which the PCN had any."""
        rows = self.rows.get(pcn)
        if not rows:
            return self.forms.get(pcn, set())
        then = max(day, min(row.starts_on or day for row in rows))
        return {
            row.practice
            for row in rows
            if (row.starts_on or then) <= then and (row.ends_on is None or then < row.ends_on)
        }


@read_once
def heirs_on(day: date) -> dict[int, int]:
    """Who has taken over from whom by `day`: the successor by the predecessor, as ids. One query."""
    taken = Succession.objects.filter(successor__isnull=False, kind=Succession.Kind.SUCCEEDED, on__lte=day)
    return dict(taken.order_by("on", "pk").values_list("predecessor", "successor"))


def heir(pk: int, heirs: dict[int, int]) -> int:
    """Who answers now for what was of an organisation: the last of its successors."""
    seen = {pk}
    while (pk := heirs.get(pk, 0) or pk) not in seen:
        seen.add(pk)
    return pk


@read_once
def names_of(kind: str = KIND.COMMISSIONER) -> dict[int, str]:
    """Names of all organisations of a kind by their id. One query."""
    return dict(Organisation.objects.filter(kind=kind).values_list("pk", "name"))


@read_once
def codes_of_commissioners() -> dict[int, str]:
    """ODS codes of all commissioners by their id. One query."""
    rows = Organisation.objects.filter(kind=KIND.COMMISSIONER).values_list("pk", "code")
    return {pk: code or "" for pk, code in rows}
