"""Columns of the registers of interests and of breaches."""

from typing import Any

from django.urls import reverse

from pcnportal.pages.tables import Column, Day, Status, Table


class HeldDay(Day):
    """A date; said where it is not held."""

    def show(self, value: Any) -> Any:
        return super().show(value) or "not held"


class InterestTable(Table):
    person = Column("Person", accessor="person__name", to=lambda row: row.get_absolute_url())
    kind = Column("Kind", accessor="get_kind_display", order_by=("kind", "person__name", "pk"))
    where = Column("Organisation", accessor="where", order_by=("organisation__name", "pk"))
    role = Column("Held as", accessor="shown_role", orderable=False)
    starts_on = HeldDay("From")
    ends_on = Day("Until")
    declared_on = HeldDay("Declared")
    late = Column("In time", orderable=False)
    stage = Status("Status", orderable=False)
    export_columns = {
        "person": "person__name",
        "kind": "get_kind_display",
        "organisation": "where",
        "organisation_code": "organisation__code",
        "held_as": "shown_role",
        "nature": "shown_nature",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
        "declared_on": "declared_on",
        "declared_late": "late",
        "status": "stage",
        "published_until": "published_until",
        "commissioner": "commissioner__name",
    }


class BreachTable(Table):
    found_on = Day("Found", to=lambda row: reverse("governance:breach", args=[row.pk]))
    what = Column("What happened", accessor="brief", orderable=False)
    person = Column("Who is concerned", accessor="person__name")
    body = Column("Body", accessor="body__name")
    happened_on = HeldDay("Happened")
    closed_on = Day("Closed")
    stage = Status("Status", orderable=False)
    export_columns = {
        "id": "pk",
        "found_on": "found_on",
        "happened_on": "happened_on",
        "what": "what",
        "person": "person__name",
        "body": "body__name",
        "findings": "findings",
        "done": "done",
        "closed_on": "closed_on",
        "status": "stage",
        "commissioner": "commissioner__name",
    }
