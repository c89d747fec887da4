"""Budgets as documents print them, and one of them added up."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.text import slugify

from funding.budgeting import Budgeted, budgets, known
from funding.doubted import doubts_of
from funding.models import Budget
from funding.showing import COLUMNS, Page
from funding.tables.budgets import BudgetTable
from pcnportal import clock
from pcnportal.pages.computed import Rows
from pcnportal.pages.exports import file_of, kind_of
from pcnportal.pages.lists import ListPage, downloads
from pcnportal.pages.pages import DetailPage

SEE = "funding.view_funding"


class Row(NamedTuple):
    """A budget of the list. `printed`, `added` and `off` are in pounds, None where not held."""

    slug: str
    title: str
    commissioner: str
    year: str
    period: str
    printed: Any
    added: Any
    off: Any
    difference: str
    stated_on: Any
    source: str


class BudgetList(ListPage):
    permission = SEE
    title = "Budgets"
    what = ("budget", "budgets")
    intro = "Budgets as documents print them, each beside what its lines add up to."
    template_name = "funding/budgets/list.jinja"
    breadcrumbs = [("Funding", "funding:years")]
    table_class = BudgetTable

    def rows(self) -> Any:
        own = self.request.user.scope(SEE)
        found = budgets(clock.today()).filter(commissioner__in=own).order_by("title", "pk")
        return Rows(_row(Page(Budgeted(budget))) for budget in found)

    def context(self) -> dict[str, Any]:
        return {"day": clock.today()}


def _row(page: Page) -> Row:
    of, grand = page.budget.record, page.grand
    lacking = "no total printed" if page.added is not None else "the amount is not held"
    return Row(
        slug=of.slug,
        title=of.title,
        commissioner=str(of.commissioner),
        year=str(of.year or ""),
        period=of.period,
        printed=grand.record.amount if grand else None,
        added=page.added,
        off=grand.off if grand and grand.calculated is not None else None,
        difference=grand.said if grand else lacking,
        stated_on=of.source.published_on or of.stated_on,
        source=str(of.source.title),
    )


class BudgetPage(DetailPage):
    permission = SEE
    scope = "commissioner_id"
    model = Budget
    template_name = "funding/budgets/budget.jinja"
    breadcrumbs = [("Funding", "funding:years"), ("Budgets", "funding:budgets")]

    def queryset(self) -> Any:
        return budgets(clock.today())

    def get_caption(self) -> str:
        return f"{self.object.commissioner}{f', {self.object.year}' if self.object.year else ''}"

    def get(self, _request: HttpRequest, **_kwargs: Any) -> Any:
        page = Page(Budgeted(self.object))
        if kind := kind_of(self.request):
            return file_of(kind, slugify(f"budget {self.object.slug}"), COLUMNS, page.rows())
        others = Budget.objects.filter(known(clock.today()), commissioner=self.object.commissioner_id)
        return self.show(
            shown=page,
            parts=page.parts,
            until=self.object.ends_on - timedelta(days=1) if self.object.ends_on else None,
            grand=page.grand,
            doubts=doubts_of(self.request.user, self.object),
            others=others.exclude(pk=self.object.pk).select_related("source"),
            sources={one.record.source.pk: one.record.source for one in page.shown}
            | {self.object.source.pk: self.object.source},
            downloads=downloads(self.request),
        )
