"""What is filled in about interests and breaches."""

from typing import Any

from django import forms

from governance.forms.boards import WhoFields
from governance.models import Body, Interest
from pcnportal.pages.fields import DateField, LookupField, RecordChoice
from pcnportal.pages.forms import PortalForm, ReasonForm, Seen
from pcnportal.people.models import Organisation, Person

NOT_HELD = "Leave it empty where it is not held."
NAMES_NOBODY = (
    "Of an indirect interest do not name the relative, friend or partner: the published register says only "
    "“indirect” and the organisation."
)


class OfCommissioner(forms.Form):
    """For one of the user's commissioners; not asked where there is only one."""

    commissioner = RecordChoice(
        Organisation.objects.none(), label="Declared to", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, commissioners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["commissioner"]
        field.queryset = commissioners
        held = list(commissioners[:2])
        if len(held) == 1:
            field.widget, field.initial = forms.HiddenInput(), held[0].pk


class InterestFields(PortalForm):
    kind = forms.ChoiceField(label="Kind", choices=Interest.Kind.choices, widget=forms.RadioSelect)
    organisation = LookupField(
        lambda: Organisation.objects.all(),
        what="organisation",
        label="Organisation",
        required=False,
        help_text="The ODS code or name of a practice, network, federation or other organisation.",
    )
    organisation_named = forms.CharField(
        label="Or one that the register does not hold", required=False, max_length=200
    )
    role = forms.ChoiceField(
        label="Held as", choices=Interest.Role.choices, widget=forms.RadioSelect, initial=Interest.Role.OTHER
    )
    nature = forms.CharField(
        label="What the interest is",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NAMES_NOBODY,
    )
    starts_on = DateField(label="From", required=False, help_text=NOT_HELD)
    ends_on = DateField(
        label="Until", required=False, help_text="The first day on which it is no longer held."
    )
    options = {
        "kind": {
            "hints": {
                "financial": "Direct financial gain, such as a share, a partnership or a salary",
                "professional": "Reputation or standing, such as an unpaid post",
                "personal": "A benefit that is neither money nor professional",
                "indirect": "Of somebody close who has such an interest. Nobody is named",
            }
        },
        "organisation": {"needed": True},
        "nature": {"needed": True},
    }


class DeclareForm(OfCommissioner, InterestFields):
    field_order = ["commissioner"]


class RegisterForm(OfCommissioner, WhoFields, InterestFields):
    declared_on = DateField(label="Declared", required=False, not_after_today=True, help_text=NOT_HELD)
    field_order = ["commissioner", "person", "name"]
    options = InterestFields.options | {"person": {"needed": True}}


class CorrectForm(ReasonForm, InterestFields):
    declared_on = DateField(label="Declared", required=False, not_after_today=True, help_text=NOT_HELD)
    field_order = [*InterestFields.base_fields, "declared_on", "reason"]

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why it is corrected"
        if is_own:
            # When somebody declared is for the secretary to say.
            del self.fields["declared_on"]


class EndInterestForm(Seen):
    ends_on = DateField(label="Until", help_text="The first day on which it is no longer held.")


class BreachForm(OfCommissioner, PortalForm):
    what = forms.CharField(
        label="What happened",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Name no patient and no relative.",
    )
    person = LookupField(
        lambda: Person.objects.all(),
        code="slug",
        what="person",
        label="Who is concerned",
        required=False,
    )
    body = RecordChoice(
        Body.objects.none(), label="Board or committee", required=False, empty_label="No single one"
    )
    happened_on = DateField(label="Happened", required=False, not_after_today=True, help_text=NOT_HELD)
    found_on = DateField(label="Found", not_after_today=True)
    field_order = ["commissioner", "what"]

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = bodies


class FindingsForm(Seen):
    findings = forms.CharField(
        label="What was found", max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )


class CloseForm(Seen):
    done = forms.CharField(label="What was done", max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
