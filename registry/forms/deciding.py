"""What is typed to record a decision: reasons and conditions on cards, and how the body could decide."""

from datetime import date
from typing import Any

from django import forms

from governance.models import Body, Meeting
from governance.quorum import Quorum
from pcnportal.pages.cards import cards
from pcnportal.pages.fields import DateField, LookupField, RecordChoice
from pcnportal.pages.forms import PortalForm, Seen
from pcnportal.people.models import Organisation, Person
from pcnportal.people.roles import RoleName
from registry.models import Case, Condition
from registry.workflow.outcomes import body_for

from .owners import OwnerField
from .sources import SOURCE_OPTIONS, SourceFields

# Offices that may discharge a condition themselves; the secretary records what a body discharged.
OFFICES = (RoleName.MANAGER, RoleName.CHAIR)
TYPED = ("text", "reason", "timing", "due_on", "due_event", "due_note", "evidence_wanted")

# What to do about an empty field of a condition.
MISSING = {
    "text": "enter what is asked, in the body’s own words",
    "reason": "give the reason",
    "timing": "choose before or after go-live",
    "owner": "name who has to meet it",
    "evidence_wanted": "say what evidence is wanted",
    "discharge": "choose who may say that it is met",
}


def words(rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **more)


class ReasonCard(PortalForm):
    """One reason, or one request for information; `number_lines` names it."""

    text = words(2)
    options = {"text": {"size": ""}}


class ConditionCard(PortalForm):
    """One condition. Its choices are made for the case by `fit`."""

    text = words(3, label="What is asked, in the body’s own words")
    reason = words(2, label="Reason for this condition")
    timing = forms.ChoiceField(
        label="Before or after go-live", choices=Condition.Timing.choices, widget=forms.RadioSelect
    )
    owner = OwnerField(
        label="Who has to meet it", help_text="The PCN, or another person or organisation", required=False
    )
    new_owner = forms.CharField(
        label="Or a person who is not held yet",
        max_length=150,
        required=False,
        help_text="The name, with the title. For example, Dr M Shahzad",
    )
    new_owner_at = LookupField(
        Organisation.objects,
        label="Where that person works",
        help_text="A practice or another organisation, by its name or ODS code. Leave it empty if unknown",
        what="organisation",
        required=False,
    )
    due_on = DateField(label="Due date", required=False)
    due_event = forms.CharField(
        label="Or the event that makes it due",
        max_length=250,
        required=False,
        help_text="A date, an event, or both",
    )
    due_note = words(2, label="What to know about the date", required=False)
    evidence_wanted = words(2, label="Evidence wanted")
    discharge = forms.ChoiceField(label="Who may say that it is met", choices=[], widget=forms.RadioSelect)
    options = {
        "timing": {"inline": True},
        "owner": {"needed": True},
        "new_owner": {"needed": True},
    }
    decided_on: date | None = None
    number = 1

    def fit(self, number: int, decided_on: date | None, near: list[str], who: list[tuple[str, str]]) -> None:
        """`near` are suggestions for the owner, `who` the choices of who may discharge it."""
        self.number = number
        for name, sentence in MISSING.items():
            self.fields[name].error_messages["required"] = f"Condition {number}: {sentence}"
        owner: Any = self.fields["owner"]
        owner.suggest(near)
        discharge: Any = self.fields["discharge"]
        discharge.choices = who
        self.decided_on = decided_on

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.one_owner(data)
        due = data.get("due_on")
        if not due and not data.get("due_event") and not {"due_on", "due_event"} & set(self.errors):
            self.add_error(
                "due_on", f"Condition {self.number}: enter a due date or the event that makes it due"
            )
        if due and self.decided_on and due < self.decided_on:
            day = f"{self.decided_on:%-d %B %Y}"
            self.add_error("due_on", f"Condition {self.number}: the due date is before the decision, {day}")
        return data

    def one_owner(self, data: dict[str, Any]) -> None:
        """One owner: somebody who is held, or a new person, perhaps with an organisation."""
        data["new_owner"] = " ".join(data.get("new_owner", "").split())
        if data.get("owner") and data["new_owner"]:
            self.add_error("new_owner", f"Condition {self.number}: name one owner, held or new")
        elif data["new_owner"] or {"owner", "new_owner"} & set(self.errors):
            return
        elif data.get("new_owner_at"):
            self.add_error("new_owner", f"Condition {self.number}: enter the person’s name")
        elif not data.get("owner"):
            self.add_error("owner", self.fields["owner"].error_messages["required"])


