"""Columns and filters of the lists of bodies and of who sits on them."""

from typing import Any

import django_filters
from django.db.models import Q

from governance.models import Body, Seat
from pcnportal.pages.days import DayFilter
from pcnportal.pages.search import named
from pcnportal.pages.tables import Column, Day, Status, Table

TO_BE_NAMED = "To be named"


class BodyTable(Table):
    name = Column("Body", to=lambda body: body.get_absolute_url())
    kind = Column("Kind", accessor="get_kind_display", order_by=("kind",))
    side = Column("Side", accessor="get_side_display", order_by=("side",))
    tier = Column("Tier", accessor="get_tier_display", order_by=("tier",))
    rhythm = Column("Meets", orderable=False)
    next_meeting = Day("Next meeting")
    chair = Column("Chair", orderable=False)
    status = Status("Status", accessor="get_status_display", order_by=("status",))
    export_columns = {
        "slug": "slug",
        "name": "name",
        "kind": "kind",
        "side": "side",
        "tier": "tier",
        "status": "status",
        "organisation": "organisation__name",
        "rhythm": "rhythm",
        "next_meeting": "next_meeting",
        "chair": "chair",
        "source": lambda body: str(body.source or ""),
    }


class OfDay:
    """The rows are of the day that is asked for by `as_at`; the filter only checks it."""

    def of_day(self, rows: Any, _name: str, _value: Any) -> Any:
        return rows


class BodyFilter(OfDay, django_filters.FilterSet):
    q = django_filters.CharFilter(label="Name", method="of_text")
    side = django_filters.ChoiceFilter(label="Side", choices=Body.Side.choices, empty_label="All")
    tier = django_filters.ChoiceFilter(label="Tier", choices=Body.Tier.choices, empty_label="All")
    kind = django_filters.ChoiceFilter(label="Kind", choices=Body.Kind.choices, empty_label="All")
    status = django_filters.ChoiceFilter(label="Status", choices=Body.Status.choices, empty_label="All")
    as_at = DayFilter(label="As at", method="of_day")

    class Meta:
        model = Body
        fields: list[str] = []

    def of_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(named(value, "name", "organisation__name"))


class SeatTable(Table):
    who = Column("Who", order_by=("person__name", "pk"))
    office = Column("Office", order_by=("office", "pk"))
    organisation = Column("Organisation", accessor="organisation__name")
    body = Column("Body", accessor="body__name", to=lambda seat: seat.body.get_absolute_url())
    part = Column("Part", accessor="part_in_words", orderable=False)
    vote = Column("Vote", accessor="vote_in_words", orderable=False)
    starts_on = Day("From")
    ends_on = Day("Until")
    export_columns = {
        "body": "body__name",
        "person": "person__name",
        "organisation": "organisation__name",
        "office": "office",
        "part": "part",
        "chairs": "chairs",
        "conflicts_guardian": "is_guardian",
        "voting": "is_voting",
        "from": "starts_on",
        "until": "ends_on",
    }


class SeatFilter(OfDay, django_filters.FilterSet):
    q = django_filters.CharFilter(label="Name, organisation or office", method="of_text")
    body = django_filters.CharFilter(label="Body", method="of_body")
    part = django_filters.ChoiceFilter(label="Part", choices=Seat.Part.choices, empty_label="All")
    seat = django_filters.ChoiceFilter(
        label="Seats",
        method="of_seat",
        empty_label="All",
        choices=[
            ("named", "Named"),
            ("to_be_named", TO_BE_NAMED),
            ("chair", "In the chair"),
            ("guardian", "Conflicts of Interest Guardian"),
        ],
    )
    as_at = DayFilter(label="As at", method="of_day")

    class Meta:
        model = Seat
        fields: list[str] = []

    def of_text(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(named(value, "person__name", "organisation__name", "office"))

    def of_body(self, rows: Any, _name: str, value: str) -> Any:
        return rows.filter(named(value, "body__name"))

    def of_seat(self, rows: Any, _name: str, value: str) -> Any:
        wanted = {
            "named": Q(person__isnull=False),
            "to_be_named": Q(person__isnull=True),
            "chair": ~Q(chairs=""),
            "guardian": Q(is_guardian=True),
        }
        return rows.filter(wanted[value])
