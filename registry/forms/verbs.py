"""Forms of verbs that need a reason, a date or one choice."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.models import Meeting
from pcnportal import clock
from pcnportal.pages.fields import DateField, RecordChoice
from pcnportal.pages.forms import PortalForm, ReasonForm, Seen
from pcnportal.pages.jinja import in_days
from registry.models import Case, Practice, SubmittedMember


class ConfirmForm(Seen, PortalForm):
    """Nothing to fill in: the page says what will happen."""


class AskForm(ReasonForm):
    """One reason in words; `label` asks for it, `sentence` says what to do where it is missing."""

    def __init__(self, *args: Any, label: str, sentence: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].error_messages["required"] = sentence


class MeetingField(RecordChoice):
    def label_from_instance(self, meeting: Any) -> str:
        time = f", {meeting.starts_at:%-I:%M%p}".lower() if meeting.starts_at else ""
        place = f", {meeting.place}" if meeting.place else ""
        return f"{meeting.held_on:%-d %B %Y}{time}{place} ({in_days(meeting.held_on)})"


class MeetingForm(Seen, PortalForm):
    """One of the coming `meetings`."""

    meeting = MeetingField(Meeting.objects.none(), widget=forms.RadioSelect)

    def __init__(self, *args: Any, meetings: "QuerySet[Meeting]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = meetings
        field.error_messages["required"] = "Choose a meeting"


class PracticeField(RecordChoice):
    def label_from_instance(self, practice: Any) -> str:
        return f"{practice} ({practice.organisation.code})"


class MemberWithdrawsForm(ReasonForm):
    """Which member of the case's form withdrew, when, and why."""

    practice = PracticeField(
        Practice.objects.none(), label="Which practice withdrew?", widget=forms.RadioSelect
    )
    withdrew_on = DateField(
        label="When it withdrew",
        required=False,
        not_after_today=True,
        help_text="Leave it empty where the day is not held. For example, 20 May 2019",
    )
    field_order = ["practice", "withdrew_on", "reason"]

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = SubmittedMember.objects.filter(submission=case.current_id, has_withdrawn=False)
        field: Any = self.fields["practice"]
        field.queryset = Practice.objects.filter(pk__in=members.values("practice")).select_related(
            "organisation"
        )
        self.fields["reason"].label = "Why, and how you know"
        self.fields["reason"].error_messages["required"] = "Say why the practice withdrew, and how you know"
        field.error_messages["required"] = "Choose the practice that withdrew"


class GoLiveForm(Seen, PortalForm):
    starts_on = DateField(label="The day from which it is live", not_after_today=True)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        start, today = case.round.go_live_on, clock.today()
        self.fields["starts_on"].help_text = f"From {start:%-d %B %Y} to {today:%-d %B %Y}"

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day < self.case.round.go_live_on:
            start = self.case.round.go_live_on
            raise forms.ValidationError(f"Networks of this round start on {start:%-d %B %Y} at the earliest")
        return day
