"""Files of a case: adding one, and handing one out to who may see the case."""

from typing import Any

from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from pcnportal.pages.cards import Cards
from pcnportal.pages.downloads import attachment
from pcnportal.pages.pages import FormPage, Page
from registry.forms.documents import DocumentForm
from registry.models import Case, Document
from registry.papers import papers_are_closed_to
from registry.workflow.documents import add_document


class AddDocument(FormPage):
    permission = "registry.submit_case"
    see = "registry.view_case"
    scope = "commissioner_id"
    model = Case
    form_class = DocumentForm
    template_name = "registry/add_document.jinja"
    title = "Add a document"
    button = "Add the document"
    done = "The document is added to {object}."
    breadcrumbs = [("Registrations", "registry:registrations")]

    def queryset(self) -> Any:
        return Case.objects.select_related("pcn__organisation", "commissioner")

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().get_breadcrumbs(), (str(self.object), self.object.get_absolute_url())]

    def initial(self) -> dict[str, Any]:
        """`?kind=evidence` chooses the kind beforehand."""
        return {"kind": self.request.GET.get("kind", "")}

    def back(self) -> str:
        return f"{reverse('registry:registration', args=[self.object.pk])}#documents"

    def save(self, form: Any) -> str:
        typed = form.cleaned_data
        add_document(
            self.object,
            by=self.request.user,
            kind=typed["kind"],
            upload=typed["file"],
            holds_bank_details=typed["holds_bank_details"] == "yes",
        )
        return self.back()

    def show_form(
        self, form: BaseForm, sets: dict[str, Cards], status: int = 200, **extra: Any
    ) -> HttpResponse:
        form.ask_for_the_file_again()  # type: ignore[attr-defined]
        return super().show_form(form, sets, status, **extra)


class Download(Page):
    permission = "registry.view_document"
    scope = "case.commissioner_id"
    model = Document

    def queryset(self) -> Any:
        return Document.objects.select_related("case")

    def get(self, request: HttpRequest, **_kwargs: Any) -> FileResponse:
        document = self.object
        if papers_are_closed_to(self.request.user, document.case):
            raise Http404
        return attachment(document.file, document.name, document.media_type)
