"""The filters of the payment runs, and of what one of them pays."""

from typing import Any

import django_filters

from funding.filters.years import payments
from funding.models import FinancialYear, PaymentRun
from pcnportal.pages.computed import Rows, RowsFilter
from pcnportal.people.models import Organisation

KINDS = [("Due", "Due"), ("Arrears", "Arrears")]


def years() -> list[tuple[str, str]]:
    return list(FinancialYear.objects.values_list("slug", "name"))


class RunFilter(django_filters.FilterSet):
    year = django_filters.ChoiceFilter(label="Year", field_name="year__slug", choices=years)
    status = django_filters.ChoiceFilter(label="Status", choices=PaymentRun.Status.choices)
    commissioner = django_filters.ChoiceFilter(label="Commissioner", field_name="commissioner__slug")

    class Meta:
        model = PaymentRun
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=self.request.user.scope("funding.view_funding"))
        self.filters["commissioner"].extra["choices"] = list(own.order_by("name").values_list("slug", "name"))


class PaymentFilter(RowsFilter):
    payee = django_filters.CharFilter(label="Payee", method="to_payee")
    pcn = django_filters.CharFilter(label="PCN", method="of_pcn")
    payment = django_filters.ChoiceFilter(label="Payment", method="of_payment", choices=payments)
    kind = django_filters.ChoiceFilter(label="Kind", method="of_kind", choices=KINDS)

    def to_payee(self, rows: Rows, _name: str, value: str) -> Rows:
        """By code or a part of the name."""
        asked = value.casefold()
        return rows.only(
            lambda row: asked in (row.payee or "").casefold() or asked == (row.payee_code or "").casefold()
        )

    def of_pcn(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: value.casefold() in row.pcn.casefold())

    def of_payment(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: row.payment_slug == value)

    def of_kind(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: row.kind == value)
