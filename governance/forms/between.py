"""What is filled in about an action between meetings, and about the quorum rule of a body."""

from typing import Any

from django import forms

from governance.forms.boards import SourceFields
from governance.models import BetweenMeetings
from governance.offices import HINT, read_offices
from pcnportal.pages.fields import DateField, LookupField, RecordChoice
from pcnportal.pages.forms import PortalForm, Seen
from pcnportal.people.models import Organisation, Person


class BetweenForm(SourceFields, PortalForm):
    commissioner = RecordChoice(
        Organisation.objects.none(), label="Recorded for", widget=forms.RadioSelect, empty_label=None
    )
    kind = forms.ChoiceField(
        label="Whose action it was", choices=BetweenMeetings.Kind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label="What was done", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    why = forms.CharField(
        label="Why it could not wait for a meeting", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    consulted = forms.CharField(label="Who was consulted", max_length=250, required=False)
    taken_on = DateField(label="Date on which it was taken", not_after_today=True)
    taken_by = LookupField(
        lambda: Person.objects.all(),
        code="slug",
        name="name",
        what="person",
        label="Who took it",
        help_text="Somebody whom the portal knows.",
        required=False,
    )
    name = forms.CharField(label="Or a new name", max_length=120, required=False)
    options = {"taken_by": {"needed": True}, "name": {"needed": True}}
    field_order = [
        "commissioner", "kind", "text", "why", "consulted", "taken_on", "taken_by", "name",
    ]  # fmt: skip

    def __init__(self, *args: Any, commissioners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["commissioner"]
        field.queryset = commissioners
        own = list(commissioners[:2])
        if len(own) == 1:
            field.widget, field.initial = forms.HiddenInput(), own[0].pk

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not (said.get("taken_by") or said.get("name") or "taken_by" in self.errors):
            self.add_error("taken_by", "Say who took it")
        if said.get("taken_by") and said.get("name"):
            self.add_error("name", "Choose somebody whom the portal knows or enter a new name, not both")
        return said


class QuorumForm(SourceFields, Seen):
    voting_members = forms.IntegerField(label="Voting members at least", min_value=1, max_value=999)
    offices = forms.CharField(
        label="Offices that have to be there",
        help_text=HINT,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )
    starts_on = DateField(
        label="From",
        help_text="The rule before it ends on that day. Empty for the first rule where the day is not held.",
        required=False,
    )
    options = {"voting_members": {"width": 3}, "source_title": {"needed": True}}
    field_order = ["voting_members", "offices", "starts_on"]

    def clean_offices(self) -> list[dict[str, Any]]:
        try:
            return read_offices(self.cleaned_data["offices"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
