"""Tables that others have published, and one of them beside what is calculated."""

from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from funding.comparing import compare, totals_of
from funding.doubted import doubts_of
from funding.entitlement import NOTHING
from funding.filters.published import ComparedFilter
from funding.implied_rows import implied_by
from funding.models import PublishedAmount, PublishedTable
from funding.printed import Kind, Printed, Row, known, tables
from funding.tables.published import ComparedTable, PublishedTableTable
from pcnportal import clock
from pcnportal.pages.computed import Rows
from pcnportal.pages.jinja import pounds
from pcnportal.pages.lists import ListPage

SEE = "funding.view_funding"


def readable(own: list[int]) -> Q:
    """Tables of a publisher of one's own, or with a network of one's own."""
    return Q(publisher__in=own) | Q(
        pk__in=PublishedAmount.objects.filter(commissioner__in=own, kind=Kind.ROW).values("table")
    )


class PublishedList(ListPage):
    permission = SEE
    title = "As published"
    what = ("published table", "published tables")
    intro = "Tables of payments that others have published, each held against its own figures and against "
    intro += "what is calculated."
    template_name = "funding/published/list.jinja"
    breadcrumbs = [("Funding", "funding:years")]
    model = PublishedTable
    table_class = PublishedTableTable

    def rows(self) -> "QuerySet[Any]":
        own = self.request.user.scope(SEE)
        mine = Q(amounts__commissioner__in=own) | Q(publisher__in=own)
        return (
            PublishedTable.objects.filter(known(clock.today()), readable(own))
            .annotate(
                networks=Count("amounts__pcn", filter=mine, distinct=True),
            )
            .select_related("year", "publisher", "source")
            .order_by("-source__published_on", "title", "pk")
        )

    def complete(self, rows: list[Any]) -> list[Any]:
        own = self.request.user.scope(SEE)
        for row in rows:
            row.year__name, row.publisher__name = row.year.name, row.publisher.name
            row.source__published_on, row.source__title = row.source.published_on, row.source.title
            row.read = "The whole table" if row.publisher_id in own else "The rows of your networks"
        return rows

    def context(self) -> dict[str, Any]:
        return {"day": clock.today()}


class PublishedTablePage(ListPage):
    permission = SEE
    what = ("published amount", "published amounts")
    template_name = "funding/published/table.jinja"
    breadcrumbs = [("Funding", "funding:years"), ("As published", "funding:published")]
    caption = "As published beside as calculated"
    model = PublishedTable
    table_class = ComparedTable
    filterset_class = ComparedFilter

    def fetch(self) -> Any:
        own = self.request.user.scope(SEE)
        found = tables(clock.today()).filter(readable(own), slug=self.kwargs["slug"]).first()
        if found is None:
            raise Http404
        return found

    @cached_property
    def printed(self) -> Printed:
        return Printed(self.object)

    @cached_property
    def is_whole(self) -> bool:
        """Whether the reader is the publisher’s: then every row is shown, else those of own networks."""
        return self.object.publisher_id in self.request.user.scope(SEE)

    @cached_property
    def own_rows(self) -> list[Row]:
        own = self.request.user.scope(SEE)
        return [row for row in self.printed.rows if self.is_whole or row.commissioner in own]

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(self.object.title)

    def rows(self) -> Any:
        self.compared = Rows(compare(self.printed, self.own_rows, clock.today()))
        return self.compared

    def get_per_page(self) -> int:
        """A document is one page, also when it is printed."""
        return max(len(self.compared), 1)

    def totals(self, rows: list[Any]) -> dict[str, Any]:
        return {"pcn": "Sum of the rows", "published": pounds(sum((row.published for row in rows), NOTHING))}

    def context(self) -> dict[str, Any]:
        # A total tells of every row that it adds up: only who sees all of them sees it.
        shown = {row.group for row in self.own_rows}
        hidden = {row.group for row in self.printed.rows if row not in self.own_rows}
        totals = totals_of(self.printed, shown - hidden)
        return {
            "printed": self.printed,
            "rates": self._rates(),
            "is_whole": self.is_whole,
            "own_rows": self.own_rows,
            "listed": [rate for rate in self._rates() if self.printed.rate(rate.payment_id)],
            "implied": implied_by(self.printed, self.own_rows),
            "printed_totals": totals,
            "doubts": doubts_of(self.request.user, self.object),
            "doubted": sum(bool(row.doubts) for row in self.compared),
            "compared": len(self.compared),
        }

    def _rates(self) -> list[Any]:
        return sorted(self.printed.rates.values(), key=lambda rate: rate.payment.position)
