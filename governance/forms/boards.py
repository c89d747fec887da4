"""What is filled in about bodies, their lines, their seats and their terms of reference."""

from typing import Any

from django import forms

from governance.models import Body, BodyLink, Seat
from pcnportal.history.attested import attested_source
from pcnportal.history.models import Source
from pcnportal.pages.fields import DateField, LookupField, RecordChoice
from pcnportal.pages.forms import PortalForm, ReasonForm, Seen
from pcnportal.people.models import Organisation, Person

NOT_HELD = ("", "Not held")
VOTES = {"yes": True, "no": False, "": None}


class SourceFields(forms.Form):
    """Where something was read; `source` gives it, None where nothing is named."""

    source_title = forms.CharField(
        label="Where you read it",
        help_text="The title of the document or the minutes.",
        max_length=250,
        required=False,
    )
    source_date = DateField(label="Date of the source", required=False)
    source_page = forms.CharField(label="Page or section", max_length=200, required=False)

    def source(self) -> Source | None:
        said = self.cleaned_data
        title = said["source_title"]
        return attested_source(title, said["source_date"], said["source_page"]) if title else None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("source_title") and (said.get("source_date") or said.get("source_page")):
            self.add_error("source_title", "Enter the title of the source")
        return said


class FactsForm(forms.Form):
    name = forms.CharField(label="Name", max_length=200)
    kind = forms.ChoiceField(label="Kind", choices=Body.Kind.choices)
    side = forms.ChoiceField(label="Side", choices=[NOT_HELD, *Body.Side.choices], required=False)
    tier = forms.ChoiceField(label="Tier", choices=[NOT_HELD, *Body.Tier.choices], required=False)
    purpose = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False)
    authority = forms.CharField(
        label="Delegated authority", widget=forms.Textarea(attrs={"rows": 3}), max_length=4000, required=False
    )
    limit = forms.CharField(
        label="Limit of the authority",
        help_text="Up to which sum, for which matters, until when.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=4000,
        required=False,
    )
    chair_rule = forms.ChoiceField(
        label="Chair rule", choices=[NOT_HELD, *Body.ChairRule.choices], required=False
    )


class AddBodyForm(SourceFields, FactsForm, PortalForm):
    organisation = RecordChoice(
        Organisation.objects.none(), label="Organisation", widget=forms.RadioSelect, empty_label=None
    )
    field_order = ["organisation"]

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        own = list(organisations[:2])
        if len(own) == 1:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.fields["organisation"].initial = own[0].pk


class ChangeBodyForm(FactsForm, ReasonForm):
    field_order = ["name", "kind", "side", "tier", "purpose", "authority", "limit", "chair_rule", "reason"]


class StatusForm(ReasonForm):
    status = forms.ChoiceField(label="Status", choices=Body.Status.choices, widget=forms.RadioSelect)
    field_order = ["status", "reason"]


class LinkForm(SourceFields, Seen):
    kind = forms.ChoiceField(label="Line", choices=BodyLink.Kind.choices, widget=forms.RadioSelect)
    to = RecordChoice(Body.objects.none(), label="The other body", empty_label="Choose a body")
    starts_on = DateField(label="From", help_text="Leave it empty where it is not held.", required=False)
    field_order = ["kind", "to", "starts_on"]

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = bodies  # type: ignore[attr-defined]


class EndForm(ReasonForm):
    ends_on = DateField(label="Until", help_text="The first day on which it no longer holds.")
    field_order = ["ends_on", "reason"]


class WhoFields(forms.Form):
    person = LookupField(
        lambda: Person.objects.all(),
        code="slug",
        name="name",
        what="person",
        label="Somebody whom the portal knows",
        help_text="So that what they declared, and where they are director, is found with them.",
        required=False,
    )
    name = forms.CharField(label="Or a new name", max_length=120, required=False)


class SeatForm(SourceFields, WhoFields, Seen):
    organisation = LookupField(
        lambda: Organisation.objects.all(),
        code="code",
        name="name",
        what="organisation",
        label="Organisation whose seat it is",
        required=False,
    )
    office = forms.CharField(
        label="Office",
        help_text="As the quorum rule names it, for example lay member.",
        max_length=120,
        required=False,
    )
    part = forms.ChoiceField(
        label="Part", choices=Seat.Part.choices, widget=forms.RadioSelect, initial="member"
    )
    deputises = RecordChoice(Seat.objects.none(), label="Deputy for", required=False, empty_label="Not held")
    chairs = forms.ChoiceField(
        label="In the chair as", choices=[("", "Does not chair"), *Seat.Chairs.choices], required=False
    )
    is_guardian = forms.BooleanField(label="Conflicts of Interest Guardian", required=False)
    is_voting = forms.ChoiceField(
        label="Vote",
        choices=[("yes", "Voting"), ("no", "Without a vote"), ("", "Not held")],
        required=False,
    )
    starts_on = DateField(label="From", help_text="Leave it empty where it is not held.", required=False)
    ends_on = DateField(label="Until", required=False)
    options = {"part": {"reveals": {"deputy": "deputises"}}}
    field_order = [
        "organisation", "person", "name", "office", "part", "deputises", "chairs", "is_guardian", "is_voting",
        "starts_on", "ends_on",
    ]  # fmt: skip

    def __init__(self, *args: Any, seats: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputises"].queryset = seats  # type: ignore[attr-defined]

    def clean_is_voting(self) -> bool | None:
        return VOTES[self.cleaned_data["is_voting"]]


class NameSeatForm(SourceFields, WhoFields, Seen):
    starts_on = DateField(label="From")


class TermsForm(SourceFields, Seen):
    number = forms.CharField(label="Version", max_length=20, help_text="For example 1.0")
    text = forms.CharField(
        label="Terms of reference",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="In words, or as a file below.",
        required=False,
    )
    file = forms.FileField(label="File", help_text="A PDF or Word document (.docx).", required=False)
    adopted_on = DateField(label="Adopted", required=False, not_after_today=True)
    review_on = DateField(label="To be reviewed", required=False)
    options = {"number": {"width": 5}}
    field_order = ["number", "text", "file", "adopted_on", "review_on"]
