"""The filters of the list of rates."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import django_filters
from django.db.models import FilteredRelation, Q

from funding.models import FinancialYear, Rate


class Held(NamedTuple):
    """A payment of a year, and whether a rate of it is held; None for the payment of a year without any."""

    year: str
    year_name: str
    payment: str | None
    payment_name: str | None
    rate: int | None

    def __str__(self) -> str:
        return f"{self.payment_name}, {self.year_name}" if self.payment else f"{self.year_name}: any payment"


def held() -> list[Held]:
    """Every payment of every year, the newest year first."""
    columns = ("slug", "name", "terms__payment__slug", "terms__payment__name", "standing")
    standing = FilteredRelation("terms__rates", condition=Q(terms__rates__is_withdrawn=False))
    years = FinancialYear.objects.annotate(standing=standing).order_by(
        "-starts_on", "terms__payment__position"
    )
    rows = years.values_list(*columns)
    return [Held(*row) for row in rows]


class RateFilter(django_filters.FilterSet):
    year = django_filters.ChoiceFilter(label="Year", field_name="term__year__slug", empty_label="All")
    payment = django_filters.ChoiceFilter(
        label="Payment", field_name="term__payment__slug", empty_label="All"
    )
    confidence = django_filters.ChoiceFilter(
        label="How sure", choices=Rate.Confidence.choices, empty_label="All"
    )

    class Meta:
        model = Rate
        fields: list[str] = []

    def __init__(self, *args: Any, held: Iterable[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = list({row.year: row.year_name for row in held}.items())
        payments = sorted((row.payment_name, row.payment) for row in held if row.payment and row.payment_name)
        self.filters["payment"].extra["choices"] = list({slug: name for name, slug in payments}.items())
