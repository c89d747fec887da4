"""What the registers of interests and of breaches are filtered by."""

from typing import Any

import django_filters
from django.db.models import Q

from governance.interests import KEPT, LATE, ON_TIME, in_force, published
from governance.models import Breach, Interest
from pcnportal import clock
from pcnportal.pages.days import DayFilter

HELD, ENDED, ALL = "held", "ended", "all"


class InterestFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="by_words")
    person = django_filters.CharFilter(label="Person", field_name="person__name", lookup_expr="icontains")
    organisation = django_filters.CharFilter(label="Organisation", method="by_organisation")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Interest.Kind.choices)
    late = django_filters.ChoiceFilter(
        label="Declared",
        method="by_late",
        choices=[("yes", "Late"), ("no", "In time"), ("unknown", "Not known")],
    )
    status = django_filters.ChoiceFilter(
        label="Which",
        method="by_status",
        choices=[(HELD, "In force"), (ENDED, "Ended"), (ALL, "All that is kept")],
        empty_label="Published",
    )
    whose = django_filters.ChoiceFilter(label="Whose", method="by_whose", choices=[("mine", "Mine")])

    class Meta:
        model = Interest
        fields: list[str] = []

    def by_words(self, rows: Any, _name: str, value: str) -> Any:
        """In names, and in what was typed of it: of an indirect interest only where one may read that."""
        own = Q(commissioner__in=self.request.user.scope(KEPT)) | ~Q(kind=Interest.Kind.INDIRECT)
        return rows.filter(
            Q(person__name__icontains=value)
            | Q(organisation__name__icontains=value)
            | Q(organisation_named__icontains=value)
            | Q(nature__icontains=value) & own
        )

    def by_organisation(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            Q(organisation__name__icontains=value)
            | Q(organisation__code__iexact=value)
            | Q(organisation_named__icontains=value)
        )

    def by_late(self, rows: Any, _name: str, value: str) -> Any:
        unknown = Q(declared_on__isnull=True) | Q(starts_on__isnull=True)
        return rows.filter({"yes": LATE, "no": ON_TIME, "unknown": unknown}[value])

    def by_status(self, rows: Any, _name: str, value: str) -> Any:
        today = clock.today()
        if value == HELD:
            return rows.filter(in_force(today))
        return rows.filter(published(today), ends_on__lte=today) if value == ENDED else rows

    def by_whose(self, rows: Any, _name: str, _value: str) -> Any:
        person = self.request.user.person_id
        return rows.filter(person=person) if person else rows.none()


class BreachFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="by_words")
    status = django_filters.ChoiceFilter(
        label="Status", method="by_status", choices=[("open", "Open"), ("closed", "Closed")]
    )
    body = django_filters.CharFilter(label="Body", field_name="body__name", lookup_expr="icontains")
    found_after = DayFilter(label="Found from", field_name="found_on", lookup_expr="gte")
    found_before = DayFilter(label="Found to", field_name="found_on", lookup_expr="lte")

    class Meta:
        model = Breach
        fields: list[str] = []

    def by_words(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(
            Q(what__icontains=value)
            | Q(findings__icontains=value)
            | Q(done__icontains=value)
            | Q(person__name__icontains=value)
        )

    def by_status(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(closed_on__isnull=value == "open")
