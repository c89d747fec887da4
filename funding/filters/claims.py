"""The filters of the lists of claims, posts and baselines."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from funding.models import Baseline, Claim, FinancialYear, Payment, Post


class OfPCN(django_filters.FilterSet):
    """By PCN and by role; `path` leads from the row to the row that has both."""

    path = ""
    pcn = django_filters.CharFilter(label="PCN", method="of_pcn")
    role = django_filters.ChoiceFilter(label="Role", method="of_role", empty_label="All")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = Payment.objects.filter(baseline_on__isnull=False)
        self.filters["role"].extra["choices"] = list(roles.values_list("slug", "name"))

    def of_pcn(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(**{f"{self.path}pcn__organisation__name__icontains": value})

    def of_role(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(**{f"{self.path}payment__slug": value})


class ClaimFilter(OfPCN):
    path = "post__"
    status = django_filters.ChoiceFilter(label="Status", choices=Claim.Status.choices, empty_label="All")
    year = django_filters.ChoiceFilter(label="Year", method="of_year", empty_label="All")

    class Meta:
        model = Claim
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = FinancialYear.objects.filter(terms__payment__baseline_on__isnull=False).distinct()
        self.years = {year.slug: year for year in years}
        self.filters["year"].extra["choices"] = [(slug, year.name) for slug, year in self.years.items()]

    def of_year(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        year = self.years[value]
        return rows.filter(month__gte=year.starts_on, month__lt=year.ends_on)


class PostFilter(OfPCN):
    filled = django_filters.ChoiceFilter(
        label="Filled or vacant",
        choices=[("True", "Filled"), ("False", "Vacant")],
        method="of_filled",
        empty_label="All",
    )

    class Meta:
        model = Post
        fields: list[str] = []

    def of_filled(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        return rows.filter(ends_on__isnull=value == "True")


class BaselineFilter(OfPCN):
    class Meta:
        model = Baseline
        fields: list[str] = []
