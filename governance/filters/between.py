"""What the list of actions between meetings is filtered by."""

from typing import Any

import django_filters
from django.db.models import Q

from governance.between import SLUGS
from governance.models import BetweenMeetings
from pcnportal.pages.days import DayFilter


class BetweenFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="by_words")
    body = django_filters.CharFilter(label="Body", field_name="body__name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="Whose action", choices=BetweenMeetings.Kind.choices)
    status = django_filters.ChoiceFilter(label="Status", method="by_state", choices=list(SLUGS.items()))
    taken_after = DayFilter(label="From", field_name="taken_on", lookup_expr="gte")
    taken_before = DayFilter(label="To", field_name="taken_on", lookup_expr="lte")

    class Meta:
        model = BetweenMeetings
        fields: list[str] = []

    def by_words(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            Q(text__icontains=value)
            | Q(why__icontains=value)
            | Q(consulted__icontains=value)
            | Q(taken_by__name__icontains=value)
        )

    def by_state(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(state=SLUGS[value])
