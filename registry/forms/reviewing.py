"""Forms of the review: the answer to a line, a departure, the recommendation."""

from typing import Any

from django import forms

from pcnportal.pages.fields import DateField
from pcnportal.pages.forms import PortalForm, Seen
from registry.checklist.rules import JUDGEMENT
from registry.models import Departure, Document, Line, Recommendation

from .sources import NAMING, SOURCE_OPTIONS, SourceFields

WHERE_READ = ["held_source", *NAMING]


def in_words(label: str, rows: int = 4, **more: Any) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **more)


class DocumentsField(forms.ModelMultipleChoiceField):
    """Some of the case's documents, each with its kind."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, document: Any) -> str:
        return f"{document.name} ({document.get_kind_display().lower()})"


class AnswerForm(SourceFields, Seen, PortalForm):
    """A person's answer to a line; `state` is what the rule found, and decides what an answer needs."""

    answer = forms.ChoiceField(
        label="Is the requirement met?",
        choices=Line.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose met, not met or not applicable"},
    )
    note = in_words("Note", required=False, help_text="Needed where it is not met or does not apply.")
    evidence = DocumentsField(
        queryset=Document.objects.none(),
        required=False,
        help_text="Documents of this registration on which the answer rests.",
    )
    field_order = ["answer", "note", *WHERE_READ, "evidence"]
    options = SOURCE_OPTIONS | {
        "note": {"needed": True},
        "held_source": SOURCE_OPTIONS["held_source"] | {"needed": True},
        "answer": {
            "hints": {"not_met": "This makes it a departure, which goes to the NHS England regional team."}
        },
    }

    def __init__(
        self, *args: Any, held: list[tuple[str, str]], documents: Any, state: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_sources(held, needed=False)
        where = self.fields["held_source"]
        where.label = "Where you read it"
        if state == JUDGEMENT:
            self.fields["note"].help_text = "The commissioner’s reason, unless a source records it."
        elif state:
            where.help_text = "Needed for “met”: the portal does not hold the facts."
        field: Any = self.fields["evidence"]
        field.queryset = documents
        if not documents:
            del self.fields["evidence"]


class DepartureForm(Seen, PortalForm):
    """Why a requirement that is not met should be allowed."""

    reason = in_words(
        "Reason for the departure",
        6,
        help_text="Why the registration should be agreed although this requirement is not met.",
    )


class SentForm(Seen, PortalForm):
    """When a departure went to the regional team, where that is held."""

    when = forms.ChoiceField(
        label="When was it sent?",
        choices=[("on", "On a day that is held"), ("not_held", "The day is not held")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the day is held"},
    )
    sent_on = DateField(label="Day", required=False, not_after_today=True)
    options = {"when": {"reveals": {"on": "sent_on"}}, "sent_on": {"needed": True}}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("when") == "not_held":
            data["sent_on"] = None
            self.errors.pop("sent_on", None)
        elif data.get("when") == "on" and not data.get("sent_on") and "sent_on" not in self.errors:
            self.add_error("sent_on", "Enter the day, or choose that it is not held")
        return data


class ReplyForm(SourceFields, Seen, PortalForm):
    """What the regional team answered; the day may not be held."""

    reply = forms.ChoiceField(
        label="What did the regional team answer?",
        choices=Departure.Reply.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose agreed or refused"},
    )
    replied_on = DateField(
        label="Day of the answer",
        required=False,
        not_after_today=True,
        help_text="For example, 20 5 2019. Leave it empty where it is not held.",
    )
    note = in_words("Note", required=False)
    field_order = ["reply", "replied_on", "note", *WHERE_READ]
    options = SOURCE_OPTIONS

    def __init__(self, *args: Any, held: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_sources(held, needed=False)


class RecommendForm(SourceFields, Seen, PortalForm):
    """What the team recommends; the reasons are cards beside it."""

    outcome = forms.ChoiceField(
        label="What do you recommend?",
        choices=Recommendation.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose approve or not approve"},
    )
    field_order = ["outcome", *WHERE_READ]
    options = SOURCE_OPTIONS

    def __init__(self, *args: Any, held: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_sources(held, needed=False)
