"""What is filled in about how often a body meets, and who takes the chair in which order."""

from typing import Any

from django import forms

from governance.models import Rhythm
from pcnportal.pages.fields import DateField, LookupField
from pcnportal.pages.forms import PortalForm, Seen
from pcnportal.people.models import Organisation

from .boards import SourceFields
from .planning import TimeAndPlace

ANY = [("", "not held")]


class RhythmForm(SourceFields, Seen, TimeAndPlace):
    starts_on = DateField(label="It meets like this from", help_text="What was before ends on that day.")
    every = forms.IntegerField(
        label="Every", min_value=1, max_value=52, help_text="How many weeks or months, for example 2"
    )
    unit = forms.ChoiceField(label="Counted in", choices=Rhythm.Unit.choices, widget=forms.RadioSelect)
    weekday = forms.TypedChoiceField(
        label="On which day", choices=[*ANY, *Rhythm.WEEKDAYS], coerce=int, empty_value=None, required=False
    )
    week = forms.TypedChoiceField(
        label="In which week of the month",
        choices=[*ANY, *((number, text.capitalize()) for number, text in Rhythm.WEEKS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    first_on = DateField(
        label="Counted from",
        required=False,
        help_text="A day in the first period. Needed where it is every 2 or more.",
    )
    stated = forms.CharField(
        label="In the words of a document",
        required=False,
        max_length=120,
        help_text="For example “fortnightly”, as the terms of reference say it.",
    )
    field_order = [
        *("starts_on", "every", "unit", "week", "weekday", "first_on", "starts_at", "ends_at", "place"),
        *("stated", "source_title", "source_date", "source_page"),
    ]
    options = TimeAndPlace.options | {
        "every": {"width": 3},
        "unit": {"inline": True, "reveals": {"month": "week"}},
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("unit") != Rhythm.Unit.MONTH:
            cleaned["week"] = None  # typed before another answer closed it
        return cleaned


class PartnerCard(PortalForm):
    partner = LookupField(lambda: Organisation.objects.all(), what="organisation", label="Partner")


class TurnsForm(SourceFields, Seen):
    starts_on = DateField(label="In this order from", help_text="What was before ends on that day.")
    reason = forms.CharField(
        label="Why it is this order", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )
    field_order = ["starts_on", "reason", "source_title", "source_date", "source_page"]
