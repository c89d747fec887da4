"""Two days of the register, and what changed between them."""

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse

from pcnportal import clock
from pcnportal.pages.asked import no_such_page
from pcnportal.pages.exports import file_of, kind_of
from pcnportal.pages.lists import address, downloads
from pcnportal.pages.pages import DetailPage
from pcnportal.pages.writing import error_list
from registry.between import KINDS, MOST, Change, compare
from registry.forms.comparing import CompareForm

FIRST, PER_PAGE = 20, 100
COLUMNS: dict[str, Any] = {
    name: name for name in ("kind", "code", "name", "before", "after", "difference", "on")
}


class ComparePage(DetailPage):
    permission = "registry.view_register"
    title = "Compare two days"
    template_name = "registry/register/compare.jinja"
    breadcrumbs = [("PCNs", "registry:pcns")]

    def get(self, _request: HttpRequest, **_kwargs: Any) -> Any:
        request = self.request
        if not (request.GET.get("from") or request.GET.get("kind") or kind_of(request)):
            offered = {name: request.GET.get(name) for name in ("to", "commissioner")}
            return self.show(form=CompareForm(initial={"to": clock.today()} | offered), errors=[])
        form = CompareForm(request.GET)
        if not form.is_valid():
            return self.wrong(form)
        kind = form.cleaned_data["kind"]
        found = compare(form.between(), kind)
        of_kind = Paginator(found.get(kind, []), PER_PAGE)
        if kind and not kind_of(request) and (errors := no_such_page(request, of_kind)):
            return self.show(form=form, errors=errors)
        if file := kind_of(request):
            rows = [change for changes in found.values() for change in changes]
            return file_of(file, "register-compared", COLUMNS, rows)
        return self.show(
            form=form,
            errors=[],
            between=form.between(),
            parts=[self.part(name, changes, is_alone=bool(kind)) for name, changes in found.items()],
            alone=kind,
            all_kinds=address(request, kind=""),
            downloads=downloads(request),
        )

    def wrong(self, form: CompareForm) -> HttpResponse:
        errors = error_list(form)
        if kind_of(self.request):
            text = "\n".join(error["text"] for error in errors)
            return HttpResponse(text, status=400, content_type="text/plain; charset=utf-8")
        asked = self.request.GET
        swapped = address(self.request, **{"from": asked.get("to", ""), "to": asked.get("from", "")})
        return self.show(form=form, errors=errors, swapped=swapped if form.is_swapped else "")

    def part(self, name: str, changes: list[Change], *, is_alone: bool) -> dict[str, Any]:
        """One kind: all its pages where it stands alone, else its beginning."""
        page = Paginator(changes, PER_PAGE if is_alone else FIRST).get_page(
            self.request.GET.get("page") if is_alone else 1
        )
        differences = [found for change in changes if (found := change.difference) is not None]
        return {
            "name": name,
            "title": KINDS[name][0],
            "count": len(changes),
            "is_capped": len(changes) >= MOST,
            "rows": list(page),
            "total": sum(differences, Decimal(0)) if differences else None,
            "compared": len(differences),
            "page": page,
            "is_cut": not is_alone and page.has_other_pages(),
            "address": address(self.request, kind=name),
            "before": address(self.request, kind=name) + f"&page={page.number - 1}",
            "after": address(self.request, kind=name) + f"&page={page.number + 1}",
        }
