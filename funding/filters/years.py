"""The filters of a year's payments."""

from typing import Any

import django_filters

from funding.models import Payment, RunLine, Term
from pcnportal.pages.computed import Rows, RowsFilter
from pcnportal.pages.days import DayFilter
from pcnportal.pages.lists import as_at
from registry.former import commissioners_called

STATES = [choice for choice in RunLine.State.choices if choice[0] != RunLine.State.ARREARS]


def payments() -> list[tuple[str, str]]:
    return list(Payment.objects.values_list("slug", "name"))


class YearFilter(RowsFilter):
    commissioner = django_filters.CharFilter(label="Commissioner", method="of_commissioner")
    pcn = django_filters.CharFilter(label="PCN", method="of_pcn")
    payment = django_filters.ChoiceFilter(label="Payment", method="of_payment", choices=(), empty_label="All")
    state = django_filters.ChoiceFilter(label="State", method="of_state", choices=STATES, empty_label="All")
    allocation = django_filters.ChoiceFilter(
        label="Allocation", method="of_allocation", choices=Term.Allocation.choices, empty_label="All"
    )
    # The rows are of that day already: it is only checked here.
    as_at = DayFilter(label="As at", method="of_day")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["payment"].extra["choices"] = self.payments()

    def payments(self) -> list[tuple[str, str]]:
        """Those of the year that the address names."""
        of_year = Payment.objects.filter(terms__year__slug=self.request.resolver_match.kwargs["fy"])
        return list(of_year.order_by("position").values_list("slug", "name"))

    def of_commissioner(self, rows: Rows, _name: str, value: str) -> Rows:
        """By code or name of the commissioner, or of one that it had succeeded by the day."""
        called = commissioners_called(value, as_at(self.request))
        return rows.only(lambda row: row.line.network.commissioner in called)

    def of_pcn(self, rows: Rows, _name: str, value: str) -> Rows:
        words = value.casefold().split()
        return rows.only(lambda row: all(word in row.pcn.casefold() for word in words))

    def of_payment(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: row.line.payment.slug == value)

    def of_state(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: row.line.state == value)

    def of_allocation(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: row.line.term.allocation == value)

    def of_day(self, rows: Rows, _name: str, _value: Any) -> Rows:
        return rows