def number_lines(formset: Any) -> None:
    """Each card of one field is called by its number: Reason 1, Reason 2."""
    for number, form in enumerate(formset.forms, 1):
        field = form.fields["text"]
        field.label = f"{formset.title} {number}"
        field.error_messages["required"] = f"Enter {formset.title.lower()} {number}, or remove it"
        if len(formset.forms) == 1:
            field.error_messages["required"] = f"Enter a {formset.title.lower()}"


def who_may_discharge(case: Case) -> list[tuple[str, str]]:
    """The body that decides, the one that endorses, and the offices that may judge evidence."""
    bodies = [body for verb in ("approve", "endorse") if (body := body_for(case, verb))]
    return [(f"body:{body.pk}", str(body)) for body in bodies] + [
        (f"role:{office}", str(RoleName(office).label)) for office in OFFICES
    ]


def wanted(card: dict[str, Any]) -> dict[str, Any]:
    """A condition as the workflow takes it, from a cleaned card."""
    kind, _, who = card["discharge"].partition(":")
    if card["new_owner"]:
        owner: dict[str, Any] = {"new_owner": (card["new_owner"], card["new_owner_at"])}
    elif isinstance(card["owner"], Person):
        owner = {"owner_person": card["owner"]}
    else:
        owner = {"owner_organisation": card["owner"]}
    discharge = {"discharge_body": Body.objects.get(pk=who)} if kind == "body" else {"discharge_role": who}
    return {name: card[name] for name in TYPED} | owner | discharge


def as_card(condition: Condition) -> dict[str, Any]:
    """What a card holds at first of a condition that was set before."""
    who = (
        f"body:{condition.discharge_body_id}"
        if condition.discharge_body_id
        else f"role:{condition.discharge_role}"
    )
    owner = condition.owner_person or condition.owner_organisation
    return {name: getattr(condition, name) for name in TYPED} | {"owner": owner, "discharge": who}


class DecisionForm(Seen, SourceFields, PortalForm):
    """How the body could decide, and where the decision is recorded."""

    quorum_note = words(3, label="How you know that the body could decide")
    options = SOURCE_OPTIONS

    def fit(self, quorum: Quorum | None, held: list[tuple[str, str]]) -> None:
        """Ask for an attested quorum only where it can't be computed."""
        is_computed = bool(quorum and quorum.met)
        self.offer_sources(held, needed=not is_computed)
        if is_computed:
            del self.fields["quorum_note"]
            self.fields["held_source"].label = "Where the decision is recorded"
        else:
            self.fields["held_source"].label = "Where you read it"

    def facts(self) -> dict[str, Any]:
        """`quorum_note`, `quorum_source` and `source` of the decision."""
        source = self.chosen_source()
        note = self.cleaned_data.get("quorum_note", "")
        return {"quorum_note": note, "quorum_source": source if note else None, "source": source}


class DeferForm(DecisionForm):
    meeting = RecordChoice(
        Meeting.objects.none(), label="The later meeting", widget=forms.RadioSelect, empty_label=None
    )


class ReplaceForm(DecisionForm):
    reason = words(3, label="What was wrong with the decision")


class ReplaceByDeferralForm(ReplaceForm, DeferForm):
    """It should have been deferred: also to which meeting."""


class ChoiceForm(PortalForm):
    """One choice that leads to a page."""

    choice = forms.ChoiceField(choices=[], widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["choice"]
        field.choices, field.label = choices, label
        field.error_messages["required"] = "Choose one"


REASONS = cards(ReasonCard, title="Reason", add="Add another reason", least=1, most=20)
REQUESTS = cards(ReasonCard, title="Request", add="Add another request", least=1, most=20)
CONDITIONS = cards(ConditionCard, title="Condition", add="Add a condition", most=20)
