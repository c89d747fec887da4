"""The filters of the list of rates."""

from typing import Any

import django_filters

from funding.models import FinancialYear, Payment, Rate


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = list(FinancialYear.objects.values_list("slug", "name"))
        self.filters["payment"].extra["choices"] = list(Payment.objects.values_list("slug", "name"))
