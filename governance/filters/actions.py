"""What the register of actions is filtered by."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q

from governance.actions import owned_by
from governance.models import Action, ActionOwner
from pcnportal import clock
from pcnportal.pages.days import DayFilter
from pcnportal.pages.work import SOON

SHOW = [
    ("open", "Open (not closed yet)"),
    ("due_soon", f"Due in {SOON.days} days"),
    ("overdue", "Overdue"),
    ("done", "Done"),
    ("dropped", "Dropped"),
]


class ActionFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", field_name="text", lookup_expr="icontains")
    status = django_filters.ChoiceFilter(label="Status", choices=SHOW, method="by_status", empty_label="All")
    body = django_filters.CharFilter(label="Body", field_name="body__name", lookup_expr="icontains")
    owner = django_filters.CharFilter(label="Owner", method="by_owner")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Action.Kind.choices, empty_label="All")
    due_from = DayFilter(label="Due from", field_name="due_day", lookup_expr="gte")
    due_to = DayFilter(label="Due to", field_name="due_day", lookup_expr="lte")
    whose = django_filters.ChoiceFilter(label="Whose", method="by_whose", choices=[("mine", "Mine")])

    class Meta:
        model = Action
        fields: list[str] = []

    def by_status(self, rows: Any, _name: str, value: str) -> Any:
        today, is_open = clock.today(), Q(status=Action.Status.OPEN)
        match value:
            case "due_soon":
                return rows.filter(is_open, due_day__range=(today, today + SOON))
            case "overdue":
                return rows.filter(is_open, due_day__lt=today)
        return rows.filter(status=value)

    def by_owner(self, rows: Any, _name: str, value: str) -> Any:
        named = (
            Q(person__name__icontains=value)
            | Q(organisation__name__icontains=value)
            | Q(name__icontains=value)
        )
        return rows.filter(Exists(ActionOwner.objects.filter(named, action=OuterRef("pk"))))

    def by_whose(self, rows: Any, _name: str, _value: str) -> Any:
        """Those of which the user's own person is an owner."""
        return rows.filter(owned_by(self.request.user))
