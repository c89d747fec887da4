"""Take back what a run wrote, as long as nothing was built on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from pcnportal.findings.models import Finding
from pcnportal.refusals import Refused
from registry.models import ImportRun

from . import bulk, coding
from .writing import MODELS

Ranges = Sequence[Sequence[int]]
SHOWN = 3


def undo(run: ImportRun) -> None:
    """Restore the register as it was before the run; inside the caller's transaction.

    Raises `Refused` where something was built on it.
    """
    inserted = [(MODELS[name], ranges) for name, ranges in run.undo.get("inserted", [])]
    changed = run.undo.get("changed", [])
    if decided := run.matches.filter(version__gt=0).first():
        raise Refused(f"Somebody decided a match that it proposed ({decided}): it can’t be undone.")
    _refuse_answered(inserted)
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
    own: dict[type[models.Model], list[Ranges]] = {}
    for model, ranges in inserted:
        own.setdefault(model, []).append(ranges)
    for model, every in own.items():
        for relation in model._meta.related_objects:
            points_at = Q()
            for ranges in every:
                points_at |= _within(relation.field.name, ranges)
            found = relation.related_model._base_manager.filter(points_at)
            for ranges in own.get(relation.related_model, ()):
                found = found.exclude(_within("pk", ranges))
            if relation.related_model is Finding:
                continue
            if names := [str(row) for row in found[: SHOWN + 1]]:
                more = " and more" if len(names) > SHOWN else ""
                what = relation.related_model._meta.verbose_name_plural
                raise Refused(
                    f"Something was built on this import ({what}: {', '.join(names[:SHOWN])}{more}):"
                    " it can’t be undone."
                )


def _within(field: str, ranges: Ranges) -> Q:
    found = Q(pk__in=[])
    for first, last in ranges:
        found |= Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return found


def _doubts(inserted: Iterable[tuple[type[models.Model], Ranges]]) -> models.QuerySet[Finding]:
    about = Q(pk__in=[])
    for model, ranges in inserted:
        kind = ContentType.objects.get_for_model(model)
        about |= Q(subject_type=kind) & _within("subject_id", ranges)
        if model is MODELS["organisation"]:
            about |= _within("commissioner_id", ranges)
    return Finding.objects.filter(about)


def _refuse_answered(inserted: list[tuple[type[models.Model], Ranges]]) -> None:
    answered = _doubts(inserted).exclude(outcome="").first()
    if answered:
        raise Refused(f"Somebody answered a finding about what it wrote ({answered}): it can’t be undone.")


def _forget_doubts(inserted: list[tuple[type[models.Model], Ranges]]) -> None:
    """Findings about rows that will not be there; nobody answered them."""
    _doubts(inserted).delete()


def _named(name: str) -> str:
    return str(MODELS[name]._meta.verbose_name)
