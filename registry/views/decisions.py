"""The decisions register."""

from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from pcnportal.pages.lists import ListPage
from registry.filters.decisions import DecisionFilter
from registry.models import Condition, Decision
from registry.tables.decisions import DecisionTable
from registry.workflow.outcomes import CASE_DECISIONS, OUTCOME, outcome_words

ABOUT_CASES = list(OUTCOME.values())


def register_rows() -> Any:
    """Every decision with what its row shows, the newest first.

    `standing` is Replaced, Overtaken by a later decision of the committee on the case, or In force.
    """
    later = Decision.objects.filter(
        case=OuterRef("case"), pk__gt=OuterRef("pk"), outcome__in=CASE_DECISIONS, superseded_by__isnull=True
    )
    conditions = Condition.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
    return (
        Decision.objects.annotate(
            pcn=F("case__pcn__organisation__name"),
            year=F("case__round__year"),
            body_name=F("body__name"),
            recorded_by_name=F("recorded_by__name"),
            conditions_set=Coalesce(Subquery(conditions.annotate(n=Count("pk")).values("n")), 0),
            standing=Case(
                When(superseded_by__isnull=False, then=Value("Replaced")),
                When(Exists(later) & Q(outcome__in=ABOUT_CASES), then=Value("Overtaken")),
                default=Value("In force"),
            ),
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
            decision.tags = [word for word in (decision.words, decision.standing) if word != "In force"]
        return rows
