"""Replacing a wrong decision: which one, what should have been recorded, and what was wrong."""

from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import urlencode

from governance.models import AgendaItem
from pcnportal.refusals import Refused
from registry.brief import words_of
from registry.forms.deciding import ChoiceForm, ReplaceByDeferralForm, ReplaceForm, as_card
from registry.models import Decision
from registry.workflow import TRANSITIONS, move
from registry.workflow.deciding import not_by_who_recommended
from registry.workflow.move import missing
from registry.workflow.outcomes import COMMITTEE_VERBS, OUTCOME, PANEL_VERBS, item_for, outcome_words
from registry.workflow.replacing import replaceable

from .recording import OfCase, RecordsDecision

# What else may be wrong where the outcome was right.
OTHER = {"approve": "reasons or conditions", "defer": "reasons or another meeting"}


def verbs_for(decision: Decision) -> tuple[str, ...]:
    """What the body of a decision could have decided."""
    of_panel = decision.outcome in [OUTCOME[verb] for verb in PANEL_VERBS]
    return PANEL_VERBS if of_panel else COMMITTEE_VERBS


class Replaces(OfCase):
    permission = "registry.replace_decision"

    @cached_property
    def standing(self) -> list[Decision]:
        found = replaceable(self.object)
        prefetch_related_objects(
            found, "body", "item__meeting__body", "conditions__evidence", "conditions__commitments"
        )
        return found

    def guard(self) -> None:
        if self.object.status not in TRANSITIONS["replace"].source:
            raise Refused(
                f"{self.object} is “{self.object.get_status_display()}”: no decision can be replaced now."
            )
        if sentence := missing(self.object, "replace"):
            raise Refused(sentence)
        not_by_who_recommended(self.object, self.request.user)


class WhichPage(Replaces):
    """Which decision in force was wrong, and what should it read?"""

    form_class = ChoiceForm
    template_name = "registry/deciding/choose.jinja"
    button = "Continue"
    title = "Replace a wrong decision"

    def get_caption(self) -> str:
        return str(self.object)

    def form_kwargs(self) -> dict[str, Any]:
        found = []
        for decision in self.standing:
            for verb in verbs_for(decision):
                other = OTHER.get(verb, "reasons")
                same = f", with other {other}" if OUTCOME[verb] == decision.outcome else ""
                words = f"{decision.body}, {decision.decided_on:%-d %B %Y}: {OUTCOME[verb].label}{same}"
                found.append((f"{decision.pk}-{verb}", words))
        return {"choices": found, "label": "What should have been recorded?"}

    def context(self) -> dict[str, Any]:
        return {"decisions": [(d, words_of(d)) for d in self.standing], "brief": None, "not_yet": []}

    def save(self, form: Any) -> str:
        decision, _, outcome = form.cleaned_data["choice"].partition("-")
        return f"{self.request.path}?{urlencode({'decision': decision, 'outcome': outcome})}"


class ReplacePage(Replaces, RecordsDecision):
    """The decision that should have been recorded, in the place of the one that the address names."""

    record_button = "Replace the decision"

    def fetch(self) -> Any:
        """The case; 404 where the address names no decision of it, or an outcome of another body."""
        case = super().fetch()
        decisions = case.decisions.select_related("body", "item__meeting__body", "source")
        number = self.request.GET["decision"]
        self.decision: Decision = get_object_or_404(decisions, pk=number if number.isdecimal() else 0)
        if self.verb not in verbs_for(self.decision):
            raise Http404
        return case

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.verb = request.GET.get("outcome", "")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def item(self) -> AgendaItem | None:  # type: ignore[override]
        return self.decision.item

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return ReplaceByDeferralForm if self.verb == "defer" else ReplaceForm

    def get_title(self) -> str:
        return f"Replace the decision “{words_of(self.decision)}”"

    def get_caption(self) -> str:
        return f"{self.object}, {self.decision.item.meeting}"

    def guard(self) -> None:
        super().guard()
        if self.decision not in self.standing:
            raise Refused("That decision is not in force.")
        self.guard_deferral()

    def initial(self) -> dict[str, Any]:
        if self.decision.quorum_basis == Decision.QuorumBasis.COMPUTED:
            return {"held_source": self.decision.source_id}
        return {"quorum_note": self.decision.quorum_note, "held_source": self.decision.quorum_source_id}

    def cards_initial(self, prefix: str) -> list[dict[str, Any]]:
        if OUTCOME[self.verb] != self.decision.outcome:
            return []
        if prefix == "reasons":
            return [{"text": reason} for reason in self.decision.reasons]
        owners = ("owner_person__organisation", "owner_organisation")
        return [as_card(condition) for condition in self.decision.conditions.select_related(*owners)]

    def outcome(self) -> str:
        return outcome_words(OUTCOME[self.verb], len(self.cards_data.get("conditions", [])))

    def answers(self, form: Any) -> list[tuple[str, str, list[tuple[str, Any]]]]:
        rows = [
            ("Replaced", f"{words_of(self.decision)}, {self.decision.item.meeting}"),
            ("What was wrong", form.cleaned_data["reason"]),
            ("Recorded instead", self.outcome()),
        ]
        if self.verb == "defer":
            rows.append(("Deferred to", str(form.cleaned_data["meeting"])))
        return [("Replacement", "part-decision", rows), *super().answers(form)]

    def follows(self, form: Any) -> list[str]:
        """What the replacement takes with it, in sentences."""
        found = [
            f"The decision of {self.decision.decided_on:%-d %B %Y} stays readable and is marked as replaced."
        ]
        if closing := self.decision.conditions.filter(result="").count():
            found.append(
                f"{closing} open {'condition' if closing == 1 else 'conditions'} of it will read “Replaced”."
            )
        of_committee = self.verb in COMMITTEE_VERBS
        if of_committee and (item := item_for(self.object, self.decision.body)):
            found.append(f"{self.object} is taken off the agenda of {item.meeting}.")
        if self.verb == "defer":
            found.append(f"It goes before the committee, on the agenda of {form.cleaned_data['meeting']}.")
        if self.verb == "endorse":
            found.append("Next, it is confirmed by letter.")
        if of_committee and len(self.standing) > 1:
            found.append("The panel’s endorsement was of the replaced decision: the panel endorses anew.")
        if self.verb in ("not_approve", "request_information"):
            found.append("A letter to the PCN is made from the new decision.")
        return found

    def context(self) -> dict[str, Any]:
        return super().context() | {
            "replaced": self.decision,
            "replaced_words": words_of(self.decision),
            "decisions": [(decision, words_of(decision)) for decision in self.standing],
        }

    def record(self, form: Any) -> Any:
        typed = form.cleaned_data
        facts = self.facts(form) | {"decision": self.decision, "outcome": self.verb}
        move(
            self.object, "replace", by=self.request.user, seen=typed["seen"], reason=typed["reason"], **facts
        )
        self.done = f"Replaced: {self.object} – {self.outcome()}."
        return self.object


def replace(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """First which decision and what it should read, then the decision itself."""
    page = ReplacePage if {"decision", "outcome"} <= set(request.GET) else WhichPage
    return page.as_view()(request, **kwargs)
