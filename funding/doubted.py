"""What is doubted of a published table or a budget, and of what is printed in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from pcnportal.findings.models import Finding
from pcnportal.findings.work import newest_and_largest, readable

from .findings import RULES
from .models import Budget, BudgetFigure, BudgetLine, BudgetSection, PublishedAmount, PublishedRate
from .models import PublishedTable as Published
from .rows import Row

TITLES = {rule.slug: rule.title for rule in RULES}
# Of each kind, where its records name the one that holds them.
PARTS: dict[type[Model], dict[type[Model], str]] = {
    Published: {PublishedRate: "table", PublishedAmount: "table"},
    Budget: {BudgetSection: "budget", BudgetLine: "section__budget", BudgetFigure: "budget"},
}


def doubts_of(user: Any, whole: Model) -> list[Finding]:
    """The findings about parts of a table or budget that a user may read and nobody has corrected."""
    parts = PARTS[type(whole)]
    kinds = ContentType.objects.get_for_models(*parts)
    about = Q()
    for model, path in parts.items():
        rows = model._default_manager.filter(**{path: whole}).values("pk")
        about |= Q(subject_type=kinds[model], subject_id__in=rows)
    return _titled(newest_and_largest(readable(user).filter(about, gone_on__isnull=True)))


def doubts_beside(user: Any, rows: Iterable[Row]) -> dict[int, list[Finding]]:
    """By payment what is doubted of the published amounts of a PCN’s rows, or of what their table says of it.

    Those that a user may read and nobody has corrected. A constant number of queries.
    """
    published = {row.published.pk: row.published for row in rows if row.published}
    if not published:
        return {}
    headed: dict[tuple[int, Any], int] = {
        (one.table_id, one.payment_id): one.pk
        for one in PublishedRate.objects.filter(table__in={one.table_id for one in published.values()})
    }
    payments: dict[tuple[type[Model], int], Any] = {}
    for amount in published.values():
        payments[PublishedAmount, amount.pk] = amount.payment_id
        rate = headed.get((amount.table_id, amount.payment_id))
        if rate:
            payments[PublishedRate, rate] = amount.payment_id
    kinds = ContentType.objects.get_for_models(PublishedAmount, PublishedRate)
    models = {kind.pk: model for model, kind in kinds.items()}
    about = Q()
    for model, kind in kinds.items():
        about |= Q(subject_type=kind, subject_id__in=[pk for of, pk in payments if of is model])
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in _titled(newest_and_largest(readable(user).filter(about, gone_on__isnull=True))):
        found[payments[models[finding.subject_type_id], finding.subject_id]].append(finding)
    return dict(found)


def _titled(found: Iterable[Any]) -> list[Any]:
    findings = list(found)
    for finding in findings:
        finding.title = TITLES.get(finding.rule, finding.about)
    return findings
