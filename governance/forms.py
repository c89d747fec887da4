"""What the secretary fills in about meetings."""

from typing import Any

from django import forms
from django.db.models import Q

from governance.models import Attendance, Body
from pcnportal.pages.fields import DateField, RecordChoice
from pcnportal.pages.forms import PortalForm, Seen
from pcnportal.people.models import Organisation


class PlanForm(PortalForm):
    body = RecordChoice(Body.objects.none(), label="Body", widget=forms.RadioSelect, empty_label=None)
    commissioner = RecordChoice(
        Organisation.objects.none(), label="Commissioner", widget=forms.RadioSelect, empty_label=None
    )
    held_on = DateField(label="Date")
    starts_at = forms.TimeField(
        label="Start time",
        required=False,
        help_text="For example 14:00. Leave it empty where it is not held.",
        error_messages={"invalid": "Enter a time, for example 14:00"},
    )
    place = forms.CharField(label="Place", required=False, max_length=200)
    options = {"starts_at": {"width": 5}}

    def __init__(self, *args: Any, commissioners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = Body.objects.filter(Q(organisation__in=commissioners) | Q(serves__in=commissioners))
        self.fields["body"].queryset = bodies.distinct()  # type: ignore[attr-defined]
        self.fields["commissioner"].queryset = commissioners  # type: ignore[attr-defined]
        held = list(commissioners[:2])
        if len(held) == 1:
            self.fields["commissioner"].widget = forms.HiddenInput()
            self.fields["commissioner"].initial = held[0].pk


class AttendanceCard(PortalForm):
    name = forms.CharField(label="Name", max_length=120)
    office = forms.CharField(
        label="Office",
        required=False,
        max_length=120,
        help_text="As the quorum rule names it, for example lay member. Leave it empty where there is none.",
    )
    presence = forms.ChoiceField(
        label="Was there", choices=Attendance.Presence.choices, widget=forms.RadioSelect, initial="present"
    )
    is_voting = forms.BooleanField(label="Has a vote", required=False, initial=True)
    options = {"presence": {"inline": True}}


class WithdrawalForm(Seen, PortalForm):
    attendance = RecordChoice(
        Attendance.objects.none(), label="Who withdrew", widget=forms.RadioSelect, empty_label=None
    )
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, present: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["attendance"]
        field.queryset = present  # type: ignore[attr-defined]
        field.label_from_instance = lambda a: f"{a.person}, {a.office}" if a.office else str(a.person)  # type: ignore[attr-defined]
