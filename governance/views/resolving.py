"""What a body resolved on an item: record it, replace what was recorded wrongly."""

from typing import Any

from django.db import transaction

from governance.conflicts import must_be_settled, unsettled_for
from governance.forms.minutes import VOTE, ReplaceForm, ResolveForm
from governance.models import AgendaItem, Resolution
from governance.quorum import must_be_quorate, quorum_of
from governance.views.minutes import OfMinutes
from governance.workflow.resolutions import (
    decided_elsewhere,
    not_before_its_day,
    replace_resolution,
    resolve,
    voters,
)
from pcnportal.refusals import Refused


class Resolve(OfMinutes):
    form_class: Any = ResolveForm
    title = "Record what was resolved"
    button = "Record the resolution"
    done = "The resolution is recorded."
    template_name = "governance/minutes/resolve.jinja"

    def guard(self) -> None:
        if decided_elsewhere(self.item):
            raise Refused("What is decided on this item is recorded on the page of what it is about.")
        if self.item.meeting.held_on:
            not_before_its_day(self.item)
        must_be_quorate(self.item)
        must_be_settled(self.item)

    def form_kwargs(self) -> dict[str, Any]:
        meeting, asks_quorum = self.item.meeting, quorum_of(self.item).met is None
        return {
            "is_published": meeting.minutes_published_at is not None,
            "asks_quorum": asks_quorum,
            "asks_source": asks_quorum or meeting.held_on is None,
            "voters": voters(self.item),
        }

    def context(self) -> dict[str, Any]:
        return {
            "quorum": quorum_of(self.item),
            "subject": self.item.subject,
            "item": self.item,
            "unsettled": unsettled_for(self.request.user, self.item),
        }

    def facts(self, form: Any) -> dict[str, Any]:
        typed = form.cleaned_data
        return {
            "by": self.request.user,
            "seen": typed["seen"],
            "outcome": typed["outcome"],
            "text": typed["text"],
            "number": typed["number"],
            "quorum_note": typed.get("quorum_note", ""),
            "votes": form.votes(),
            "source": form.read_in(),
            "reason": form.why(),
        }

    @transaction.atomic
    def save(self, form: Any) -> Any:
        resolve(self.item, **self.facts(form))


class ReplaceResolution(Resolve):
    model = Resolution
    scope = "commissioner.pk"
    form_class = ReplaceForm
    title = "Replace the resolution"
    button = "Replace the resolution"
    done = "The resolution is replaced. The earlier one stays readable."

    def queryset(self) -> Any:
        return Resolution.objects.select_related("item__meeting__body", "item__meeting__commissioner")

    @property
    def item(self) -> AgendaItem:
        item: AgendaItem = self.object.item
        return item

    def guard(self) -> None:
        if Resolution.objects.filter(supersedes=self.object).exists():
            raise Refused("It is replaced already.")
        if decided_elsewhere(self.item, replaced=self.object):
            raise Refused("What is decided on this item is recorded on the page of what it is about.")

    def initial(self) -> dict[str, Any]:
        held = self.object
        votes = {f"{VOTE}{vote.person_id}": vote.cast for vote in held.votes.all()}
        note = held.quorum_note if held.quorum_basis == Resolution.QuorumBasis.ATTESTED else ""
        return {
            "outcome": held.outcome,
            "text": held.text,
            "number": held.number,
            "quorum_note": note,
        } | votes

    def context(self) -> dict[str, Any]:
        return super().context() | {"replaced": self.object}

    @transaction.atomic
    def save(self, form: Any) -> Any:
        replace_resolution(self.object, **self.facts(form))
