"""Columns and filters of the list of meetings."""

from typing import Any

import django_filters

from governance.models import Meeting
from pcnportal import clock
from pcnportal.pages.days import DayFilter
from pcnportal.pages.tables import Column, Day, Number, Status, Table


class MeetingTable(Table):
    body = Column("Meeting of", accessor="body__name", to=lambda m: m.get_absolute_url())
    held_on = Day("Date")
    items_count = Number("Agenda items")
    commissioner = Column("Recorded for", accessor="commissioner__name")
    stage = Status("Status", orderable=False)
    export_columns = {
        "id": "pk",
        "body": "body__name",
        "held_on": "held_on",
        "items": "items_count",
        "commissioner": "commissioner__name",
        "status": "stage",
    }


class MeetingFilter(django_filters.FilterSet):
    body = django_filters.CharFilter(label="Body", field_name="body__name", lookup_expr="icontains")
    when = django_filters.ChoiceFilter(
        label="When", method="by_when", choices=[("coming", "Today or later"), ("past", "Past")]
    )
    held_after = DayFilter(label="From", field_name="held_on", lookup_expr="gte")

    class Meta:
        model = Meeting
        fields: list[str] = []

    def by_when(self, rows: Any, _name: str, value: str) -> Any:
        today = clock.today()
        return rows.filter(held_on__gte=today) if value == "coming" else rows.filter(held_on__lt=today)
