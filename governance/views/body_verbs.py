"""What the secretary changes of a body: one page for each verb."""

from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest
from django.urls import reverse

from governance.forms.boards import AddBodyForm, ChangeBodyForm, StatusForm, TermsForm
from governance.known import bodies_for
from governance.models import Body, Terms
from governance.views.bodies import MAP
from governance.views.map import VIEW
from governance.workflow.bodies import FACTS, PERMISSION, add_body, change_body, change_status, may_change
from governance.workflow.terms import add_terms
from pcnportal.pages.downloads import attachment
from pcnportal.pages.pages import FormPage, Page
from pcnportal.people.models import Organisation
from pcnportal.refusals import NotAllowed


class AddBody(FormPage):
    permission = PERMISSION
    form_class = AddBodyForm
    title = "Add a body"
    button = "Add the body"
    done = "The body is added as a draft."
    breadcrumbs = [MAP]

    def form_kwargs(self) -> dict[str, Any]:
        return {"organisations": Organisation.objects.filter(pk__in=self.request.user.scope(PERMISSION))}

    def back(self) -> str:
        return reverse("governance:map")

    @transaction.atomic
    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        return add_body(
            by=self.request.user,
            organisation=typed["organisation"],
            source=form.source(),
            **{name: typed[name] for name in FACTS},
        )


class OfBody(FormPage):
    """A verb about a body; its version is what the form has seen."""

    permission = PERMISSION
    see = VIEW
    model: Any = Body

    @property
    def body(self) -> Body:
        body: Body = self.object
        return body

    def visible(self) -> Any:
        return bodies_for(self.request.user.scope(VIEW)).select_related("organisation")

    def queryset(self) -> Any:
        return self.visible()

    def fetch(self) -> Any:
        self.object = super().fetch()
        if not may_change(self.body, self.request.user):
            raise NotAllowed("This belongs to another organisation.")
        return self.object

    def version(self) -> int:
        return self.body.version

    def get_caption(self) -> str:
        return str(self.body)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(MAP[0], reverse(MAP[1])), (str(self.body), self.body.get_absolute_url())]

    def back(self) -> str:
        return self.body.get_absolute_url()

    def said(self, form: Any) -> dict[str, Any]:
        return {"by": self.request.user, "seen": form.cleaned_data["seen"]}


class ChangeBody(OfBody):
    form_class = ChangeBodyForm
    title = "Change what is held of the body"
    done = "What is held of {object} is changed."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FACTS}

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        facts = {name: typed[name] for name in (*FACTS, "reason")}
        change_body(self.body, **self.said(form), **facts)


class ChangeStatus(OfBody):
    form_class = StatusForm
    title = "Change the status"
    done = "The status of {object} is changed."

    def initial(self) -> dict[str, Any]:
        return {"status": self.object.status}

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        change_status(self.body, **self.said(form), status=typed["status"], reason=typed["reason"])


class AddTerms(OfBody):
    form_class = TermsForm
    title = "Add terms of reference"
    intro = "A new version replaces the one before, which stays readable. Upload no patient information."
    button = "Add this version"
    done = "The terms of reference are added."

    @transaction.atomic
    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        terms = {name: typed[name] for name in ("number", "text", "adopted_on", "review_on")}
        add_terms(self.body, **self.said(form), **terms, upload=typed["file"], source=form.source())

    def back(self) -> str:
        return f"{super().back()}#terms"


class TermsFile(Page):
    """The file of a version, to who sees the body."""

    permission = VIEW
    model = Terms

    def queryset(self) -> Any:
        bodies = bodies_for(self.request.user.scope(VIEW))
        return Terms.objects.filter(body__in=bodies).select_related("file")

    def get(self, _request: HttpRequest, **_kwargs: Any) -> FileResponse:
        file = self.object.file
        if file is None:
            raise Http404
        return attachment(file.file, file.name, file.media_type)
