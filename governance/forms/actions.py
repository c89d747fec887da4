"""What is filled in about actions: what is to be done, by when, and what became of it."""

from typing import Any

from django import forms

from governance.forms.due import DueFields
from governance.known import bodies_for
from governance.models import Action, Body
from pcnportal.pages.fields import RecordChoice
from pcnportal.pages.forms import PortalForm, ReasonForm, Seen
from pcnportal.people.models import Organisation

AGAIN = "Choose the file again: a browser does not keep it when a form is sent."
FILE = "A PDF, a Word document (.docx), or a PNG or JPEG image, 20 MB at most. No patient information."


def words(label: str, rows: int = 3, **other: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea(attrs={"rows": rows}), **other)


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

    def __init__(self, *args: Any, commissioners: Any, **kwargs: Any) -> None:
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
