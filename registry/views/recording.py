"""What the pages that record a decision share: the case, the quorum, reasons and conditions, the check."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from governance.conflicts import unsettled_for
from governance.models import AgendaItem, Attendance, Meeting
from governance.quorum import Quorum, quorum_of
from pcnportal import clock
from pcnportal.pages.checking import CheckedFormPage
from pcnportal.pages.pages import FormPage
from pcnportal.refusals import Refused
from registry.brief import brief_of, standing_decisions, words_of
from registry.forms.deciding import (
    CONDITIONS,
    REASONS,
    REQUESTS,
    DecisionForm,
    number_lines,
    wanted,
    who_may_discharge,
)
from registry.forms.owners import near, owner_in_words
from registry.forms.sources import NAMING, sources_near
from registry.models import Case, Condition

LAST = [f"#id_{name}" for name in ("quorum_note", "held_source", *NAMING)] + ["#id_source_date_day"]


class OfCase(FormPage):
    """A page about a case that somebody who records decisions fills in."""

    permission = "registry.decide_case"
    see = "registry.view_case"
    scope = "commissioner_id"
    model = Case

    def queryset(self) -> Any:
        return Case.objects.select_related("pcn__organisation", "commissioner", "round", "current")

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [
            ("Registrations", reverse("registry:registrations")),
            (str(self.object), self.object.get_absolute_url()),
        ]


class RecordsDecision(OfCase, CheckedFormPage):
    """Reasons and conditions on cards, the quorum of an agenda item, and the check of it all."""

    template_name = "registry/deciding/record.jinja"
    form_class: type[Any] = DecisionForm
    record_button = "Record the decision"
    verb = ""
    item: AgendaItem | None

    @property
    def case(self) -> Case:
        found: Case = self.object
        return found

    @cached_property
    def quorum(self) -> Quorum | None:
        return quorum_of(self.item) if self.item else None

    @cached_property
    def later_meetings(self) -> Any:
        """Meetings of the item's body to which the case may be deferred; none without an item."""
        if self.item is None:
            return Meeting.objects.none()
        here = self.item.meeting
        return Meeting.objects.filter(
            body=here.body_id,
            commissioner=self.case.commissioner_id,
            held_on__gte=clock.today(),
            held_on__gt=here.held_on,
            is_cancelled=False,
        ).select_related("body")

    def guard_deferral(self) -> None:
        if self.item and self.verb == "defer" and not self.later_meetings.exists():
            raise Refused(f"No later meeting of the {self.item.meeting.body} is planned: plan it first.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.cards = {"reasons": REQUESTS if self.verb == "request_information" else REASONS}
        if self.verb == "approve":
            self.cards["conditions"] = CONDITIONS
        return super().dispatch(request, *args, **kwargs)

    def forms(self, data: Any) -> tuple[Any, dict[str, Any]]:
        form, sets = super().forms(data)
        form.fit(self.quorum, sources_near(self.case))
        if "meeting" in form.fields:
            form.fields["meeting"].queryset = self.later_meetings
        number_lines(sets["reasons"])
        if "conditions" in sets:
            who, likely = who_may_discharge(self.case), near(self.case)
            day = self.item.meeting.held_on if self.item else None
            for number, card in enumerate(sets["conditions"].forms, 1):
                card.fit(number, day, likely, who)
        return form, sets

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        """Errors in the order of the page: quorum and source come last on it."""
        last = [e for e in extra.get("errors", []) if e["href"] in LAST]
        if last:
            extra["errors"] = [e for e in extra["errors"] if e not in last] + last
        return super().show(status, **extra)

    def facts(self, form: Any) -> dict[str, Any]:
        """What the verb takes, from what was typed."""
        facts = form.facts() | {"reasons": [card["text"] for card in self.cards_data["reasons"]]}
        if self.verb == "defer":
            facts["meeting"] = form.cleaned_data["meeting"]
        if "conditions" in self.cards_data:
            facts["conditions"] = [wanted(card) for card in self.cards_data["conditions"]]
        return facts

    def answers(self, form: Any) -> list[tuple[str, str, list[tuple[str, Any]]]]:
        reasons = self.cards_data["reasons"]
        what = self.cards["reasons"].title
        found = [
            (
                "Requests" if what == "Request" else "Reasons",
                "part-reasons",
                [(f"{what} {number}", card["text"]) for number, card in enumerate(reasons, 1)],
            )
        ]
        asked = self.cards_data.get("conditions", [])
        who = dict(who_may_discharge(self.case)) if asked else {}
        for number, card in enumerate(asked, 1):
            found.append((f"Condition {number}", f"conditions-{number - 1}", shown(card, who)))
        if self.verb == "approve" and not asked:
            found.append(("Conditions", "part-conditions", [("Conditions", "None")]))
        is_computed = bool(self.quorum and self.quorum.met)
        quorum = self.quorum.working if self.quorum and is_computed else form.cleaned_data["quorum_note"]
        source = form.source_in_words()
        found.append(("Quorum and source", "part-quorum", [("Quorum", quorum), ("Source", source)]))
        return found

    def context(self) -> dict[str, Any]:
        meeting = self.item.meeting if self.item else None
        there = list(meeting.attendances.select_related("person")) if meeting else []
        return {
            "brief": brief_of(self.case, clock.today()),
            "decisions": [(d, words_of(d)) for d in standing_decisions(self.case)],
            "item": self.item,
            "quorum": self.quorum,
            "present": [a for a in there if a.presence == Attendance.Presence.PRESENT],
            "others": [a for a in there if a.presence != Attendance.Presence.PRESENT],
            "withdrawals": list(self.item.withdrawals.select_related("person")) if self.item else [],
            "unsettled": unsettled_for(self.request.user, self.item) if self.item else [],
            "verb": self.verb,
            "may_record_attendance": self.request.user.can(
                "governance.record_attendance", self.case.commissioner_id
            ),
        }


def shown(card: dict[str, Any], who: dict[str, str]) -> list[tuple[str, Any]]:
    """A condition's card in words."""
    due = f"{card['due_on']:%-d %B %Y}" if card["due_on"] else ""
    return [
        ("Asked", card["text"]),
        ("Reason", card["reason"]),
        ("When", str(Condition.Timing(card["timing"]).label)),
        ("Owner", owner_in_words(card)),
        ("Due", ". ".join(part for part in (due, card["due_event"], card["due_note"]) if part)),
        ("Evidence wanted", card["evidence_wanted"]),
        ("Discharged by", who[card["discharge"]]),
    ]
