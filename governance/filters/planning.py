"""What the list of meetings is filtered by."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q

from governance.known import held
from governance.models import AgendaItem, Attendance, Meeting, Seat
from pcnportal import clock
from pcnportal.pages.days import DayFilter

STAGES = {
    "planned": lambda today: Q(is_cancelled=False, held_on__gte=today),
    "held": lambda today: Q(is_cancelled=False, held_on__lt=today),
    "cancelled": lambda _: Q(is_cancelled=True),
    "undated": lambda _: Q(is_cancelled=False, held_on__isnull=True),
}


class MeetingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Search", method="by_words")
    body = django_filters.CharFilter(label="Body", field_name="body__name", lookup_expr="icontains")
    when = django_filters.ChoiceFilter(
        label="When", method="by_when", choices=[("coming", "Today or later"), ("past", "Past")]
    )
    held_after = DayFilter(label="From", field_name="held_on", lookup_expr="gte")
    held_before = DayFilter(label="To", field_name="held_on", lookup_expr="lte")
    status = django_filters.ChoiceFilter(
        label="Status",
        method="by_status",
        choices=[
            ("planned", "Planned"),
            ("held", "Held"),
            ("cancelled", "Cancelled"),
            ("undated", "Date not held"),
        ],
    )
    whose = django_filters.ChoiceFilter(label="Whose", method="by_whose", choices=[("mine", "Mine")])

    class Meta:
        model = Meeting
        fields: list[str] = []

    def by_words(self, rows: Any, _name: str, value: str) -> Any:
        """In the body's name, the place, the note and the titles of the public part of the agenda."""
        items = AgendaItem.objects.filter(
            meeting=OuterRef("pk"), is_private=False, is_taken_off=False, title__icontains=value
        )
        return rows.filter(
            Q(body__name__icontains=value)
            | Q(place__icontains=value)
            | Q(commissioner__name__icontains=value)
            | Exists(items)
        )

    def by_when(self, rows: Any, _name: str, value: str) -> Any:
        today = clock.today()
        return rows.filter(held_on__gte=today) if value == "coming" else rows.filter(held_on__lt=today)

    def by_status(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(STAGES[value](clock.today()))

    def by_whose(self, rows: Any, _name: str, _value: str) -> Any:
        """Of the bodies on which the user sits, and those that they came to."""
        person = self.request.user.person_id
        if not person:
            return rows.none()
        seats = Seat.objects.filter(held(clock.today()), person=person)
        came = Attendance.objects.filter(person=person)
        return rows.filter(Q(body__in=seats.values("body")) | Q(pk__in=came.values("meeting")))
