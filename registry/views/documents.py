"""Files of a case: adding one, and handing one out to who may see the case."""

import re
from typing import Any

from django.db.models.fields.files import FieldFile
from django.forms import BaseForm
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.urls import reverse

from pcnportal.pages.cards import Cards
from pcnportal.pages.pages import FormPage, Page
from registry.forms.documents import DocumentForm
from registry.models import Case, Document
from registry.papers import papers_are_closed_to
from registry.workflow.documents import add_document

# Whatever a file holds, a browser neither runs nor shows anything of it on our address.
CONTENT_SECURITY_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def safe_name(name: str) -> str:
    """A file name without a path or control characters."""
    return re.sub(r"[\x00-\x1f\x7f/\\]+", "_", name).strip(". ") or "document"


def attachment(file: FieldFile, name: str, media_type: str) -> FileResponse:
    """A stored file to keep, never to be shown on our address. Raises `Http404` where it is lost."""
    try:
        content = file.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(content, as_attachment=True, filename=safe_name(name), content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    response["Cache-Control"] = "private, no-store"
    return response


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
