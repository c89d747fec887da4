"""The years of money: all of them, and one with a row for each payment of each PCN."""

from typing import Any

from funding.charts import made_up_of
from funding.filters.years import YearFilter
from funding.held import holdings_of
from funding.rows import rows_of
from funding.tables.years import YearTable
from funding.totals import by_allocation, total_of, totals_by
from funding.views.day import SEE, OfYear, places
from funding.years import current_of, said_of
from pcnportal import clock
from pcnportal.pages.computed import Rows
from pcnportal.pages.jinja import pounds
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage

NARROWING = set(YearFilter.base_filters) - {"as_at"}


class Years(DetailPage):
    permission = SEE
    title = "Funding"
    template_name = "funding/years/years.jinja"

    def context(self) -> dict[str, Any]:
        years, day = said_of(self.request.user.scope(SEE)), clock.today()
        current = current_of([said.year for said in years], day)
        rows = rows_of(current, self.request.user.scope(SEE), day) if current else []
        return {
            "years": years,
            "current": current,
            "day": day,
            "places": places(),
            "totals": totals_by(rows, lambda row: row.commissioner),
            "holdings": len([row for row in rows if row.line.why]),
            "payments": len(rows),
        }


class YearPage(OfYear, ListPage):
    table_class = YearTable
    filterset_class = YearFilter
    what = ("payment of a PCN", "payments of PCNs")
    breadcrumbs = [("Funding", "funding:years")]
    template_name = "funding/years/year.jinja"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"funding {self.year.slug}"

    def get_title(self) -> str:
        return f"Funding {self.year}"

    def rows(self) -> Any:
        return Rows(rows_of(self.year, self.own(), self.day))

    def table_context(self, table: Any, page: Any) -> dict[str, Any]:
        if len({row.commissioner for row in self.found}) < 2:
            table.columns.hide("commissioner")
        return super().table_context(table, page)

    def of_page(self, rows: Any) -> Any:
        self.found = rows
        return rows

    def totals(self, rows: list[Any]) -> dict[str, Any]:
        whole = total_of("", rows)
        return {
            "pcn": "Sum of the rows",
            "amount": pounds(whole.amount if whole.is_reckoned else None),
            "state": whole.lacking_in_words,
        }

    def context(self) -> dict[str, Any]:
        rows = getattr(self, "found", [])
        return {
            **self.of_year(),
            "has_rates": self.year.terms.exists(),
            "is_filtered": any(
                self.request.GET.get(name) for name in YearFilter.base_filters if name != "as_at"
            ),
            "whole": total_of("All", rows),
            "holdings": holdings_of(rows),
            "chart": made_up_of(rows),
            "by": [
                ("Commissioner", totals_by(rows, lambda row: row.commissioner)),
                ("PCN", totals_by(rows, lambda row: row.pcn)),
                (
                    "Payment",
                    totals_by(sorted(rows, key=lambda r: r.line.payment.position), lambda r: r.payment),
                ),
                ("Allocation", totals_by(rows, by_allocation)),
            ],
        }
