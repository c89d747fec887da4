"""A registration form: starting it, filling it in, its versions."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.pages import DetailPage, FormPage, Page
from pcnportal.people.models import Organisation
from pcnportal.refusals import Refused
from registry.checklist.preview import forecast
from registry.forms.filling_in import DIRECTORS, MEMBERS, RegistrationForm, with_pasted
from registry.forms.practices import suggestions
from registry.forms.sources import NONE
from registry.forms.starting import StartForm
from registry.models import Case, Document, Round, Submission, SubmittedDirector, SubmittedMember
from registry.workflow import TRANSITIONS
from registry.workflow.differences import differences
from registry.workflow.forms import EDITABLE, edit_form, form_of, start_case

CRUMBS = [("Registrations", "registry:registrations")]


class OfCase(Page):
    """A page about one case."""

    see = "registry.view_case"
    scope = "commissioner_id"
    model: type[Model] | None = Case

    def queryset(self) -> "QuerySet[Case]":
        return Case.objects.select_related("pcn__organisation", "commissioner", "round", "current")

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        registrations = ("Registrations", reverse("registry:registrations"))
        return [registrations, (str(self.object), self.object.get_absolute_url())]


class StartPage(FormPage):
    """Start a registration of a PCN in a round."""

    permission = "registry.start_case"
    title = "Start a registration"
    button = "Start the registration"
    intro = "Nothing is sent yet. Next you fill in what the form says, and you can save and come back."
    form_class = StartForm
    breadcrumbs = CRUMBS

    def form_kwargs(self) -> dict[str, Any]:
        allowed = self.request.user.scope(self.permission)
        return {"commissioners": Organisation.objects.filter(pk__in=allowed).order_by("name")}

    def initial(self) -> dict[str, Any]:
        return {"round": Round.objects.order_by("-year").first()}

    def guard(self) -> None:
        if not Round.objects.exists():
            raise Refused("No round of registrations is held. An administrator has to load one.")

    def back(self) -> str:
        return reverse("registry:registrations")

    def save(self, form: Any) -> str:
        data = form.cleaned_data
        case = start_case(
            by=self.request.user,
            commissioner=data["commissioner"],
            round=data["round"],
            pcn=data["pcn"],
            name=data["name"],
        )
        messages.success(self.request, f"The registration of {case} is started. Now fill in its form.")
        return reverse("registry:form", args=[case.pk])


class FillInPage(OfCase, FormPage):
    """The form as a draft: saved as often as one likes, with what a review would find in it."""

    permission = "registry.submit_case"
    template_name = "registry/form/fill_in.jinja"
    title = "Fill in the form"
    button = "Save"
    form_class = RegistrationForm
    cards = {"members": MEMBERS, "directors": DIRECTORS}

    def guard(self) -> None:
        if self.object.status not in EDITABLE:
            stage = self.object.get_status_display()
            raise Refused(f"The form of {self.object} can't be changed now: the registration is “{stage}”.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"case": self.object}

    @property
    def held(self) -> Submission:
        """The form as it was saved last."""
        if not hasattr(self, "_held"):
            self._held = form_of(self.object)
        return self._held

    def initial(self) -> dict[str, Any]:
        form = self.held
        return {
            # A form that was received stays as it is: the next version says anew when and how it came.
            "received_on": None if form.is_submitted else form.received_on,
            "received_how": "" if form.is_submitted else form.received_how,
            "received_precision": form.received_precision,
            "stated_list_size": form.stated_list_size,
            "stated_as_at": form.stated_as_at,
            "payee": form.payee_id,
            "held_source": str(form.source_id or NONE),
        }

    def cards_initial(self, prefix: str) -> list[dict[str, Any]]:
        if self.request.method == "POST":
            return []
        rows: list[dict[str, Any]]
        if prefix == "members":
            rows = [{"code": m.code, "signed_on": m.signed_on} for m in self.held.members.all()]
        else:
            directors = self.held.directors.select_related("person", "practice__organisation")
            rows = [
                {
                    "name": d.person.name,
                    "practice": d.practice.organisation.code if d.practice else "",
                    "share": d.share.normalize() if d.share else None,
                }
                for d in directors
            ]
        return rows or [{}]

    def context(self) -> dict[str, Any]:
        case, form = self.object, self.held
        returned = (
            events_of(case).filter(verb="return_form").first()
            if form.number > 1 or form.is_submitted
            else None
        )
        back = TRANSITIONS["return_form"]
        return {
            "may_return": case.status in back.source
            and self.request.user.can(back.permission, case.commissioner_id),
            "version_number": form.number + form.is_submitted,
            "forecasts": forecast(case, form) if self.is_begun else [],
            "returned": returned,
            "practices": suggestions(case.commissioner, clock.today()),
            "documents": list(case.documents.exclude(kind=Document.Kind.EVIDENCE)),
        }

    @property
    def is_begun(self) -> bool:
        """Whether anything was saved yet."""
        form = self.held
        return bool(form.received_on or form.stated_list_size or form.payee_id or form.members.exists())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        request.POST = with_pasted(request.POST)  # type: ignore[assignment]
        if "paste" in request.POST:
            return self.show_changed_cards(request.POST, "members")
        return super().post(request, **kwargs)

    def save(self, form: Any) -> str | None:
        edit_form(
            self.object,
            by=self.request.user,
            seen=form.cleaned_data["seen"],
            fields=form.fields_of_form(),
            members=self.cards_data["members"],
            directors=self.cards_data["directors"],
        )
        if "submit" in self.request.POST:
            return reverse("registry:submit", args=[self.object.pk])
        messages.success(self.request, "The form is saved. It is not recorded as received yet.")
        return None if "later" in self.request.POST else reverse("registry:form", args=[self.object.pk])


class DifferencesPage(OfCase, DetailPage):
    """The versions of the form, newest first, each with what it says differently from the one before."""

    permission = "registry.view_case"
    template_name = "registry/form/differences.jinja"
    title = "Versions of the form"

    def context(self) -> dict[str, Any]:
        forms = list(
            self.object.submissions.select_related("payee", "source").prefetch_related(
                Prefetch("members", SubmittedMember.objects.select_related("practice__organisation")),
                Prefetch(
                    "directors", SubmittedDirector.objects.select_related("person", "practice__organisation")
                ),
            )
        )
        versions = [
            {"form": form, "before": before, "differences": differences(before, form) if before else []}
            for before, form in zip([None, *forms], forms, strict=False)
        ]
        return {"versions": versions[::-1]}
