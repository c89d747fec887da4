"""Forms of a condition: evidence, judgement, a new date, a waiver; and of what was promised in answer."""

from collections.abc import Iterable
from typing import Any

from django import forms

from governance.models import AgendaItem, Meeting
from pcnportal.pages.fields import DateField, LookupField, RecordChoice
from pcnportal.pages.forms import PortalForm, ReasonForm, Seen
from pcnportal.people.models import Organisation
from registry.models import Commitment, Condition, Document, Evidence

from .sources import NAMING, SOURCE_OPTIONS, SourceFields
from .verbs import MeetingField, MeetingForm

NONE = "none"  # the answer "no condition"
# What `record_commitment` takes from the form as it is.
FACTS = (
    "kind",
    "text",
    "promised_by",
    "other_parties",
    "services",
    "reported_on",
    "starts_on",
    "ends_on",
    "end_assumed_because",
    "ends_early_when",
)


def words(rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **kwargs)


class EvidenceForm(Seen, SourceFields, PortalForm):
    text = words(label="What the evidence shows")
    document = RecordChoice(
        Document.objects.none(), label="Document", widget=forms.RadioSelect, required=False, empty_label=None
    )
    options = SOURCE_OPTIONS

    def __init__(self, *args: Any, documents: Any, sources: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["seen", "text", "document"])
        self.fields["document"].queryset = documents  # type: ignore[attr-defined]
        if not documents:
            del self.fields["document"]
        self.offer_sources(sources, needed=False)


def item_words(item: Any) -> str:
    """20 May 2019, item 3: Sphere PCN: registration."""
    computed = " (its quorum is computed from the attendance)" if item.quorum_held else ""
    return f"{item.meeting.held_on:%-d %B %Y}, item {item.position}: {item.title}{computed}"


class AtAnItem(SourceFields):
    """Fields of what a body decided at one of its agenda items."""

    item = RecordChoice(
        AgendaItem.objects.none(),
        label="Where it was decided",
        widget=forms.RadioSelect,
        required=False,
        empty_label=None,
    )
    quorum_note = words(2, label="How you know that the body could decide", required=False)

    def offer_items(self, items: list[Any], sources: list[tuple[str, str]]) -> None:
        """Ask at which of `items` it was decided, and for an attested quorum where none can be computed."""
        field: Any = self.fields["item"]
        field.queryset = AgendaItem.objects.filter(pk__in=[item.pk for item in items])
        field.choices = [(item.pk, item_words(item)) for item in items]
        field.help_text = f"{items[0].meeting.body}: an item of a meeting that was held." if items else ""
        field.required = True
        attested = not any(item.quorum_held for item in items)
        self.offer_sources(sources, needed=attested)
        self.fields["quorum_note"].required = attested
        self.fields["quorum_note"].help_text = (
            "Not held: the quorum rule or the attendance."
            if attested
            else "Needed where the quorum of the item is not computed."
        )
        self.fields["held_source"].label = "Where you read it"

    def decided(self) -> dict[str, Any]:
        """What the verbs want to know of the decision."""
        source = self.chosen_source()
        facts = {name: self.cleaned_data[name] for name in ("item", "quorum_note")}
        return facts | {"quorum_source": source, "source": source}


JUDGEMENT_HINTS = {
    "met": "The condition is closed.",
    "not_satisfied": "The condition stays open, and new evidence can be submitted.",
}


class RoleJudgeForm(Seen, PortalForm):
    """For a condition that a role discharges."""

    judgement = forms.ChoiceField(
        label="Does the evidence satisfy the condition?",
        choices=[
            (Evidence.Judgement.MET.value, "Met"),
            (Evidence.Judgement.NOT_SATISFIED.value, "Not satisfied"),
        ],
        widget=forms.RadioSelect,
    )
    note = words(
        label="Why",
        help_text="This is shown beside the evidence.",
        error_messages={"required": "Say why the evidence satisfies the condition, or does not"},
    )
    options = {"judgement": {"hints": JUDGEMENT_HINTS}}


class BodyJudgeForm(AtAnItem, RoleJudgeForm):
    """For a condition that a body discharges: judged only by its decision at an agenda item."""

    options = SOURCE_OPTIONS | RoleJudgeForm.options

    def __init__(
        self, *args: Any, items: list[AgendaItem], sources: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["seen", "judgement", "note", "item", "quorum_note", "held_source", *NAMING])
        self.offer_items(items, sources)


class MeetingOfBodyField(MeetingField):
    """A meeting, named with its body: that which judges the condition may not be that which set it."""

    def label_from_instance(self, meeting: Any) -> str:
        return f"{meeting.body}, {super().label_from_instance(meeting)}"


class AgendaForm(MeetingForm):
    meeting = MeetingOfBodyField(Meeting.objects.none(), widget=forms.RadioSelect, empty_label=None)


class ExtendForm(ReasonForm):
    due_on = DateField(label="New due date")
    field_order = ["seen", "due_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "It stays readable beside the earlier date."


class WaiveForm(AtAnItem, ReasonForm):
    options = SOURCE_OPTIONS

    def __init__(
        self, *args: Any, items: list[AgendaItem], sources: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["seen", "item", "reason", "quorum_note"])
        self.fields["reason"].label = "Why the body waived it"
        self.offer_items(items, sources)


class PartyForm(PortalForm):
    organisation = LookupField(
        Organisation.objects,
        label="Practice, PCN or other organisation",
        help_text="Its name, a part of it, or its ODS code.",
        what="organisation",
    )


class CommitmentForm(Seen, SourceFields, PortalForm):
    kind = forms.ChoiceField(label="Kind", choices=Commitment.Kind.choices, widget=forms.RadioSelect)
    text = words(3, label="What was promised")
    promised_by = forms.CharField(label="Promised by", max_length=200)
    condition = forms.TypedChoiceField(label="In answer to", widget=forms.RadioSelect)
    other_parties = forms.CharField(
        label="Other parties",
        max_length=250,
        required=False,
        help_text="Those that the register does not hold.",
    )
    services = words(2, label="Services", required=False)
    reported_on = DateField(label="Reported on", required=False, not_after_today=True)
    starts_on = DateField(label="From", required=False)
    ends_on = DateField(label="Until", required=False, help_text="The first day on which it no longer holds.")
    end_assumed_because = words(
        2, label="Why this end is assumed", required=False, help_text="Where no document states it."
    )
    ends_early_when = forms.CharField(label="Ends early when", max_length=250, required=False)
    options = SOURCE_OPTIONS

    def __init__(
        self, *args: Any, conditions: Iterable[Condition], sources: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = {str(condition.pk): condition for condition in conditions}
        field: Any = self.fields["condition"]
        field.coerce = asked.get
        field.choices = [
            *((pk, f"Condition {condition.number}: {condition.text}") for pk, condition in asked.items()),
            (NONE, "No condition in particular"),
        ]
        self.order_fields(["seen", "kind", "text", "promised_by", "condition", *FACTS[3:]])
        self.offer_sources(sources, needed=True)

    def facts(self) -> dict[str, Any]:
        """What the verb wants to know, with the source that was chosen or named."""
        return {name: self.cleaned_data[name] for name in (*FACTS, "condition")} | {
            "source": self.chosen_source()
        }


class HappenedForm(Seen, PortalForm):
    happened_on = DateField(label="When it happened", not_after_today=True)
