"""What is minuted: an item's text with the actions given out on it, what was resolved, and publishing."""

from collections.abc import Sequence
from typing import Any

from django import forms

from governance.forms.boards import SourceFields
from governance.models import Action, Attendance, Resolution, Vote
from pcnportal.history.models import Source
from pcnportal.pages.cards import cards
from pcnportal.pages.fields import DateField
from pcnportal.pages.forms import PortalForm, Seen
from pcnportal.people.models import Person

VOTE, UNKNOWN = "vote_", "unknown"


def words(label: str, rows: int, hint: str = "", **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=area, max_length=20_000, **more)


class CorrectionForm(SourceFields, Seen):
    """Asks why where published minutes are corrected, and where it was read where only a document says it."""

    reason = words("Why the published minutes are corrected", 3)

    def __init__(
        self, *args: Any, is_published: bool = False, asks_source: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_published:
            del self.fields["reason"]
        if not asks_source:
            for name in SourceFields.base_fields:
                del self.fields[name]

    def read_in(self) -> Source | None:
        return self.source() if "source_title" in self.fields else None

    def why(self) -> str:
        reason: str = self.cleaned_data.get("reason", "")
        return reason


class MinuteForm(CorrectionForm):
    text = words("Minutes of the item", 12, "Leave an empty line between paragraphs.")
    field_order = ["text", "reason", "source_title", "source_date", "source_page"]


class GivenOutCard(PortalForm):
    kind = forms.ChoiceField(
        label="What it is", choices=Action.Kind.choices, widget=forms.RadioSelect, initial=Action.Kind.ACTION
    )
    text = words("What is to be done", 2)
    owners = forms.CharField(
        label="Who does it",
        max_length=400,
        help_text="A person, an organisation, or several under one name. Separate them by semicolons.",
    )
    due_on = DateField(label="Due date", required=False)
    options = {"kind": {"inline": True}}


class ResolveForm(CorrectionForm):
    """`voters` are the attendances of who may vote; `asks_quorum` where the quorum can't be reckoned."""

    outcome = forms.ChoiceField(label="Outcome", choices=Resolution.Outcome.choices, widget=forms.RadioSelect)
    text = words("RESOLVED that", 5, "The words that follow “RESOLVED that”.")
    number = forms.CharField(
        label="Reference", required=False, max_length=40, help_text="The number that the minutes give it."
    )
    quorum_note = words("How you know that the body could decide", 3)
    field_order = ["outcome", "text", "number", "quorum_note"]
    options = {"outcome": {"inline": True}, "number": {"width": 10}}

    def __init__(self, *args: Any, voters: Sequence[Attendance], asks_quorum: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_quorum:
            del self.fields["quorum_note"]
        self.people = {row.person_id: row.person for row in voters}
        for row in voters:
            self.fields[f"{VOTE}{row.person_id}"] = forms.ChoiceField(
                label=str(row.person),
                choices=[*Vote.Cast.choices, (UNKNOWN, "Not recorded")],
                widget=forms.RadioSelect,
                initial=UNKNOWN,
                required=False,
            )
        votes = {f"{VOTE}{pk}": {"inline": True, "needed": True} for pk in self.people}
        self.options = self.options | votes  # type: ignore[misc]

    def vote_fields(self) -> list[forms.BoundField]:
        return [self[f"{VOTE}{pk}"] for pk in self.people]

    def other_fields(self) -> list[forms.BoundField]:
        return [field for field in self.shown() if not field.name.startswith(VOTE)]

    def votes(self) -> list[tuple[Person, str]]:
        """Who voted how, of those whose vote was recorded."""
        cast = {pk: self.cleaned_data.get(f"{VOTE}{pk}") for pk in self.people}
        return [(self.people[pk], how) for pk, how in cast.items() if how and how != UNKNOWN]


class ReplaceForm(ResolveForm):
    reason = words("What was wrong with the resolution", 3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"is_published": True})


class PublishForm(Seen):
    attendance_not_held = forms.BooleanField(
        label="The attendance is not held: the minutes say so", required=False
    )

    def __init__(self, *args: Any, is_attended: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_attended:
            del self.fields["attendance_not_held"]


GIVEN_OUT = cards(GivenOutCard, title="Action", add="Add an action", most=20)
