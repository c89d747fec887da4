"""Imports: a file is read and checked, its report shown, then written in one transaction, or taken back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from django.core.files.base import File
from django.db import transaction
from django.db.models import F

from pcnportal import clock
from pcnportal.history.record import record
from pcnportal.people.models import User
from pcnportal.refusals import NotAllowed, Refused, Stale
from registry.imports import bulk, undoing
from registry.imports.after import after_import
from registry.imports.asked import Asked
from registry.imports.days import refuse_older
from registry.imports.days import stated_on as day_of_file
from registry.imports.making import make_plan
from registry.imports.plan import Plan, in_numbers, nothing_to_write
from registry.imports.reading import read
from registry.imports.reading.rows import Kind, Read
from registry.imports.writing import Writing
from registry.models import ImportRun

PERMISSION = "registry.import_file"
Progress = Callable[[int, int], None]


def examine(asked: Asked, *, progress: Progress | None = None) -> tuple[Read, Plan]:
    """Read and check a file and say what it changes. Nothing is written.

    Raises `Refused` with a sentence where the file is refused whole.
    """
    found = read(cast("Kind", asked.kind), asked.content, asked.name, progress=progress)
    day = day_of_file(asked.stated_on, found.stated_on, asked.name)
    refuse_older(asked.kind, day, asked.codes)
    plan = make_plan(
        found, day, asked.codes, accept_matches=asked.accept_matches, accept_jumps=asked.accept_jumps
    )
    return found, plan


@transaction.atomic
def propose(asked: Asked, *, by: User) -> ImportRun:
    """Keep a file with its report, for somebody to apply it or discard it. The register stays as it is.

    Raises `Refused` where the file is refused whole, `NotAllowed` where `by` may not import.
    """
    _allow(by)
    found, plan = examine(asked)
    run = _run(asked, found, plan, by)
    run.undo = _asked_of(plan)
    asked.content.seek(0)
    run.file.save(run.sha256, File(asked.content), save=False)
    run.save()
    record(by, "read_file", run, counts=in_numbers(run.counts))
    return run


def import_file(
    asked: Asked,
    *,
    by: User | None = None,
    progress: Progress | None = None,
    tell: Callable[[Plan], None] | None = None,
) -> tuple[ImportRun | None, Plan]:
    """Read, check and write a file at once; the run is None where it changes nothing.

    `by` is empty for a command that nobody names; `tell` is given the plan before anything is written.
    Raises `Refused` where the file is refused whole: nothing is written then.
    """
    run, plan = write_file(asked, by=by, progress=progress, tell=tell)
    # Where nothing changes too: an earlier run may have ended before it came to this.
    after_import()
    return run, plan


@transaction.atomic
def write_file(
    asked: Asked,
    *,
    by: User | None = None,
    progress: Progress | None = None,
    tell: Callable[[Plan], None] | None = None,
) -> tuple[ImportRun | None, Plan]:
    """As `import_file`, but what the portal doubts is not worked out anew."""
    if by is not None:
        _allow(by)
    bulk.alone()
    with bulk.uncollected():
        found, plan = examine(asked, progress=progress)
        if tell:
            tell(plan)
        if plan.is_empty:
            return None, plan
        run = _run(asked, found, plan, by)
        run.save()
        _write(run, plan, by)
    return run, plan


def apply(run: ImportRun, *, by: User, seen: int) -> None:
    """Write what a proposed run says, as long as its report is still true.

    Raises `Stale` where somebody applied or discarded it meanwhile, `Refused` where the register moved: the
    run then has a new report to be read.
    """
    _allow(by)
    with _kept(run) as content:
        asked = Asked.of(run, content)
        with transaction.atomic(), bulk.uncollected():
            bulk.alone()
            held = _advance(run, seen)
            _, plan = examine(asked)
            moved = plan.fingerprint != held.undo.get("fingerprint")
            if moved:
                held.counts, held.report = plan.counts, plan.lines
                held.undo = _asked_of(plan)
                held.save(update_fields=["counts", "report", "undo"])
            elif plan.is_empty:
                raise Refused(nothing_to_write(plan.counts))
            else:
                _write(held, plan, by)
                _drop_file(held)
    if moved:
        raise Refused(
            "The register changed since this report was made. The report is made anew: read it, then apply."
        )
    after_import()


def _kept(run: ImportRun) -> Any:
    """The file of a proposed run. `Stale` where it went with a decision, `Refused` where it is lost."""
    if not run.file:
        raise Stale(run)
    try:
        return run.file.open("rb")
    except FileNotFoundError as lost:
        raise Refused("The file is no longer kept here. Discard this import and upload it again.") from lost


@transaction.atomic
def discard(run: ImportRun, *, by: User, seen: int) -> None:
    """Don't apply a proposed run. Its report stays, the file goes."""
    _allow(by)
    held = _advance(run, seen)
    held.discarded_at = clock.now()
    held.save(update_fields=["discarded_at"])
    _drop_file(held)
    record(by, "discarded", held)


