"""The review: its overview with everything on one sheet, and one line of the checklist at a time."""

from functools import cached_property
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pcnportal import clock
from pcnportal.pages.pages import DetailPage, FormPage
from pcnportal.people.access import allow
from pcnportal.refusals import Refused
from registry.checklist import Assessed, facts_for
from registry.checklist.facts import with_facts
from registry.coverage import coverage_of
from registry.forms.reviewing import AnswerForm
from registry.forms.sources import sources_near
from registry.models import Case, Document, Line
from registry.papers import papers_are_closed_to
from registry.review import Review, next_steps, review_of
from registry.workflow import TRANSITIONS
from registry.workflow.reviewing import answer_line

from .line_facts import Held, held_about


def way_to(case: Case, *, beyond_review: bool = True) -> list[tuple[str, str]]:
    """The pages above a page of the review."""
    way = [
        ("Registrations", reverse("registry:registrations")),
        (str(case), reverse("registry:registration", args=[case.pk])),
    ]
    return [*way, ("Review", reverse("registry:review", args=[case.pk]))] if beyond_review else way


def reviewed_cases() -> "models.QuerySet[Case]":
    """Cases with all that a page of the review reads of their own row."""
    return with_facts(Case.objects.all()).select_related(
        "pcn__organisation",
        "commissioner__commissioning",
        "round__source",
        "current__payee",
        "current__source",
    )


class ReviewPage(DetailPage):
    """The lines as a task list, the departures, the commissioner's coverage, and the sheet."""

    permission = "registry.view_case"
    scope = "commissioner_id"
    model = Case
    template_name = "registry/review/overview.jinja"

    def queryset(self) -> "models.QuerySet[Any]":
        return reviewed_cases()

    def get_title(self) -> str:
        return f"Review of {self.object}"

    def get_caption(self) -> str:
        return f"{self.object.commissioner} · {self.object.round}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return way_to(self.object, beyond_review=False)

    def context(self) -> dict[str, Any]:
        review = review_of(self.object, clock.today())
        return {
            "review": review,
            "steps": next_steps(review, self.request.user),
            "coverage": coverage_of(self.object.commissioner, clock.today()),
            "may_review": self.request.user.can("registry.review_case", self.object.commissioner_id),
        }


class LinePage(FormPage):
    """A line: what is required, what is held, the working, and the answer where the line takes one."""

    permission = "registry.view_case"
    scope = "commissioner_id"
    model = Case
    lookup = {"key": "lines__key"}
    form_class = AnswerForm
    template_name = "registry/review/line.jinja"

    def queryset(self) -> "models.QuerySet[Any]":
        return reviewed_cases()

    def fetch(self) -> Any:
        """Once more after somebody else was first: what follows from the case is then read again too."""
        for name in ("review", "assessed", "held", "documents"):
            self.__dict__.pop(name, None)
        return super().fetch()

    @cached_property
    def review(self) -> Review:
        return review_of(self.object, clock.today())

    @cached_property
    def assessed(self) -> Assessed:
        return next(a for a in self.review.lines if a.line.key == self.kwargs["key"])

    @property
    def line(self) -> Line:
        return self.assessed.line

    @cached_property
    def held(self) -> Held:
        return held_about(self.line, self.object, facts_for([self.object], clock.today())[self.object.pk])

    @cached_property
    def documents(self) -> list[Document]:
        return list(self.object.documents.all())

    def get_title(self) -> str:
        return self.line.title

    def get_caption(self) -> str:
        return f"{self.object}, line {self.line.position} of {len(self.review.lines)}: {self.line.section}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return way_to(self.object)

    def back(self) -> str:
        return reverse("registry:review", args=[self.object.pk])

    def guard(self) -> None:
        if not self.review.is_open:
            stage = self.object.get_status_display()
            raise Refused(f"The registration is “{stage}”: its review can be read, and not changed.")
        if not self.assessed.takes_an_answer:
            raise Refused(f"Computed from {self.held.follows_from}. {self.held.corrected}")
        if not self.may_review:
            raise Refused("The primary care team answers this line.")

    @property
    def may_review(self) -> bool:
        return self.request.user.can("registry.review_case", self.object.commissioner_id)

    def form_kwargs(self) -> dict[str, Any]:
        result = self.assessed.result
        return {
            "held": sources_near(self.object),
            "documents": self.object.documents.all(),
            "state": result.state if result else "",
        }

    def initial(self) -> dict[str, Any]:
        line = self.line
        return {
            "answer": line.answer,
            "note": line.note,
            "held_source": line.source_id or ("none" if line.answer else ""),
            "evidence": [document.pk for document in line.evidence.all()],
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        allow(self.request.user, "registry.review_case", self.object.commissioner)
        return super().post(request, **kwargs)

    @transaction.atomic
    def save(self, form: Any) -> str:
        said = form.cleaned_data
        self.line.case = self.object
        try:
            answer_line(
                self.line,
                by=self.request.user,
                seen=said["seen"],
                answer=said["answer"],
                note=said["note"],
                source=form.chosen_source(),
                evidence=said.get("evidence", ()),
            )
        except Refused as refusal:
            refusal.field = "held_source" if refusal.field == "source" else refusal.field
            raise
        self.done = f"Saved: {self.line}, {self.line.get_answer_display().lower()}."
        if self.request.POST.get("then") == "stay":
            return self.line.get_absolute_url()
        following = review_of(reviewed_cases().get(pk=self.object.pk), clock.today()).next_open(self.line.key)
        return following.line.get_absolute_url() if following else self.back()

    def context(self) -> dict[str, Any]:
        before, after = self.review.beside(self.line.key)
        return {
            "line": self.line,
            "assessed": self.assessed,
            "review": self.review,
            "held": self.held,
            "documents": [d for d in self.documents if d.kind in self.held.documents],
            "departure": self.review.departures.get(self.line.pk),
            "before": before,
            "after": after,
            "may_review": self.may_review,
            "papers_closed": papers_are_closed_to(self.request.user, self.object),
            "may_return": self.object.status in TRANSITIONS["return_form"].source
            and self.request.user.can("registry.return_case", self.object.commissioner_id),
            "may_add_documents": self.request.user.can("registry.submit_case", self.object.commissioner_id),
        }
