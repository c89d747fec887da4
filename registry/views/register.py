"""The register's pages: practices and PCNs, as they stood on any day."""

from decimal import Decimal
from typing import Any

from pcnportal.pages.jinja import number
from pcnportal.pages.lists import ListPage
from pcnportal.pages.prepared import Whole
from registry.charts import Bars, beside_band
from registry.filters.register import PCNFilter, PracticeFilter
from registry.listed import pcns_of, pcns_today, practices_of, practices_today
from registry.models import (
    PCN,
    Practice,
    list_size,
)
from registry.register import (
    BY_NAME,
    PCN_ROW,
    PRACTICE_ROW,
    band_of,
    pcns_on,
    with_pcn,
)
from registry.register_rows import pcn_rows, practice_rows
from registry.tables.register import PCNTable, PracticeTable
from registry.there import counted_on
from registry.views.of_day import CHANGE, OfDay

REGISTER = "registry.view_register"


class PracticeList(OfDay, ListPage):
    permission = REGISTER
    model = Practice
    table_class = PracticeTable
    filterset_class = PracticeFilter
    title = "Practices"
    what = ("practice", "practices")
    fields = PRACTICE_ROW
    template_name = "registry/register/list.jinja"

    def rows(self) -> Any:
        rows, sort = Practice.every.order_by(BY_NAME, "pk"), self.request.GET.get("sort", "")
        if "pcn" in sort:
            rows = with_pcn(rows, self.day, self.own())
        if "registered" in sort:
            rows = rows.alias(registered=list_size("pk", self.day))
        return rows

    def whole(self) -> Whole:
        return practices_today(self.day)

    def of_page(self, rows: Any) -> Any:
        return practices_of(rows, self.day, closed=self.with_closed)

    def of_count(self, rows: Any) -> Any:
        return counted_on(rows, self.day, closed=self.with_closed)

    def complete(self, rows: list[Any]) -> list[Any]:
        return [row | {"asked": self.asked} for row in practice_rows(rows, self.day, self.own())]

    def context(self) -> dict[str, Any]:
        return self.of_day() | {"may_open": self.request.user.can(CHANGE)}


class PCNList(OfDay, ListPage):
    permission = REGISTER
    model = PCN
    table_class = PCNTable
    filterset_class = PCNFilter
    title = "Primary Care Networks"
    what = ("PCN", "PCNs")
    fields = PCN_ROW
    template_name = "registry/register/list.jinja"

    def rows(self) -> Any:
        rows = pcns_of(pcns_on(self.day), self.day, closed=self.with_closed)
        if "stated" in self.request.GET.get("sort", ""):
            rows = rows.alias(stated=list_size("pk", self.day))
        return rows

    def whole(self) -> Whole:
        return pcns_today(self.day)

    def complete(self, rows: list[Any]) -> list[Any]:
        self.shown = [row | {"asked": self.asked} for row in pcn_rows(rows, self.day, self.own())]
        return self.shown

    def totals(self, rows: list[Any]) -> dict[str, Any]:
        stated = [row["stated"] for row in rows if row["stated"] is not None]
        return {
            "name": "Total",
            "practices": number(sum(row["practices"] for row in rows)),
            "stated": number(sum(stated, Decimal(0)) if stated else None),
        }

    def context(self) -> dict[str, Any]:
        return self.of_day() | {"beside": self.beside()}

    def get_per_page(self) -> int:
        # All PCNs of a commissioner beside each other.
        return 100 if self.request.GET.get("commissioner") else self.per_page

    def beside(self) -> Bars | None:
        """The PCNs of the commissioner that was asked for, against the band."""
        shown = getattr(self, "shown", [])
        if not self.request.GET.get("commissioner") or len(shown) < 2:
            return None
        page = PCNTable.base_columns["name"].to
        rows = [row | {"name": row["organisation__name"], "href": page(row)} for row in shown]
        return beside_band(rows, band_of(shown[0]["band"]), self.day)
