"""The filters of the decisions register."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from governance.models import Body
from registry.models import Decision, Round

CONDITIONAL = "approved_with_conditions"
OUTCOMES = [
    (Decision.Outcome.APPROVED.value, "Approved without conditions"),
    (CONDITIONAL, "Approved with conditions"),
    *(choice for choice in Decision.Outcome.choices if choice[0] != Decision.Outcome.APPROVED),
]


class DecisionFilter(django_filters.FilterSet):
    pcn = django_filters.CharFilter(
        label="PCN", field_name="case__pcn__organisation__name", lookup_expr="icontains"
    )
    outcome = django_filters.ChoiceFilter(label="Outcome", choices=OUTCOMES, method="with_outcome")
    body = django_filters.ChoiceFilter(label="Body", field_name="body__slug")
    year = django_filters.ChoiceFilter(label="Year", field_name="case__round__year")
    standing = django_filters.ChoiceFilter(
        label="In force or not",
        choices=[
            ("In force", "In force"),
            ("Replaced", "Replaced"),
            ("Overtaken", "Overtaken by a later decision"),
        ],
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = self.request.user.scope("registry.view_case")
        bodies = (
            Body.objects.filter(decisions__case__commissioner__in=own).distinct().order_by("name", "slug")
        )
        self.filters["body"].extra["choices"] = list(bodies.values_list("slug", "name"))
        years = Round.objects.order_by("-year").values_list("year", flat=True)
        self.filters["year"].extra["choices"] = [(year, year) for year in years]

    def with_outcome(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        match value:
            case "approved_with_conditions":
                return rows.filter(outcome=Decision.Outcome.APPROVED, conditions_set__gt=0)
            case Decision.Outcome.APPROVED:
                return rows.filter(outcome=value, conditions_set=0)
        return rows.filter(outcome=value)
