"""The records that statements are about, found by their natural keys: a code or a slug."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Model, Q

from pcnportal.findings.statements import Stated
from pcnportal.people.models import Organisation


class About(NamedTuple):
    """A record, its id, its kind of organisation, and the commissioner whose people read of it."""

    record: Model
    pk: int
    kind: str
    commissioner: int | None


def about(statements: Iterable[Stated]) -> dict[str, About]:
    """Organisations, practices and PCNs by the natural key that the statements name. One query."""
    keys = {stated.about for stated in statements}
    rows = Organisation.objects.filter(Q(code__in=keys) | Q(slug__in=keys)).select_related("practice", "pcn")
    found: dict[str, About] = {}
    for row in rows:
        for key in (row.slug, row.code):
            if key:
                found[key] = _about(row)
    return found


def _about(row: Organisation) -> About:
    record: Model = row
    commissioner = row.pk if row.kind == Organisation.Kind.COMMISSIONER else row.part_of_id
    if row.kind == Organisation.Kind.PRACTICE and (practice := getattr(row, "practice", None)):
        record, commissioner = practice, practice.commissioner_id
    elif row.kind == Organisation.Kind.PCN and (pcn := getattr(row, "pcn", None)):
        record, commissioner = pcn, pcn.commissioner_id
    return About(record, row.pk, row.kind, commissioner)
