"""The filters of the list of conditions."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from pcnportal import clock
from registry.conditions import SOON
from registry.models import Condition, Round

SHOW = [
    ("open", "Open (not closed yet)"),
    ("due_soon", f"Due in {SOON.days} days"),
    ("overdue", "Overdue"),
    ("evidence_submitted", "Evidence submitted"),
    *Condition.Result.choices,
]


class ConditionFilter(django_filters.FilterSet):
    status = django_filters.ChoiceFilter(label="Status", choices=SHOW, method="of_status", empty_label="All")
    pcn = django_filters.CharFilter(
        label="PCN", field_name="case__pcn__organisation__name", lookup_expr="icontains"
    )
    owner = django_filters.CharFilter(label="Owner", method="of_owner")
    year = django_filters.ChoiceFilter(label="Year", field_name="case__round__year", empty_label="All")

    class Meta:
        model = Condition
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = Round.objects.values_list("year", flat=True)
        self.filters["year"].extra["choices"] = [(year, year) for year in years]

    def of_status(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        today = clock.today()
        match value:
            case "open":
                return rows.filter(result="")
            case "due_soon":
                return rows.filter(result="", due_on__range=(today, today + SOON))
            case "overdue":
                return rows.filter(result="", due_on__lt=today)
            case "evidence_submitted":
                return rows.filter(result="", awaits_judgement=True)
        return rows.filter(result=value)

    def of_owner(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(
            Q(owner_organisation__name__icontains=value) | Q(owner_person__name__icontains=value)
        )
