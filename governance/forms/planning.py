"""What the secretary fills in about when a body meets."""

from typing import Any

from django import forms
from django.db.models import Q

from governance.models import Body
from pcnportal.pages.fields import DateField, RecordChoice
from pcnportal.pages.forms import PortalForm
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
