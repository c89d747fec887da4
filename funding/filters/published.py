"""The filters of a published table."""

from typing import Any

import django_filters

from pcnportal.pages.computed import Rows, RowsFilter


class ComparedFilter(RowsFilter):
    network = django_filters.CharFilter(label="PCN", method="of_network")
    group = django_filters.ChoiceFilter(label="Group", method="of_group", empty_label="All")
    payment = django_filters.ChoiceFilter(label="Payment", method="of_payment", empty_label="All")
    show = django_filters.ChoiceFilter(
        label="Show",
        choices=[("doubted", "What does not fit")],
        method="of_show",
        empty_label="Everything",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("group", "payment"):
            found = dict.fromkeys(getattr(row, name) for row in self.queryset)
            self.filters[name].extra["choices"] = [(text, text) for text in found]
        if len({row.group for row in self.queryset}) < 2:
            del self.filters["group"]

    def of_network(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: value.casefold() in row.pcn.casefold()) if value else rows

    def of_group(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: row.group == value) if value else rows

    def of_payment(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: row.payment == value) if value else rows

    def of_show(self, rows: Rows, _name: str, value: str) -> Rows:
        return rows.only(lambda row: row.doubts) if value else rows
