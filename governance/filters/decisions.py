"""What the decisions register is filtered by."""

from typing import Any

import django_filters
from django.db.models import Q

from governance.models import Resolution
from pcnportal.pages.days import DayFilter

STANDING, REPLACED = "standing", "replaced"


class ResolutionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="by_words")
    body = django_filters.CharFilter(
        label="Body", field_name="item__meeting__body__name", lookup_expr="icontains"
    )
    held_after = DayFilter(label="From", field_name="item__meeting__held_on", lookup_expr="gte")
    held_before = DayFilter(label="To", field_name="item__meeting__held_on", lookup_expr="lte")
    subject = django_filters.CharFilter(label="Subject", field_name="item__title", lookup_expr="icontains")
    outcome = django_filters.ChoiceFilter(label="Outcome", choices=Resolution.Outcome.choices)
    standing = django_filters.ChoiceFilter(
        label="Stands or replaced",
        choices=[(STANDING, "Stands"), (REPLACED, "Replaced")],
        method="by_standing",
    )

    class Meta:
        model = Resolution
        fields: list[str] = []

    def by_words(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            Q(text__icontains=value)
            | Q(number__icontains=value)
            | Q(reason__icontains=value)
            | Q(item__title__icontains=value)
        )

    def by_standing(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(superseded_by__isnull=value == STANDING)
