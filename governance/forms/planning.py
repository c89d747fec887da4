"""What the secretary fills in about when a body meets."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from django import forms

from governance.known import bodies_for
from governance.models import Body
from governance.planning import Slot
from pcnportal.pages import jinja
from pcnportal.pages.fields import DateField, RecordChoice
from pcnportal.pages.forms import PortalForm, ReasonForm, Seen
from pcnportal.people.models import Organisation


class ClockField(forms.TimeField):
    """A time of day, written as 14:00."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


NOT_HELD = "For example 14:00. Leave it empty where it is not held."


def time_field(label: str, hint: str = NOT_HELD) -> ClockField:
    return ClockField(
        label=label,
        required=False,
        help_text=hint,
        error_messages={"invalid": "Enter a time, for example 14:00"},
    )


TIMES: dict[str, dict[str, Any]] = {"starts_at": {"width": 5}, "ends_at": {"width": 5}}


class TimeAndPlace(PortalForm):
    starts_at = time_field("Start time")
    ends_at = time_field("End time")
    place = forms.CharField(label="Place", required=False, max_length=200)
    options = TIMES


class Sure(PortalForm):
    """Asks whether one is sure only where the verb doubted it."""

    sure = forms.BooleanField(label="All the same", required=False)

    def shown(self) -> list[forms.BoundField]:
        is_doubted = self.is_bound and ("sure" in self.errors or self["sure"].value())
        return [field for field in super().shown() if field.name != "sure" or is_doubted]


class PlanForm(Sure, TimeAndPlace):
    body = RecordChoice(Body.objects.none(), label="Body", widget=forms.RadioSelect, empty_label=None)
    commissioner = RecordChoice(
        Organisation.objects.none(), label="Commissioner", widget=forms.RadioSelect, empty_label=None
    )
    held_on = DateField(label="Date")
    field_order = ["body", "commissioner", "held_on", "starts_at", "ends_at", "place"]

    def __init__(self, *args: Any, commissioners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = bodies_for(commissioners).exclude(status=Body.Status.CLOSED)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["commissioner"].queryset = commissioners  # type: ignore[attr-defined]
        held = list(commissioners[:2])
        if len(held) == 1:
            self.fields["commissioner"].widget = forms.HiddenInput()
            self.fields["commissioner"].initial = held[0].pk


class PlanNextForm(TimeAndPlace):
    """The next dates of a rhythm: those that are ticked are planned, each on its day or another one."""

    periods = forms.MultipleChoiceField(label="Which to plan", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: Iterable[Slot], notes: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days: dict[str, str] = {}
        choices = []
        for slot in offered:
            first, day = str(slot.proposed.period.first), slot.proposed.day
            choices.append((first, f"{day:%A} {day:%-d %B %Y}"))
            self.days[first] = f"day_{first}"
            self.fields[f"day_{first}"] = DateField(label="Date", initial=day, required=False)
        self.fields["periods"].choices = choices  # type: ignore[attr-defined]
        self.options = TIMES | {  # type: ignore[misc]
            "periods": {"reveals": self.days, "hints": notes},
            **{name: {"needed": True, "example": False, "size": ""} for name in self.days.values()},
        }
        self.order_fields(["periods"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for first, name in self.days.items():
            if first not in cleaned.get("periods", ()):
                self.errors.pop(name, None)  # it is closed: nobody would see what is wrong
            elif name not in self.errors and not cleaned.get(name):
                self.add_error(name, "Enter the date")
        return cleaned


class MoveForm(Sure, Seen):
    to_day = DateField(label="New date")
    to_time = time_field("Start time")
    ends_at = time_field("End time")
    reason = forms.CharField(
        label="Why it is moved", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    field_order = ["to_day", "to_time", "ends_at", "reason", "sure"]
    options = {"to_time": {"width": 5}, "ends_at": {"width": 5}}


class ArrangeForm(Seen, TimeAndPlace):
    """Time and place of one meeting."""


class CancelForm(ReasonForm):
    reason = forms.CharField(
        label="Why it is cancelled", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )


class TurnForm(Seen):
    partner = RecordChoice(
        Organisation.objects.none(), label="Who takes the chair", widget=forms.RadioSelect, empty_label=None
    )
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, partners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]


def moved_note(slot: Slot) -> str:
    """Why a date is not on the day of the rule, and what was in its period before."""
    said = []
    if slot.proposed.holiday:
        ruled = slot.proposed.ruled
        said.append(
            f"Not {ruled:%A} {jinja.day(ruled)}, which is a bank holiday: {slot.proposed.holiday}. "
            "This is the nearest working day of the same period."
        )
    if slot.cancelled:
        said.append(f"The meeting of {jinja.day(slot.cancelled.held_on)} was cancelled.")
    return " ".join(said)
