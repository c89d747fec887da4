"""What the register holds, read once for a file: the same number of queries for any number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.people.models import FormerDetail, Organisation, Succession
from registry.models import PCN, Case, FileStatement, Membership, PCNMatch, PCNPeriod, Practice
from registry.placings import forms_that_stand

from .plan import Beside


class HeldOrganisation(NamedTuple):
    pk: int
    code: str | None
    name: str
    kind: str
    postcode: str
    opened_on: date | None
    closed_on: date | None
    is_dormant: bool
    source: int | None


class HeldSource(NamedTuple):
    """`run` is the kind of import that made it, None where none did."""

    pk: int
    kind: str
    published_on: date | None
    run: str | None


class HeldMember(NamedTuple):
    """A membership; `pk` is 0 where a form that stands proposes it and it has not begun."""

    pk: int
    practice: int
    pcn: int
    starts_on: date | None
    ends_on: date | None
    is_of_a_file: bool


class HeldPeriod(NamedTuple):
    pk: int
    pcn: int
    standing: str
    starts_on: date | None
    ends_on: date | None


@dataclass
class Held:
    """The register as a plan compares it with a file. Each part is read when it is first asked for."""

    by_code: dict[str, HeldOrganisation] = field(default_factory=dict)
    by_pk: dict[int, HeldOrganisation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = ("pk", "code", "name", "kind", "postcode", "opened_on", "closed_on", "is_dormant")
        # Once somebody said of it that it closed, or did not, no file keeps it up.
        source = Coalesce("closed_source_id", "source_id")
        for row in Organisation.objects.order_by().values_list(*names, source):
            held = HeldOrganisation._make(row)
            self.by_pk[held.pk] = held
            if held.code:
                self.by_code[held.code] = held

    @cached_property
    def sources(self) -> dict[int, HeldSource]:
        rows = Source.objects.order_by().values_list("pk", "kind", "published_on", "import_run__kind")
        return {row[0]: HeldSource._make(row) for row in rows}

    @cached_property
    def files(self) -> set[int | None]:
        """Ids of the sources that are published files; a row without a source is of no file."""
        return {source.pk for source in self.sources.values() if source.kind == Source.Kind.FILE}

    @cached_property
    def practices(self) -> dict[int, int]:
        """Commissioner of each practice."""
        return dict(Practice.objects.order_by().values_list("pk", "commissioner"))

    @cached_property
    def pcns(self) -> dict[int, int]:
        """Commissioner of each PCN."""
        return dict(PCN.objects.order_by().values_list("pk", "commissioner"))

    @cached_property
    def former(self) -> dict[tuple[int, str], list[tuple[date, int | None]]]:
        """(until, source) of what stood before, the newest last, by organisation and detail."""
        found: dict[tuple[int, str], list[tuple[date, int | None]]] = defaultdict(list)
        rows = FormerDetail.objects.order_by("until").values_list("organisation", "what", "until", "source")
        for organisation, what, until, source in rows:
            found[organisation, what].append((until, source))
        return found

    @cached_property
    def put_right(self) -> dict[tuple[int, str], date]:
        """By organisation and detail the last day of a change that a file made and somebody withdrew."""
        rows = FormerDetail.every.filter(is_withdrawn=True, source__in=self.files - {None})
        found = rows.order_by("until").values_list("organisation", "what", "until")
        return {(organisation, what): until for organisation, what, until in found}

    @cached_property
    def successions(self) -> dict[int, dict[int, date | None]]:
        """By predecessor, its successors with the day of each succession."""
        found: dict[int, dict[int, date | None]] = defaultdict(dict)
        rows = Succession.objects.filter(successor__isnull=False)
        for before, after, on in rows.values_list("predecessor", "successor", "on"):
            if after:
                found[before][after] = on
        return found

    def successor(self, before: int, after: int) -> tuple[bool, date | None]:
        """Whether `after` took over from `before`, at once or in steps, and the day of the first step."""
        ways = list(self.successions.get(before, {}).items())
        met = {before}
        while ways:
            at, on = ways.pop(0)
            if at == after:
                return True, on
            if at not in met:
                met.add(at)
                ways += [(further, on) for further in self.successions.get(at, {})]
        return False, None

    @cached_property
    def closed_by_people(self) -> set[int]:
        """Organisations whose list somebody recorded as merged, taken on or dispersed."""
        rows = Succession.objects.exclude(kind=Succession.Kind.SUCCEEDED).values_list("predecessor", "source")
        return {before for before, source in rows if source not in self.files}

    @cached_property
    def members(self) -> dict[int, list[HeldMember]]:
        """Memberships that stand, and what forms propose that stand, by practice."""
        found: dict[int, list[HeldMember]] = defaultdict(list)
        source = Coalesce("end_source_id", "source_id")
        fields = ("pk", "practice", "pcn", "starts_on", "ends_on", source, "case")
        for row in Membership.objects.standing().order_by("pk").values_list(*fields):
            is_of_a_file = row[5] in self.files and row[6] is None
            found[row[1]].append(HeldMember(row[0], row[1], row[2], row[3], row[4], is_of_a_file))
        for practice, pcn in self._proposed:
            found[practice].append(HeldMember(0, practice, pcn, None, None, False))
        return found

    @property
    def _proposed(self) -> Iterable[tuple[int, int]]:
        whose = Case.objects.order_by().values_list("commissioner", flat=True).distinct()
        forms = forms_that_stand(clock.today(), whose)
        return forms.order_by("pk").values_list("practice", "submission__case__pcn")

    @cached_property
    def periods(self) -> dict[int, list[HeldPeriod]]:
        """Periods that stand and that a file gave, by PCN."""
        found: dict[int, list[HeldPeriod]] = defaultdict(list)
        rows = PCNPeriod.objects.standing().filter(source__in=self.files)
        rows = rows.filter(case__isnull=True, end_source__isnull=True)
        for row in rows.order_by("pk").values_list("pk", "pcn", "status", "starts_on", "ends_on"):
            found[row[1]].append(HeldPeriod._make(row))
        return found

    @cached_property
    def matches(self) -> dict[tuple[int, str], tuple[int, bool | None]]:
        """(id, what was said) of each match that was proposed, by PCN and code."""
        rows = PCNMatch.objects.order_by().values_list("pcn", "code", "pk", "is_accepted")
        return {(pcn, code): (pk, said) for pcn, code, pk, said in rows}

    @cached_property
    def reconsidered(self) -> set[tuple[int, str]]:
        """Matches, by PCN and code, that somebody decided and opened again: no file decides them."""
        rows = PCNMatch.objects.filter(is_accepted__isnull=True, version__gt=0)
        return set(rows.values_list("pcn", "code"))

    @cached_property
    def coded_by_people(self) -> set[int]:
        """PCNs whose code no file gave: a person or a document did."""
        rows = PCN.objects.filter(organisation__code__isnull=False)
        confirmed = PCNMatch.objects.filter(is_accepted=True, code=F("pcn__organisation__code"))
        by_file = Q(organisation__source__in=self.files - {None}) | Q(pk__in=confirmed.values("pcn"))
        return set(rows.exclude(by_file).order_by().values_list("pk", flat=True))

    def statements(self, kind: str) -> dict[Beside, int]:
        """Statements that stand of files of one kind, by what they say."""
        fields = ("organisation", "what", "value", "label", "starts_on", "ends_on", "pk")
        rows = FileStatement.objects.standing().filter(run__kind=kind).order_by().values_list(*fields)
        return {Beside._make(row[:6]): row[6] for row in rows}

    def code(self, pk: int | None) -> str:
        return (self.by_pk[pk].code or "") if pk in self.by_pk else ""

    def name(self, pk: int) -> str:
        return self.by_pk[pk].name if pk in self.by_pk else ""
