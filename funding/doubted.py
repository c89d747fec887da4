"""What is doubted of a published table or a budget, and of what is printed in it."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q

from pcnportal.findings.models import Finding
from pcnportal.findings.work import newest_and_largest, readable

from .findings import RULES
from .models import Budget, BudgetFigure, BudgetLine, BudgetSection, PublishedAmount, PublishedRate
from .models import PublishedTable as Published

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
    found = list(newest_and_largest(readable(user).filter(about, gone_on__isnull=True)))
    for finding in found:
        finding.title = TITLES.get(finding.rule, finding.about)
    return found
