"""A list: filters, columns, pages and a CSV file, in the same number of queries for any number of rows."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.functional import cached_property
from django.utils.text import slugify

from pcnportal import clock
from pcnportal.refusals import NotAllowed

from .asked import no_such_order, no_such_page
from .days import written_day
from .exports import file_of, kind_of
from .forms import say_it_plainly
from .pages import Page
from .prepared import Whole
from .tables import Table
from .writing import error_list

SIZES = (25, 50, 100)
AT_A_TIME = 1000


class CappedPaginator(Paginator):
    """Counts up to `CAP` rows and no further: an exact count of a large table costs more than its page.

    `to_count` are the same rows in another form, which is quicker to count.
    """

    CAP = 10_000

    def __init__(self, rows: Any, per_page: int, to_count: Any = None) -> None:
        self.rows = rows if to_count is None else to_count
        super().__init__(rows, per_page)

    @cached_property
    def counted(self) -> int:
        if isinstance(self.rows, Whole):
            return self.rows.counted(self.CAP + 1)
        if not isinstance(self.rows, models.QuerySet):
            return len(self.rows)
        return self.rows.order_by().values("pk")[: self.CAP + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.CAP)

    @property
    def is_capped(self) -> bool:
        return self.counted > self.CAP


class ListPage(Page):
    """A list of rows: name `model`, `table_class`, `filterset_class` and `title`.

    `scope` is the look-up from a row to its commissioner (`case__commissioner_id`): rows of others are left
    out. `rows` may be overridden with a queryset of records or of `values_list(named=True)`, in a complete
    order. With `fields` the rows of a page are dictionaries of these: so the count joins nothing that only a
    page needs. `complete` adds to the rows of a page what one query for all of them finds out.
    """

    template_name = "layouts/list.jinja"
    table_class: type[Table] = Table
    filterset_class: type[Any] | None = None
    paginator_class: type[CappedPaginator] = CappedPaginator
    fields: Sequence[str] = ()
    per_page = 50
    intro = ""
    what = ("row", "rows")
    empty = "There is nothing here yet."

    def rows(self) -> "models.QuerySet[Any]":
        return self.queryset()

    def whole(self) -> Whole | None:
        """The same rows where nothing filters or orders them, by questions whose SQL is kept."""
        return None

    def read(self, rows: Any) -> list[Any]:
        is_asked = self.fields and isinstance(rows, models.QuerySet)
        return list(rows.values(*self.fields) if is_asked else rows)

    def every(self, rows: Any) -> Iterator[Any]:
        """All rows as a file wants them, so many at a time that a long list does not fill the memory."""
        rows = rows.values(*self.fields) if self.fields else rows
        found = rows.iterator(AT_A_TIME) if isinstance(rows, models.QuerySet) else iter(rows)
        while some := list(islice(found, AT_A_TIME)):
            yield from self.complete(some)

    def of_page(self, rows: Any) -> Any:
        """The filtered rows as a page or a file reads them."""
        return rows

    def of_count(self, rows: Any) -> Any:
        """The same rows as they are counted: what `rows` leaves out both say, each as it is quickest."""
        return rows

    def complete(self, rows: list[Any]) -> list[Any]:
        return rows

    def get_per_page(self) -> int:
        return self.per_page

    def totals(self, _rows: list[Any]) -> dict[str, Any]:
        """Content of the last row, by name of the column, of all rows where they fit one page."""
        return {}

    def fetch(self) -> Any:
        # A list has no record of its own: see `scoped`.
        if not self.request.user.can(self.permission):
            raise NotAllowed("Your role does not allow this.")
        return None

    def scoped(self) -> "models.QuerySet[Any]":
        rows = self.rows()
        return (
            rows.filter(**{f"{self.scope}__in": self.request.user.scope(self.permission)})
            if self.scope
            else rows
        )

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponseBase:
        whole, form = self.whole() if is_plain(request) else None, None
        rows = self.scoped() if whole is None else None
        if self.filterset_class:
            filterset = self.filterset_class(request.GET or None, queryset=rows, request=request)
            form = filterset.form
            say_it_plainly(form)
            if filterset.is_bound and not form.is_valid():
                return self.show_errors(form)
            rows = filterset.qs if whole is None else None
        table = self.table_class(
            self.of_page(rows) if whole is None else (), order_by=request.GET.get("sort")
        )
        if errors := no_such_order(request, table, SIZES):
            return self.show_errors(form, errors)
        size = request.GET.get("per_page", "")
        per_page = int(size) if size in map(str, SIZES) else self.get_per_page()
        paginator = (
            self.paginator_class(table.data.data, per_page, self.of_count(rows))
            if whole is None
            else self.paginator_class(whole, per_page)
        )
        if (column := table.slow_order()) and paginator.is_capped:
            said = (
                f"There are more than {paginator.CAP:,} {self.what[1]}: filter the list before you order it"
            )
            return self.show_errors(form, [{"text": f"{said} by “{column}”.", "href": ""}])
        if kind := kind_of(request):
            return file_of(kind, slugify(self.title), table.export_columns, self.every(table.data.data))
        if errors := no_such_page(request, paginator):
            return self.show_errors(form, errors)
        page = paginator.get_page(request.GET.get("page"))
        return self.show(filters=form, errors=[], **self.table_context(table, page))

    def table_context(self, table: Table, page: PageOfRows) -> dict[str, Any]:
        rows = self.complete(self.read(page.object_list))
        return {
            "table": table,
            "heads": heads(table, self.request),
            "rows": table.body(rows),
            "totals": self.totals(rows) if not page.has_other_pages() else {},
            "page": page,
            "pages": [
                {"number": number, "href": address(self.request, page=number)}
                if isinstance(number, int)
                else {"ellipsis": True}
                for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
            ],
            "downloads": downloads(self.request) if table.export_columns else [],
        }

    def show_errors(self, form: Any, errors: list[dict[str, str]] | None = None) -> HttpResponse:
        errors = error_list(form) if errors is None else errors
        if kind_of(self.request):
            text = "\n".join(error["text"] for error in errors)
            return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
        return self.show(filters=form, errors=errors)

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        said = {"intro": self.intro, "what": self.what, "empty": self.empty}
        return super().show(status, **said, **extra)


def address(request: HttpRequest, **changes: Any) -> str:
    """This page's address with other parameters; a new order or file begins at the first page."""
    # Not a copy of the QueryDict: a page has twenty of these, and each copy is a deep one.
    kept = [(name, values) for name, values in request.GET.lists() if name != "page" and name not in changes]
    return f"?{urlencode([*kept, *((name, str(value)) for name, value in changes.items())], doseq=True)}"


def is_plain(request: HttpRequest) -> bool:
    """Whether the list is asked for as it is: which page of it at most, and how long."""
    return not any(value for name, value in request.GET.items() if name not in ("page", "per_page"))


def downloads(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, address) of the rows of this page's list as files."""
    return [("CSV", address(request, _export="csv")), ("Excel", address(request, _export="xlsx"))]


def heads(table: Table, request: HttpRequest) -> list[dict[str, Any]]:
    """The headings of the columns, each with the address that orders by it."""
    found = []
    for column in table.columns:
        order = "none"
        if column.is_ordered:
            order = "descending" if column.order_by_alias.is_descending else "ascending"
        found.append(
            {
                "text": column.header,
                "classes": column.column.classes.replace("__cell", "__header"),
                "name": column.name,
                "href": address(request, sort=column.order_by_alias.next) if column.orderable else "",
                "sort": order,
            }
        )
    return found


def as_at(request: HttpRequest) -> date:
    """The day that `?as_at=` asks for, else today. The page says so where it is no day."""
    return written_day(request.GET.get("as_at", "")) or clock.today()
