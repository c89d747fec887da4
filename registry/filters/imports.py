"""The filters of the imports and of the matches."""

from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet

from registry.models import ImportRun, PCNMatch

STATES = {
    "proposed": {"applied_at__isnull": True, "discarded_at__isnull": True},
    "applied": {"applied_at__isnull": False, "undone_at__isnull": True},
    "undone": {"undone_at__isnull": False},
    "discarded": {"discarded_at__isnull": False},
}
HAS_IT = Q(pcn__organisation__code=F("code"))
SAID = {
    "waiting": Q(is_accepted__isnull=True) & ~(Q(pcn__organisation__code__isnull=False) & HAS_IT),
    "confirmed": Q(is_accepted=True),
    "rejected": Q(is_accepted=False),
    "overtaken": Q(is_accepted__isnull=True) & HAS_IT,
}


class ImportFilter(django_filters.FilterSet):
    file = django_filters.CharFilter(label="File", field_name="file_name", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="What it is", choices=ImportRun.Kind.choices)
    state = django_filters.ChoiceFilter(
        label="Status", choices=[(name, name.capitalize()) for name in STATES], method="in_state"
    )

    class Meta:
        model = ImportRun
        fields: list[str] = []

    def in_state(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(**STATES[value])


class MatchFilter(django_filters.FilterSet):
    pcn = django_filters.CharFilter(
        label="PCN", field_name="pcn__organisation__name", lookup_expr="icontains"
    )
    said = django_filters.ChoiceFilter(
        label="Status", choices=[(name, name.capitalize()) for name in SAID], method="that_were"
    )

    class Meta:
        model = PCNMatch
        fields: list[str] = []

    def that_were(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(SAID[value])
