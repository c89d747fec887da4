"""The list of rates."""

from typing import Any

from django.urls import reverse

from funding.models import Rate
from pcnportal.pages import status
from pcnportal.pages.tables import Column, Day, Table


class Standing(Column):
    def cell(self, value: Any, row: Any) -> Any:
        return status.tag(row.standing)


class RateTable(Table):
    payment = Column(
        "Payment", accessor="term__payment__name", order_by=("term__payment__position", "-starts_on", "pk")
    )
    year = Column("Year", accessor="term__year__name", order_by=("-term__year__starts_on", "pk"))
    rate = Column(
        "Rate", accessor="in_words", orderable=False, to=lambda row: reverse("funding:rate", args=[row.pk])
    )
    starts_on = Day("From", order_by=("starts_on", "pk"))
    ends_on = Day("Until", order_by=("ends_on", "pk"))
    standing = Standing("Status", orderable=False)
    confirmed_by = Column("Confirmed by", orderable=False)
    source = Column("Source", accessor="source__title", order_by=("source__title", "pk"))
    export_columns = {
        "payment": "term__payment__name",
        "year": "term__year__name",
        "pounds": "pounds",
        "per": lambda row: Rate.Per(row.per).label,
        "is_maximum": "is_maximum",
        "role": "role",
        "percent": "percent",
        "posts": "posts",
        "more_posts": "more_posts",
        "more_above": "more_above",
        "starts_on": "starts_on",
        "ends_on": "ends_on",
        "confidence": "confidence",
        "status": "standing",
        "confirmed_by": "confirmed_by",
        "source": lambda row: str(row.source),
        "page": "page",
        "note": "note",
    }
