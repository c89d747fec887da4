"""The filters of the registrations. None of them costs a query."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet

from governance.models import AgendaItem, Body
from pcnportal import clock
from registry.matching import of_pcn
from registry.models import Case, Status

FIRST_YEAR = 2019  # the Network Contract DES began in 2019/20

CONDITIONS = [("open", "With an open one"), ("overdue", "With an overdue one"), ("none", "With no open one")]


def years() -> list[tuple[str, str]]:
    """The years from the first one to the next, newest first."""
    today = clock.today()
    last = today.year + (today.month > 3)
    return [(year, year) for n in range(last, FIRST_YEAR - 1, -1) for year in (f"{n}/{(n + 1) % 100:02}",)]


class RegistrationFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="Name of the PCN", method="of_pcn")
    status = django_filters.ChoiceFilter(label="Status", choices=Status.choices)
    body = django_filters.ChoiceFilter(label="Is or was before a", choices=Body.Kind.choices, method="before")
    conditions = django_filters.ChoiceFilter(label="Conditions", choices=CONDITIONS, method="with_conditions")
    year = django_filters.ChoiceFilter(label="Year", field_name="round__year", choices=years)
    commissioner = django_filters.ChoiceFilter(label="Commissioner", field_name="commissioner_id")

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {
            role.organisation_id: role.organisation.name
            for role in self.request.user.roles_in_force
            if role.organisation_id in self.request.user.scope("registry.view_case")
        }
        if len(own) > 1:
            self.filters["commissioner"].extra["choices"] = list(own.items())
        else:
            del self.filters["commissioner"]

    def of_pcn(self, rows: Any, _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(of_pcn(text))

    def before(self, rows: Any, _name: str, kind: str) -> QuerySet[Any]:
        """On the agenda of a body of that kind, now or earlier."""
        items = AgendaItem.objects.filter(
            subject_type__app_label="registry",
            subject_type__model="case",
            subject_id=OuterRef("pk"),
            is_taken_off=False,
            meeting__body__kind=kind,
        )
        return rows.filter(Exists(items))

    def with_conditions(self, rows: Any, _name: str, which: str) -> QuerySet[Any]:
        match which:
            case "open":
                return rows.filter(conditions_open__gt=0)
            case "overdue":
                return rows.filter(conditions_overdue__gt=0)
        return rows.filter(conditions_open=0)
