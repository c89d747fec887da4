"""What follows from the review: departures sent to the region, and the recommendation to the committee."""

from functools import cached_property
from typing import Any, cast

from django.db import models, transaction
from django.http import QueryDict
from django.urls import reverse

from pcnportal import clock
from pcnportal.pages.cards import Cards
from pcnportal.pages.pages import FormPage
from pcnportal.refusals import Refused
from registry.checklist import Assessed, assess
from registry.forms.deciding import REASONS, number_lines
from registry.forms.reviewing import (
    DepartureForm,
    RecommendForm,
    ReplyForm,
    SentForm,
)
from registry.forms.sources import sources_near
from registry.models import Case, Departure, Line, Recommendation, Status
from registry.review import Review, review_of
from registry.workflow import TRANSITIONS, missing, move
from registry.workflow.reviewing import record_departure, record_reply, send_departure

from .review import reviewed_cases, way_to

NO_REASON = "Give the reason for the departure first."


class DeparturePage(FormPage):
    """A verb on the departure of one line."""

    permission = "registry.review_case"
    see = "registry.view_case"
    scope = "case.commissioner_id"
    model = Line
    lookup = {"pk": "case_id"}
    template_name = "registry/review/departure.jinja"

    def queryset(self) -> "models.QuerySet[Any]":
        return Line.objects.select_related("case__pcn__organisation", "case__commissioner")

    @cached_property
    def assessed(self) -> Assessed:
        lines = assess(self.object.case, clock.today())
        return next(found for found in lines if found.line.pk == self.object.pk)

    @cached_property
    def departure(self) -> Departure | None:
        held = self.object.departures.filter(submission=self.object.case.current_id)
        return cast("Departure | None", held.select_related("region", "reply_source").first())

    def get_caption(self) -> str:
        return f"{self.object.case}, departure: {self.object.title}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*way_to(self.object.case), (self.object.title, self.object.get_absolute_url())]

    def version(self) -> int:
        return int(self.object.case.version)

    def back(self) -> str:
        return reverse("registry:review", args=[self.object.case_id])

    def guard_review(self) -> None:
        case = self.object.case
        if case.status != Status.UNDER_REVIEW:
            raise Refused(f"The registration is “{case.get_status_display()}”: its review is not open.")

    def context(self) -> dict[str, Any]:
        return {"departure": self.departure, "assessed": self.assessed}


class RecordDeparture(DeparturePage):
    title = "Give the reason for the departure"
    form_class = DepartureForm
    button = "Save the reason"
    done = "The reason for the departure on “{object}” is recorded."

    def initial(self) -> dict[str, Any]:
        return {"reason": self.departure.reason if self.departure else ""}

    def guard(self) -> None:
        self.guard_review()
        if not self.assessed.is_failing:
            raise Refused("This line does not read “Not met”: there is no departure.")
        if self.departure and self.departure.is_sent:
            raise Refused("This departure was sent already: its reason stays as it was sent.")

    def save(self, form: Any) -> str:
        said = form.cleaned_data
        record_departure(self.object, by=self.request.user, seen=said["seen"], reason=said["reason"])
        return self.back()


class SendDeparture(DeparturePage):
    title = "Record that the departure was sent"
    intro = "The portal sends nothing. It records that the departure went to the NHS England regional team."
    form_class = SentForm
    button = "Record that it was sent"
    done = "It is recorded that the departure on “{object}” was sent."

    def guard(self) -> None:
        self.guard_review()
        if self.departure is None:
            raise Refused(NO_REASON)
        if self.departure.is_sent:
            raise Refused("This departure was sent already.")

    def save(self, form: Any) -> str:
        if self.departure is None:
            raise Refused(NO_REASON)
        said = form.cleaned_data
        self.departure.line = self.object
        send_departure(self.departure, by=self.request.user, seen=said["seen"], sent_on=said["sent_on"])
        return self.back()


class RecordReply(DeparturePage):
    title = "Record the regional team’s answer"
    form_class = ReplyForm
    button = "Record the answer"
    done = "The regional team’s answer on “{object}” is recorded."

    def form_kwargs(self) -> dict[str, Any]:
        return {"held": sources_near(self.object.case)}

    def initial(self) -> dict[str, Any]:
        departure = self.departure
        if departure is None or not departure.reply:
            return {}
        return {
            "reply": departure.reply,
            "replied_on": departure.replied_on,
            "note": departure.reply_note,
            "held_source": departure.reply_source_id or "none",
        }

    def guard(self) -> None:
        if self.departure is None or not self.departure.is_sent:
            raise Refused("Record first that the departure was sent.")

    @transaction.atomic
    def save(self, form: Any) -> str:
        self.guard()
        assert self.departure  # noqa: S101 (guarded)
        said = form.cleaned_data
        self.departure.line = self.object
        record_reply(
            self.departure,
            by=self.request.user,
            seen=said["seen"],
            reply=said["reply"],
            replied_on=said["replied_on"],
            note=said["note"],
            source=form.chosen_source(),
        )
        return self.back()


class Recommend(FormPage):
    """The recommendation, beside a summary of the review."""

    permission = "registry.recommend_case"
    see = "registry.view_case"
    scope = "commissioner_id"
    model = Case
    template_name = "registry/review/recommend.jinja"
    form_class = RecommendForm
    cards = {"reasons": REASONS}
    button = "Recommend"
    done = "The recommendation on {object} is recorded."

    def queryset(self) -> "models.QuerySet[Any]":
        return reviewed_cases()

    def fetch(self) -> Any:
        self.__dict__.pop("review", None)
        return super().fetch()

    @cached_property
    def review(self) -> Review:
        return review_of(self.object, clock.today())

    @property
    def earlier(self) -> Recommendation | None:
        """The newest recommendation, on whichever version of the form."""
        found: Recommendation | None = self.object.recommendations.select_related("submission").first()
        return found

    def get_title(self) -> str:
        return f"Recommendation on {self.object}"

    def get_caption(self) -> str:
        return f"{self.object.commissioner} · {self.object.round}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return way_to(self.object)

    def back(self) -> str:
        return reverse("registry:review", args=[self.object.pk])

    def form_kwargs(self) -> dict[str, Any]:
        return {"held": sources_near(self.object)}

    def initial(self) -> dict[str, Any]:
        earlier = self.earlier
        if earlier is None:
            return {}
        return {"outcome": earlier.outcome, "held_source": earlier.source_id or "none"}

    def forms(self, data: QueryDict | None) -> tuple[Any, dict[str, Cards]]:
        form, sets = super().forms(data)
        number_lines(sets["reasons"])
        return form, sets

    def cards_initial(self, _prefix: str) -> list[dict[str, Any]]:
        return [{"text": reason} for reason in self.earlier.reasons] if self.earlier else []

    def guard(self) -> None:
        if self.object.status not in TRANSITIONS["recommend"].source:
            stage = self.object.get_status_display()
            raise Refused(f"The registration is “{stage}”: it can be recommended while it is under review.")
        if sentence := missing(self.object, "recommend"):
            raise Refused(sentence)

    @transaction.atomic
    def save(self, form: Any) -> str:
        move(
            self.object,
            "recommend",
            by=self.request.user,
            seen=form.cleaned_data["seen"],
            outcome=form.cleaned_data["outcome"],
            reasons=[card["text"] for card in self.cards_data["reasons"]],
            source=form.chosen_source(),
        )
        return self.back()

    def context(self) -> dict[str, Any]:
        return {"review": self.review}