def undo(run: ImportRun, *, by: User, seen: int, reason: str) -> None:
    """Take back the last run that was applied: the register is as it was before it.

    Raises `Refused` where a later run was applied, or where something was built on what it wrote.
    """
    _allow(by)
    _undo(run, by=by, seen=seen, reason=reason)
    after_import()


@transaction.atomic
def _undo(run: ImportRun, *, by: User, seen: int, reason: str) -> None:
    bulk.alone()
    won = ImportRun.objects.filter(
        pk=run.pk, version=seen, applied_at__isnull=False, undone_at__isnull=True
    ).update(version=F("version") + 1)
    if not won:
        raise Stale(run)
    held = ImportRun.objects.get(pk=run.pk)
    # Sources are made when a run is applied, and go when it is undone: their order is that of the runs.
    if later := ImportRun.objects.filter(source__gt=held.source_id).order_by("source").last():
        raise Refused(f"A later import was applied since: {later}. Undo that one first.")
    undoing.undo(held)
    held.undone_at, held.undone_by = clock.now(), by
    held.save(update_fields=["undone_at", "undone_by"])
    record(by, "undone", held, reason)


def _run(asked: Asked, found: Read, plan: Plan, by: User | None) -> ImportRun:
    return ImportRun(
        kind=asked.kind,
        file_name=asked.name[-200:],
        stated_on=plan.stated_on,
        sha256=found.sha256,
        size=found.size,
        codes=list(asked.codes),
        accepts_matches=asked.accept_matches,
        accepts_jumps=asked.accept_jumps,
        counts=plan.counts,
        report=plan.lines,
        by=by,
        read_at=clock.now(),
    )


def _asked_of(plan: Plan) -> dict[str, Any]:
    """What a proposed run remembers of its plan, in the place of what will take it back."""
    return {"fingerprint": plan.fingerprint, "is_empty": plan.is_empty}


def _write(run: ImportRun, plan: Plan, by: User | None) -> None:
    written = Writing(plan, run, by).write()
    run.undo = written.as_json()
    run.applied_at = clock.now()
    run.save(update_fields=["source", "undo", "applied_at"])
    record(by, "imported", run, counts=in_numbers(run.counts))


def _advance(run: ImportRun, seen: int) -> ImportRun:
    """The proposed run, locked for this transaction. Raises `Stale` where it is no longer the one seen."""
    won = ImportRun.objects.filter(
        pk=run.pk, version=seen, applied_at__isnull=True, discarded_at__isnull=True
    ).update(version=F("version") + 1)
    if not won:
        raise Stale(run)
    return ImportRun.objects.get(pk=run.pk)


def _drop_file(run: ImportRun) -> None:
    """Once the transaction holds: what the file said is in the register, or nobody wants it."""
    storage, name = run.file.storage, run.file.name or ""
    run.file = ""
    run.save(update_fields=["file"])

    def drop() -> None:
        with suppress(OSError):
            storage.delete(name)

    if name:
        transaction.on_commit(drop)


def _allow(by: User) -> None:
    if not by.can(PERMISSION):
        raise NotAllowed("Your role does not allow this.")
