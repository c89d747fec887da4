"""What is filled in about a conflict of interest."""

from typing import Any

from django import forms

from governance.forms.boards import WhoFields
from governance.models import Conflict
from pcnportal.pages.fields import LookupField
from pcnportal.pages.forms import Seen
from pcnportal.people.models import Organisation


class JudgeForm(Seen):
    judgement = forms.ChoiceField(
        label="Is it a conflict?",
        choices=[("confirmed", "Yes, confirm it"), ("set_aside", "No, set it aside")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why it is set aside",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    options = {"judgement": {"reveals": {"set_aside": "reason"}}, "reason": {"needed": True}}


class HandleForm(Seen):
    handling = forms.ChoiceField(label="What was done", choices=[], widget=forms.RadioSelect)
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the minutes. Where they stay and take part, say why nothing more is needed.",
    )
    options = {
        "handling": {
            "hints": {
                "stays": "Hears, speaks and votes",
                "no_vote": "Hears and speaks, does not vote",
                "leaves": "Is not there for the item, does not vote and does not count for its quorum",
                "no_paper": "As one who leaves, and reads nothing private of the item anywhere",
                "vice_chair": "As one who leaves; somebody else takes the chair for the item",
            }
        }
    }

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["handling"]
        field.choices = [choice for choice in Conflict.Handling.choices if choice[0] in offered]


class AddConflictForm(WhoFields, Seen):
    because = forms.CharField(
        label="What was declared",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Name no relative.",
    )
    organisation = LookupField(
        lambda: Organisation.objects.all(),
        what="organisation",
        label="Organisation",
        required=False,
        help_text="Its ODS code or name, where it is one.",
    )
    field_order = ["person", "name", "because", "organisation"]
    options = {"person": {"needed": True}}
