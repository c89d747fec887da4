"""What is recorded of a meeting while it sits."""

from typing import Any

from django import forms

from governance.models import Attendance
from pcnportal.pages.fields import RecordChoice
from pcnportal.pages.forms import PortalForm, Seen


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
