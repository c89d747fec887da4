"""Recording what the committee or the panel decided about a registration, from its agenda item."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from governance.conflicts import must_be_settled
from governance.models import AgendaItem, Body
from pcnportal import clock
from pcnportal.refusals import Refused
from registry.brief import brief_of, standing_decisions, words_of
from registry.forms.deciding import ChoiceForm, DecisionForm, DeferForm
from registry.models import Recommendation
from registry.workflow import TRANSITIONS, available, move
from registry.workflow.deciding import not_by_who_recommended
from registry.workflow.move import missing
from registry.workflow.outcomes import (
    COMMITTEE_VERBS,
    OUTCOME,
    PANEL_VERBS,
    body_for,
    item_for,
    outcome_words,
)
from registry.workflow.reviewing import recommendation_in_force

from .recording import OfCase, RecordsDecision

# The recommendation's reasons are a first draft only where the committee decides as recommended.
AS_RECOMMENDED = {
    "approve": Recommendation.Outcome.APPROVE,
    "not_approve": Recommendation.Outcome.NOT_APPROVE,
}


class DecidePage(OfCase):
    """What did the body decide? Leads to the page of the verb."""

    form_class = ChoiceForm
    template_name = "registry/deciding/choose.jinja"
    button = "Continue"

    def get_title(self) -> str:
        return "Record what was decided"

    def get_caption(self) -> str:
        return str(self.object)

    @cached_property
    def choices(self) -> list[Any]:
        verbs = (*COMMITTEE_VERBS, *PANEL_VERBS)
        return [choice for choice in available(self.object, self.request.user) if choice.verb in verbs]

    def guard(self) -> None:
        if not self.choices:
            raise Refused(
                f"{self.object} is “{self.object.get_status_display()}”: nothing is to be decided now."
            )
        not_by_who_recommended(self.object, self.request.user)
        if not any(choice.is_possible for choice in self.choices):
            raise Refused(self.choices[0].missing)

    def form_kwargs(self) -> dict[str, Any]:
        of_panel = any(choice.verb in PANEL_VERBS for choice in self.choices)
        body = body_for(self.object, "endorse" if of_panel else "approve")
        return {
            "choices": [
                (choice.verb, str(OUTCOME[choice.verb].label))
                for choice in self.choices
                if choice.is_possible
            ],
            "label": f"What did the {body} decide?",
        }

    def context(self) -> dict[str, Any]:
        return {
            "brief": brief_of(self.object, clock.today()),
            "decisions": [(d, words_of(d)) for d in standing_decisions(self.object)],
            "not_yet": [choice for choice in self.choices if not choice.is_possible],
        }

    def save(self, form: Any) -> str:
        return reverse(f"registry:{form.cleaned_data['choice']}", args=[self.object.pk])


class VerbPage(RecordsDecision):
    """One decision of the committee or the panel, named by `verb`."""

    @cached_property
    def body(self) -> Body | None:
        return body_for(self.object, self.verb)

    @cached_property
    def item(self) -> AgendaItem | None:  # type: ignore[override]
        return item_for(self.object, self.body)

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return DeferForm if self.verb == "defer" else DecisionForm

    def get_title(self) -> str:
        return TRANSITIONS[self.verb].label

    def get_caption(self) -> str:
        return f"{self.object}, {self.item.meeting}" if self.item else str(self.object)

    def guard(self) -> None:
        transition = TRANSITIONS[self.verb]
        if self.object.status not in transition.source:
            raise Refused(f"{self.object} is “{self.object.get_status_display()}”: this can't be done now.")
        not_by_who_recommended(self.object, self.request.user)
        if sentence := missing(self.object, self.verb):
            raise Refused(sentence)
        if self.quorum and self.quorum.met is False:
            raise Refused(self.quorum.working)
        if self.item:
            must_be_settled(self.item)
        self.guard_deferral()

    def cards_initial(self, prefix: str) -> list[dict[str, Any]]:
        recommendation = recommendation_in_force(self.object)
        as_recommended = recommendation and recommendation.outcome == AS_RECOMMENDED.get(self.verb)
        if prefix != "reasons" or not recommendation or not as_recommended:
            return []
        return [{"text": reason} for reason in recommendation.reasons]

    def outcome(self) -> str:
        return outcome_words(OUTCOME[self.verb], len(self.cards_data.get("conditions", [])))

    def follows(self, form: Any) -> list[str]:
        panel = body_for(self.object, "endorse")
        after = {
            "approve": f"Next, it goes before the {panel}." if panel else "Next, it is confirmed by letter.",
            "not_approve": "A letter to the PCN gives the reasons. It may send a new version of its form.",
            "request_information": "A letter to the PCN lists what is asked for.",
            "defer": f"It stays before the committee, on the agenda of {form.cleaned_data.get('meeting')}.",
            "endorse": "Next, it is confirmed by letter.",
            "decline_endorsement": "It goes back under review.",
        }
        lasting = "A recorded decision is never edited or deleted. A wrong one is replaced, with a reason."
        return [f"{self.object} will read “{self.outcome()}”. {after[self.verb]}", lasting]

    def answers(self, form: Any) -> list[tuple[str, str, list[tuple[str, Any]]]]:
        rows: list[tuple[str, Any]] = [
            ("Decision", self.outcome()),
            ("Decided by", str(self.item and self.item.meeting)),
        ]
        if self.verb == "defer":
            rows.append(("Deferred to", str(form.cleaned_data["meeting"])))
        part = "part-decision" if self.verb == "defer" else ""
        return [("Decision", part, rows), *super().answers(form)]

    def record(self, form: Any) -> Any:
        move(self.object, self.verb, by=self.request.user, seen=form.cleaned_data["seen"], **self.facts(form))
        self.done = f"Recorded: {self.object} – {self.outcome()}."
        return self.object
