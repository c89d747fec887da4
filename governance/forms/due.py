"""When an action is due: on a day, in a month, at a meeting, or at one that is not planned yet."""

from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from governance.known import bodies_for
from governance.models import Action, Body, Meeting
from pcnportal import clock
from pcnportal.pages.fields import FIRST_YEAR, LAST_YEAR, DateField, RecordChoice

DAY, MONTH, MEETING, BODY, NONE = "day", "month", "meeting", "body", "none"
MONTHS = ("%B %Y", "%b %Y", "%m/%Y", "%m %Y", "%Y-%m")


class MonthField(forms.CharField):
    """A month as July 2019, 7/2019 or 2019-07; gives its first day."""

    def clean(self, value: Any) -> Any:
        text = " ".join(super().clean(value).split())
        for written in MONTHS if text else ():
            try:
                month = datetime.strptime(text, written).date()  # noqa: DTZ007, a month has no zone
            except ValueError:
                continue
            if not FIRST_YEAR <= month.year <= LAST_YEAR:
                raise ValidationError(f"The year must be from {FIRST_YEAR} to {LAST_YEAR}")
            return month
        if text:
            raise ValidationError("Enter a month, for example July 2019")
        return None


class DueFields(forms.Form):
    """When it is due: one way of five, each with its own answer."""

    due = forms.ChoiceField(
        label="When it is due",
        choices=[
            (DAY, "On a day"),
            (MONTH, "In a month"),
            (MEETING, "At a meeting that is planned"),
            (BODY, "At the meeting of a body in a month"),
            (NONE, "No date is held"),
        ],
        widget=forms.RadioSelect,
    )
    due_on = DateField(label="Date", required=False)
    due_month = MonthField(label="Month", help_text="For example July 2019.", required=False)
    due_meeting = RecordChoice(
        Meeting.objects.none(), label="Meeting", empty_label="Choose a meeting", required=False
    )
    due_body = RecordChoice(Body.objects.none(), label="Body", empty_label="Choose a body", required=False)
    body_month = MonthField(
        label="Month of its meeting",
        help_text="For example September 2019. It is due on the day of the meeting once that is planned, "
        "until then on the last day of the month.",
        required=False,
    )
    parts = {
        DAY: {"due_on": "Enter the date"},
        MONTH: {"due_month": "Enter the month, for example July 2019"},
        MEETING: {"due_meeting": "Choose the meeting"},
        BODY: {"due_body": "Choose the body", "body_month": "Enter the month, for example July 2019"},
        NONE: {},
    }
    due_options: ClassVar[dict[str, dict[str, Any]]] = {
        "due": {"reveals": {way: list(names) for way, names in parts.items() if names}},
        **{name: {"needed": True} for names in parts.values() for name in names},
    }

    def offer(self, commissioners: Any) -> None:
        meetings = Meeting.objects.filter(
            commissioner__in=commissioners, is_cancelled=False, held_on__gte=clock.today()
        )
        bodies = bodies_for(commissioners).exclude(status=Body.Status.CLOSED)
        chosen: Any = self.fields
        chosen["due_meeting"].queryset = meetings.select_related("body").order_by("held_on", "pk")
        chosen["due_body"].queryset = bodies.order_by("name")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if way := said.get("due"):
            for name in {name for names in self.parts.values() for name in names} - set(self.parts[way]):
                self.errors.pop(name, None)
            for name, sentence in self.parts[way].items():
                if name not in self.errors and not said.get(name):
                    self.add_error(name, sentence)
        return said

    def due_facts(self) -> dict[str, Any]:
        """As `record_action` takes them."""
        said, way = self.cleaned_data, self.cleaned_data["due"]
        facts = {name: said[name] for name in self.parts[way]}
        if "body_month" in facts:
            facts["due_month"] = facts.pop("body_month")
        return facts


def due_initial(action: Action) -> dict[str, Any]:
    month = f"{action.due_month:%B %Y}" if isinstance(action.due_month, date) else ""
    if action.due_on:
        return {"due": DAY, "due_on": action.due_on}
    if action.due_body_id:
        return {"due": BODY, "due_body": action.due_body_id, "body_month": month}
    if month:
        return {"due": MONTH, "due_month": month}
    if action.due_meeting_id:
        return {"due": MEETING, "due_meeting": action.due_meeting_id}
    return {"due": NONE}
