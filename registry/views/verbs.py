"""Pages of the workflow's verbs that need no more than a reason, a date or one choice."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pcnportal.pages.pages import FormPage
from registry.forms.verbs import ConfirmForm
from registry.workflow import TRANSITIONS, move
from registry.workflow.move import GUARDS

from .forms import OfCase


class Way(NamedTuple):
    """Where something can be mended: words, name of the address, who may go there, is it of the case."""

    text: str
    address: str
    permission: str
    of_case: bool = True


REVIEW = Way("Go to the review", "registry:review", "registry.view_case")
CASE = Way("Go to the registration", "registry:registration", "registry.view_case")
# By the name of the guard that stands in the way.
WAYS_OUT: dict[str, Way | None] = {
    "_form_being_filled_in": Way("Fill in the form", "registry:form", "registry.submit_case"),
    "_something_to_return": None,
    "_somebody_left_to_withdraw": None,
    "every_line_answered": REVIEW,
    "departures_sent": REVIEW,
    "recommended": Way("Recommend it", "registry:recommend", "registry.recommend_case"),
    "_has_a_panel": CASE,
    "_region_did_not_refuse": REVIEW,
    "_endorsed_where_a_panel_endorses": CASE,
    "_no_review_wanted": Way("Review it again", "registry:review_again", "registry.review_case"),
    "_every_practice_placed": Way(
        "See the practices", "registry:practices", "registry.view_register", of_case=False
    ),
    "_conditions_before_go_live_closed": CASE,
    "_what_is_needed_to_start": REVIEW,
    "_checklist_accepted": REVIEW,
    "_started": None,
}


@dataclass(frozen=True)
class Obstacle:
    """What stands in a verb's way, in a sentence; `href` is where it can be mended, or empty."""

    sentence: str
    text: str = ""
    href: str = ""


class VerbPage(OfCase, FormPage):
    """One verb of TRANSITIONS: says what will happen, asks what the verb needs, and does it.

    Where guards stand in the way, their sentences are shown in place of the form, each with its way out.
    """

    verb = ""
    happened = ""
    # The question of a page that asks for a reason, and what to do where it is not answered.
    asks = ("", "")
    is_blocked = False
    template_name = "registry/form/verb.jinja"
    form_class: type[Any] = ConfirmForm

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.verb:
            transition = TRANSITIONS[cls.verb]
            cls.permission = transition.permission
            cls.button = cls.__dict__.get("button", transition.label)
            cls.title = cls.__dict__.get("title", transition.label)

    @property
    def sources(self) -> frozenset[str]:
        """The stages in which the verb is open."""
        return TRANSITIONS[self.verb].source

    def obstacles(self) -> list[Obstacle]:
        """Everything that stands in the way, not the first thing alone."""
        case = self.object
        if case.status not in self.sources:
            return [Obstacle(f"This can't be done now: the registration is “{case.get_status_display()}”.")]
        return [
            self.way_to(sentence, WAYS_OUT.get(check.__name__))
            for check in GUARDS[self.verb]
            if (sentence := check(case))
        ]

    def way_to(self, sentence: str, way: Way | None) -> Obstacle:
        """The obstacle with the link to where this user can mend it."""
        if way is None or not self.request.user.can(way.permission):
            return Obstacle(sentence)
        href = reverse(way.address, args=[self.object.pk] if way.of_case else [])
        return Obstacle(sentence, way.text, href)

    def get(self, _request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        if found := self.obstacles():
            self.is_blocked = True
            return self.show(blocked=found[0].sentence, obstacles=found, back=self.back())
        return super().get(_request, **_kwargs)

    def context(self) -> dict[str, Any]:
        return {} if self.is_blocked else self.about()

    def about(self) -> dict[str, Any]:
        """What the page tells of what will happen."""
        return {}

    def form_kwargs(self) -> dict[str, Any]:
        return dict(zip(("label", "sentence"), self.asks, strict=True)) if self.asks[0] else {}

    def facts(self, form: Any) -> dict[str, Any]:
        """What the verb takes beside who and which version."""
        return {name: value for name, value in form.cleaned_data.items() if name != "seen"}

    def said(self, form: Any) -> str:
        """What happened, in a sentence."""
        return self.happened.format(object=self.object)

    def save(self, form: Any) -> Any:
        move(self.object, self.verb, by=self.request.user, seen=form.cleaned_data["seen"], **self.facts(form))
        messages.success(self.request, self.said(form))
        return self.after()

    def after(self) -> Any:
        """Where to go next."""
        return self.object
