"""Imports: the list of runs, the form for a file, and the page of one run with its report."""

from collections import Counter
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pcnportal.history.record import events_of
from pcnportal.pages.asked import no_such_kind, no_such_page
from pcnportal.pages.cards import Cards
from pcnportal.pages.exports import file_of, kind_of
from pcnportal.pages.lists import ListPage, address, downloads
from pcnportal.pages.pages import DetailPage, FormPage
from registry.filters.imports import SAID, ImportFilter
from registry.forms.imports import UploadForm
from registry.imports.plan import KINDS, Line, nothing_to_write
from registry.imports.showing import report_of
from registry.models import ImportRun
from registry.tables.imports import ImportTable
from registry.workflow.importing import PERMISSION, Asked, propose

LINES_A_PAGE = 50
# Read with a page of runs: not the report and what takes the run back, which may be large.
LARGE = ("report", "undo")


class ImportList(ListPage):
    permission = "registry.view_import"
    model = ImportRun
    title = "Imports"
    what = ("import", "imports")
    intro = "Published files that were read, what they changed in the register, and who did it."
    table_class = ImportTable
    filterset_class = ImportFilter
    template_name = "registry/imports/list.jinja"

    def rows(self) -> Any:
        return ImportRun.objects.select_related("by").defer(*LARGE).order_by("-pk")

    def complete(self, rows: list[Any]) -> list[Any]:
        for run in rows:
            run.read_on = run.read_at.date()
        return rows

    def context(self) -> dict[str, Any]:
        return {"may_import": self.request.user.can(PERMISSION)}


class UploadPage(FormPage):
    permission = PERMISSION
    form_class = UploadForm
    title = "Import a published file"
    button = "Read the file"
    intro = "The file is read and checked first. You then see everything that it would change, and decide."
    breadcrumbs = [("Imports", "registry:imports")]

    def back(self) -> str:
        return reverse("registry:imports")

    def save(self, form: Any) -> ImportRun:
        typed = form.cleaned_data
        upload = typed["file"]
        asked = Asked(
            typed["kind"],
            upload,
            upload.name,
            typed["commissioners"],
            typed["stated_on"],
            typed["accept_matches"],
            typed["accept_jumps"],
        )
        return propose(asked, by=self.request.user)

    def show_form(
        self, form: BaseForm, sets: dict[str, Cards], status: int = 200, **extra: Any
    ) -> HttpResponse:
        form.ask_for_the_file_again()  # type: ignore[attr-defined]
        return super().show_form(form, sets, status, **extra)


class RunPage(DetailPage):
    """The report of a run: what it would change while it is proposed, what it changed once it is applied."""

    permission = "registry.view_import"
    model = ImportRun
    template_name = "registry/imports/run.jinja"
    breadcrumbs = [("Imports", "registry:imports")]

    def queryset(self) -> Any:
        return ImportRun.objects.select_related("by", "undone_by", "source").defer("undo")

    def get_caption(self) -> str:
        return str(self.object.get_kind_display())

    @cached_property
    def lines(self) -> list[Line]:
        return [Line(*line) for line in self.object.report]

    @cached_property
    def kind(self) -> str:
        """The kind of lines that are shown: the one asked for, else the first that is not empty."""
        asked = self.request.GET.get("lines", "")
        return asked if asked in self.found else next(iter(self.found), "")

    @cached_property
    def found(self) -> dict[str, int]:
        """How many lines there are, by kind, in the order in which they are read."""
        counted = Counter(line.kind for line in self.lines)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def get(self, _request: HttpRequest, **_kwargs: Any) -> Any:
        if kind := kind_of(self.request):
            columns: Any = {name: name for name in Line._fields}
            return file_of(kind, f"import-{self.object.pk}", columns, self.lines)
        return self.show()

    def waiting(self) -> int:
        """The matches that wait and that the user sees."""
        found = self.object.matches.filter(SAID["waiting"])
        user = self.request.user
        if not user.can(PERMISSION):
            found = found.filter(pcn__commissioner__in=user.scope(self.permission))
        return int(found.count())

    def context(self) -> dict[str, Any]:
        run, user = self.object, self.request.user
        shown = [line for line in self.lines if line.kind == self.kind]
        pages = Paginator(shown, LINES_A_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        errors = no_such_kind(self.request.GET.get("lines", ""), self.found)
        return {
            "errors": errors or no_such_page(self.request, pages),
            "kinds": [
                {
                    "text": KINDS[kind],
                    "number": number,
                    "href": f"?lines={kind}#report",
                    "current": kind == self.kind,
                }
                for kind, number in self.found.items()
            ],
            "kind_in_words": KINDS.get(self.kind, ""),
            "page": page,
            "report": report_of(page.object_list, run.kind),
            "pages": [
                {"number": number, "href": f"{address(self.request, page=number)}#report"}
                if isinstance(number, int)
                else {"ellipsis": True}
                for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
            ],
            "may_import": user.can(PERMISSION),
            "changes_nothing": nothing_to_write(run.counts) if run.undo.get("is_empty") else "",
            "waiting": self.waiting() if run.applied_at else 0,
            "downloads": downloads(self.request),
            "events": events_of(run),
        }
