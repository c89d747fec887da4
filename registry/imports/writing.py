"""A plan into the register, all of it or nothing; and what takes it back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.text import slugify

from pcnportal.history.models import Source
from pcnportal.people.models import FormerDetail, Organisation, User
from registry.models import (
    PCN,
    FileStatement,
    ImportRun,
    ListSize,
    Membership,
    PCNMatch,
    PCNPeriod,
    Practice,
)

from . import bulk, coding
from .plan import THIS_RUN, Plan

MODELS: dict[str, type[models.Model]] = {
    "organisation": Organisation,
    "practice": Practice,
    "pcn": PCN,
    "member": Membership,
    "period": PCNPeriod,
    "size": ListSize,
    "former": FormerDetail,
    "statement": FileStatement,
    "match": PCNMatch,
    "source": Source,
}
PUBLISHER = "NHS Digital, Organisation Data Service"


@dataclass
class Written:
    """What was written, in that order, so that it can be taken back in the other."""

    inserted: list[tuple[str, list[tuple[int, int]]]] = field(default_factory=list)
    changed: list[tuple[str, str, list[tuple[int, Any, Any]]]] = field(default_factory=list)

    accepted: list[int] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return {"inserted": self.inserted, "changed": self.changed, "accepted": self.accepted}


class Writing:
    """Writes one plan for one run, inside the caller's transaction."""

    def __init__(self, plan: Plan, run: ImportRun, by: User | None) -> None:
        self.plan, self.run, self.by = plan, run, by
        self.written = Written()
        self.source = 0
        self.ids: dict[str, int] = {}

    def write(self) -> Written:
        """Raises `Refused` where the register moved meanwhile: the caller's transaction rolls back."""
        plan = self.plan
        self.source = self.make_source()
        coding.accept(self)
        rows = Organisation.objects.exclude(code=None).order_by().values_list("code", "pk")
        self.ids = {code: pk for code, pk in rows if code}
        self.organisations()
        ids, source = self.ids, self.source
        self.insert(
            "practice", ("organisation_id", "commissioner_id"), _pairs(plan.practices, ids), own_key=True
        )
        self.insert("pcn", ("organisation_id", "commissioner_id"), _pairs(plan.pcns, ids), own_key=True)
        self.change()
        self.insert(
            "former",
            ("organisation_id", "what", "value", "until", "source_id"),
            [(*former, source) for former in plan.former],
        )
        self.insert(
            "member",
            ("practice_id", "pcn_id", "starts_on", "ends_on", "supersedes_id", "source_id"),
            [(ids[m.practice], ids[m.pcn], *m[2:], source) for m in plan.members],
        )
        self.insert(
            "period",
            ("pcn_id", "status", "starts_on", "ends_on", "supersedes_id", "source_id"),
            [(ids[p.pcn], *p[1:], source) for p in plan.periods],
        )
        self.sizes()
        self.insert(
            "statement",
            ("organisation_id", "what", "value", "label", "starts_on", "ends_on", "run_id"),
            [
                (ids[said[0]] if isinstance(said[0], str) else said[0], *said[1:], self.run.pk)
                for said in plan.beside
            ],
        )
        coding.propose(self)
        return self.written

    def make_source(self) -> int:
        run = self.run
        kind = ImportRun.Kind(run.kind)
        run.source = Source.objects.create(
            slug=f"import-{run.pk}-{run.kind.replace('_', '-')}-{run.stated_on}",
            kind=Source.Kind.FILE,
            title=str(kind.label),
            publisher=PUBLISHER,
            published_on=run.stated_on,
            reference=run.file_name,
            note=f"SHA-256 {run.sha256}.",
        )
        self.written.inserted.append(("source", [(run.source.pk, run.source.pk)]))
        return run.source.pk

    def insert(
        self, name: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]], *, own_key: bool = False
    ) -> Sequence[int]:
        """Write rows and say their ids; with `own_key` the id stands in the first column."""
        if not rows:
            return []
        model = MODELS[name]
        if own_key:
            bulk.insert(model, columns, rows)
            made: Sequence[int] = [row[0] for row in rows]
        else:
            made = bulk.new_ids(model, len(rows))
            bulk.insert(model, ("id", *columns), ((pk, *row) for pk, row in zip(made, rows, strict=True)))
        self.written.inserted.append((name, bulk.as_ranges(made)))
        return made

    def organisations(self) -> None:
        # By kind, so that ids of practices stand together: undoing asks and deletes by ranges of ids.
        rows = sorted(self.plan.organisations, key=lambda row: row.kind)
        if not rows:
            return
        taken = set(Organisation.objects.order_by().values_list("slug", flat=True))
        made = self.insert(
            "organisation",
            (
                "code",
                "name",
                "kind",
                "postcode",
                "opened_on",
                "closed_on",
                "is_dormant",
                "slug",
                "source_id",
            ),
            [(*row, free_slug(row.code, taken), self.source) for row in rows],
        )
        self.ids.update(zip((row.code for row in rows), made, strict=True))

    def change(self) -> None:
        """Columns that are held, each kind of column at once."""
        grouped: dict[tuple[str, str], list[tuple[int, Any, Any]]] = defaultdict(list)
        for model, pk, column, old, new in self.plan.changes:
            if column == "commissioner":
                grouped[model, "commissioner_id"].append((pk, self.ids.get(old), self.ids[new]))
            elif new == THIS_RUN:
                grouped[model, "source_id"].append((pk, old, self.source))
            else:
                grouped[model, column].append((pk, old, new))
        for (model, column), rows in grouped.items():
            self.set(model, column, rows)

    def set(self, model: str, column: str, rows: list[tuple[int, Any, Any]]) -> None:
        bulk.change(MODELS[model], column, rows)
        self.written.changed.append((model, column, [(pk, _json(old), _json(new)) for pk, old, new in rows]))

    def sizes(self) -> None:
        documents = self.documents({size.source for size in self.plan.sizes if size.source})
        columns = ("organisation_id", "kind", "as_at", "patients", "supersedes_id", "source_id")
        made = self.insert(
            "size",
            columns,
            [
                (*size[:4], size.supersedes, documents.get(size.source, self.source))
                for size in self.plan.sizes
            ],
        )
        kept = [(*size[1:5], made[size.over], size.source) for size in self.plan.kept]
        self.insert("size", columns, kept)

    def documents(self, titles: Iterable[str]) -> dict[str, int]:
        """Sources of the template's titles, made where there is none of that name."""
        found: dict[str, int] = {}
        for title in sorted(titles):
            own = Source.objects.filter(title__iexact=title, import_run__isnull=True)
            held = own.exclude(kind=Source.Kind.ATTESTED).first()
            if held is None:
                taken = set(Source.objects.values_list("slug", flat=True))
                slug = free_slug(title, taken)
                held = Source.objects.create(slug=slug, kind=Source.Kind.DOCUMENT, title=title)
                self.written.inserted.append(("source", [(held.pk, held.pk)]))
            found[title] = held.pk
        return found


def _pairs(rows: Iterable[tuple[str, str]], ids: dict[str, int]) -> list[tuple[int, int]]:
    return [(ids[code], ids[commissioner]) for code, commissioner in rows]


def free_slug(text: str, taken: set[str]) -> str:
    slug = stem = slugify(text)[:110] or "record"
    number = 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    taken.add(slug)
    return slug


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
