"""What is filled in about actions: what is to be done, by whom, by when, and what became of it."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from governance.known import bodies_for
from governance.models import Action, Body, Meeting
from pcnportal import clock
from pcnportal.pages.cards import cards
from pcnportal.pages.fields import DateField, LookupField, RecordChoice
from pcnportal.pages.forms import PortalForm, ReasonForm, Seen
from pcnportal.people.models import Organisation, Person
from pcnportal.people.naming import person_called

AGAIN = "Choose the file again: a browser does not keep it when a form is sent."
FILE = "A PDF, a Word document (.docx), or a PNG or JPEG image, 20 MB at most. No patient information."
PERSON, ORGANISATION, SEVERAL = "person", "organisation", "several"
DAY, MONTH, MEETING, BODY, NONE = "day", "month", "meeting", "body", "none"
MONTHS = ("%B %Y", "%b %Y", "%m/%Y", "%m %Y", "%Y-%m")


def words(label: str, rows: int = 3, **other: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **other)


class PersonField(LookupField):
    """A person whom the portal knows, or the name of one whom it doesn't."""

    def find(self, text: str) -> Any:
        try:
            return super().find(text)
        except ValidationError:
            if self.queryset.filter(name__iexact=text).exists():
                raise
            return text


class MonthField(forms.CharField):
    """A month as July 2019, 7/2019 or 2019-07; gives its first day."""

    def clean(self, value: Any) -> Any:
        text = " ".join(super().clean(value).split())
        for written in MONTHS if text else ():
            try:
                return datetime.strptime(text, written).date()  # noqa: DTZ007, a month has no zone
            except ValueError:
                continue
        if text:
            raise ValidationError("Enter a month, for example July 2019")
        return None


class OwnerCard(PortalForm):
    who = forms.ChoiceField(
        label="Who does it",
        choices=[
            (PERSON, "A person"),
            (ORGANISATION, "An organisation"),
            (SEVERAL, "Several who go by one name"),
        ],
        initial=PERSON,
        widget=forms.RadioSelect,
    )
    person = PersonField(
        lambda: Person.objects.all(),
        code="slug",
        name="name",
        what="person",
        label="Name",
        max_length=120,
        required=False,
    )
    organisation = LookupField(
        lambda: Organisation.objects.all(),
        what="organisation",
        label="Organisation",
        help_text="Its name or ODS code.",
        required=False,
    )
    name = forms.CharField(
        label="What they are called", help_text="For example: all providers.", max_length=120, required=False
    )
    options = {
        "who": {"reveals": {PERSON: "person", ORGANISATION: "organisation", SEVERAL: "name"}},
        "person": {"needed": True},
        "organisation": {"needed": True},
        "name": {"needed": True},
    }
    asked = {
        PERSON: ("person", "Enter the name"),
        ORGANISATION: ("organisation", "Enter the organisation"),
        SEVERAL: ("name", "Enter what they are called"),
    }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if who := said.get("who"):
            name, sentence = self.asked[who]
            for other, _ in self.asked.values():
                if other != name:
                    self.errors.pop(other, None)
            if name not in self.errors and not said.get(name):
                self.add_error(name, sentence)
        return said


OWNERS = cards(OwnerCard, title="Owner", add="Add another owner", least=1, most=20)


def owners_from(entered: list[dict[str, Any]]) -> list[Any]:
    """What the cards say, as `record_action` takes it. A person of a new name is made: in a transaction."""
    found = [said["name" if said["who"] == SEVERAL else said["who"]] for said in entered]
    new = [
        said["who"] == PERSON and isinstance(owner, str) for said, owner in zip(entered, found, strict=True)
    ]
    return [person_called(owner) if is_new else owner for owner, is_new in zip(found, new, strict=True)]


def owners_initial(action: Action) -> list[dict[str, Any]]:
    return [
        {"who": PERSON, "person": owner.person_id}
        if owner.person_id
        else {"who": ORGANISATION, "organisation": owner.organisation_id}
        if owner.organisation_id
        else {"who": SEVERAL, "name": owner.name}
        for owner in action.owners.all()
    ]


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
    due_options = {
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


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Kind", choices=Action.Kind.choices, initial=Action.Kind.ACTION, widget=forms.RadioSelect
    )


class RecordForm(DueFields, PortalForm):
    """An action of an item, whose body is known."""

    text = words("What is to be done")
    kind = kind_field()
    field_order = ["text", "kind", "due"]
    options = DueFields.due_options | {"kind": {"inline": True}}

    def __init__(self, *args: Any, commissioners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(commissioners)


class NewForm(RecordForm):
    """An action by hand."""

    body = RecordChoice(Body.objects.none(), label="Body that gave it", empty_label="Choose a body")
    commissioner = RecordChoice(
        Organisation.objects.none(), label="Commissioner", widget=forms.RadioSelect, empty_label=None
    )
    field_order = ["body", "commissioner", "text", "kind", "due"]

    def __init__(self, *args: Any, commissioners: "models.QuerySet[Organisation]", **kwargs: Any) -> None:
        super().__init__(*args, commissioners=commissioners, **kwargs)
        chosen: Any = self.fields
        chosen["body"].queryset = bodies_for(commissioners).order_by("name")
        chosen["commissioner"].queryset = commissioners
        held = list(commissioners[:2])
        if len(held) == 1:
            chosen["commissioner"].widget = forms.HiddenInput()
            chosen["commissioner"].initial = held[0].pk


class ChangeForm(ReasonForm):
    text = words("What is to be done")
    kind = kind_field()
    field_order = ["text", "kind", "reason"]
    options = {"kind": {"inline": True}}


class DueForm(DueFields, ReasonForm):
    field_order = ["due", "reason"]
    options = DueFields.due_options

    def __init__(self, *args: Any, commissioners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(commissioners)


class UpdateForm(Seen):
    text = words("How it stands")


class DoneForm(Seen):
    text = words("What shows that it is done", rows=4, required=False)
    file = forms.FileField(label="Or a file that shows it", required=False, max_length=1000, help_text=FILE)
    options = {"text": {"needed": True}, "file": {"needed": True}}

    def ask_for_the_file_again(self) -> None:
        if self.errors and "file" not in self.errors and self.files:
            self.add_error("file", AGAIN)
