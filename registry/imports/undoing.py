"""Take back what a run wrote, as long as nothing was built on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from pcnportal.findings.models import Finding
from pcnportal.people.models import FormerDetail
from pcnportal.refusals import Refused
from registry.models import ImportRun

from . import bulk, coding
from .writing import MODELS

Ranges = Sequence[Sequence[int]]
SHOWN = 3
AT_ONCE = 100


def undo(run: ImportRun) -> None:
    """Restore the register as it was before the run; inside the caller's transaction.

    Raises `Refused` where something was built on it.
    """
    inserted = [(MODELS[name], ranges) for name, ranges in run.undo.get("inserted", [])]
    changed = run.undo.get("changed", [])
    if decided := run.matches.filter(version__gt=0).first():
        raise Refused(f"Somebody decided a match that it proposed ({decided}): it can’t be undone.")
    _refuse_answered(inserted)
    _refuse_corrected(inserted)
    run.source = None
    run.save(update_fields=["source"])
    for name, column, rows in reversed(changed):
        field = MODELS[name]._meta.get_field(column)
        back = [(pk, field.to_python(new), field.to_python(old)) for pk, old, new in rows]  # type: ignore[union-attr]
        try:
            bulk.change(MODELS[name], column, back)
        except Refused as refusal:
            raise Refused(
                f"Something that this import wrote was changed since ({_named(name)}): it can’t be undone."
            ) from refusal
    coding.open_again(run.undo.get("accepted", []))
    _refuse_what_was_built(inserted)
    _forget_doubts(inserted)
    for model, ranges in reversed(inserted):
        bulk.delete(model, [(first, last) for first, last in ranges])


def _refuse_what_was_built(inserted: Iterable[tuple[type[models.Model], Ranges]]) -> None:
    """Rows of others that point at a row of the run."""
    own: dict[type[models.Model], list[Sequence[int]]] = defaultdict(list)
    for model, ranges in inserted:
        own[model] += ranges
    for model, every in own.items():
        for relation in relations_to(model):
            if relation.related_model is Finding:
                continue
            for points_at in _within(relation.field.name, every):
                _refuse_strangers(relation.related_model, points_at, own.get(relation.related_model, []))


def relations_to(model: type[models.Model]) -> list[Any]:
    """Of other models what points at this one, also where no name leads back."""
    return [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignObjectRel) and not field.related_model._meta.auto_created
    ]


def _refuse_strangers(model: type[models.Model], points_at: Q, own: Ranges) -> None:
    """Refuse where rows that `points_at` finds are not the run's `own`."""
    found = model._base_manager.filter(points_at)
    for mine in _within("pk", own):
        found = found.exclude(mine)
    if names := [str(row) for row in found[: SHOWN + 1]]:
        more = " and more" if len(names) > SHOWN else ""
        raise Refused(
            f"Something was built on this import ({model._meta.verbose_name_plural}:"
            f" {', '.join(names[:SHOWN])}{more}): it can’t be undone."
        )


def _within(field: str, ranges: Ranges) -> Iterator[Q]:
    """Conditions for ids in the ranges, a few ranges at a time: a database nests only so deep."""
    for at in range(0, len(ranges), AT_ONCE):
        found = Q(pk__in=[])
        for first, last in ranges[at : at + AT_ONCE]:
            found |= Q(**{f"{field}__gte": first, f"{field}__lte": last})
        yield found


def _doubts(inserted: Iterable[tuple[type[models.Model], Ranges]]) -> Iterator[models.QuerySet[Finding]]:
    """Findings about rows of the run, or of a commissioner that it made."""
    for model, ranges in inserted:
        kind = ContentType.objects.get_for_model(model)
        for within in _within("subject_id", ranges):
            yield Finding.objects.filter(within, subject_type=kind)
        if model is MODELS["organisation"]:
            for within in _within("commissioner_id", ranges):
                yield Finding.objects.filter(within)


def _refuse_answered(inserted: list[tuple[type[models.Model], Ranges]]) -> None:
    for doubts in _doubts(inserted):
        if answered := doubts.exclude(outcome="").first():
            raise Refused(
                f"Somebody answered a finding about what it wrote ({answered}): it can’t be undone."
            )


def _refuse_corrected(inserted: Iterable[tuple[type[models.Model], Ranges]]) -> None:
    for model, ranges in inserted:
        for within in _within("pk", ranges) if model is FormerDetail else ():
            if wrong := FormerDetail.every.filter(within, is_withdrawn=True).first():
                raise Refused(f"Somebody corrected what it wrote ({wrong}): it can’t be undone.")


def _forget_doubts(inserted: list[tuple[type[models.Model], Ranges]]) -> None:
    """Findings about rows that will not be there; nobody answered them."""
    for doubts in _doubts(inserted):
        doubts.delete()


def _named(name: str) -> str:
    return str(MODELS[name]._meta.verbose_name)
