"""The decisions register."""

from typing import Any

from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce

from pcnportal.pages.lists import ListPage
from registry.filters.decisions import DecisionFilter
from registry.models import Condition, Decision
from registry.tables.decisions import DecisionTable
from registry.workflow.outcomes import outcome_words


def register_rows() -> Any:
    """Every decision with what its row shows, the newest first."""
    conditions = Condition.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
    return (
        Decision.objects.annotate(
            pcn=F("case__pcn__organisation__name"),
            year=F("case__round__year"),
            body_name=F("body__name"),
            recorded_by_name=F("recorded_by__name"),
            conditions_set=Coalesce(Subquery(conditions.annotate(n=Count("pk")).values("n")), 0),
            replaced=Case(When(superseded_by__isnull=False, then=Value("Replaced")), default=Value("")),
            letter_text=Case(When(letter__isnull=False, then=Value("Letter")), default=Value("")),
        )
        .select_related("case__pcn")
        .order_by("-decided_on", "-pk")
    )


class DecisionList(ListPage):
    permission = "registry.view_case"
    scope = "case__commissioner_id"
    model = Decision
    title = "Decisions"
    what = ("decision", "decisions")
    intro = "What bodies decided about registrations and conditions."
    table_class = DecisionTable
    filterset_class = DecisionFilter
    template_name = "registry/decisions.jinja"

    def rows(self) -> Any:
        return register_rows()

    def complete(self, rows: list[Any]) -> list[Any]:
        for decision in rows:
            decision.words = outcome_words(decision.outcome, decision.conditions_set)
        return rows
