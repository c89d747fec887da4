"""While a meeting sits: who withdrew from an item, and what stands over."""

from typing import Any

from django.urls import reverse

from governance.forms.sitting import StandOverForm, WithdrawalForm
from governance.models import AgendaItem, Attendance
from governance.quorum import quorum_of
from governance.views.meetings import TRAIL, OfMeeting
from governance.workflow.meetings import record_withdrawal
from governance.workflow.standing_over import later_meetings, stand_over, why_not
from pcnportal.refusals import Refused


class OfItem(OfMeeting):
    model = AgendaItem
    scope = "meeting.commissioner_id"

    def queryset(self) -> Any:
        return AgendaItem.objects.select_related("meeting__body", "meeting__commissioner")

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        meeting = self.object.meeting
        return [(text, reverse(name)) for text, name in TRAIL] + [(str(meeting), meeting.get_absolute_url())]

    def version(self) -> int:
        return int(self.object.meeting.version)


class RecordWithdrawal(OfItem):
    form_class = WithdrawalForm
    title = "Somebody withdrew from the item"
    button = "Record the withdrawal"
    done = "The withdrawal is recorded; the quorum of the item was tested again."

    def form_kwargs(self) -> dict[str, Any]:
        there = self.object.meeting.attendances.filter(presence=Attendance.Presence.PRESENT)
        gone = self.object.withdrawals.values("person")
        return {"present": there.exclude(person__in=gone).select_related("person")}

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        record_withdrawal(
            self.object,
            by=self.request.user,
            seen=typed["seen"],
            person=typed["attendance"].person,
            reason=typed["reason"],
        )
        if quorum_of(self.object).met is False:
            self.done = f"{self.done} It is not quorate now, so it can’t be decided."
        return self.object.get_absolute_url()


class StandOver(OfItem):
    form_class = StandOverForm
    title = "The item stands over"
    button = "Let it stand over"
    done = "The item stands over."

    def get_title(self) -> str:
        return f"“{self.object.title}” stands over"

    def guard(self) -> None:
        if sentence := why_not(self.object):
            raise Refused(sentence)

    def form_kwargs(self) -> dict[str, Any]:
        self.later = later_meetings(self.object.meeting)
        return {"later": self.later}

    def initial(self) -> dict[str, Any]:
        quorum = quorum_of(self.object)
        return {"because": quorum.working} if quorum.met is False else {}

    def show_form(self, *args: Any, **extra: Any) -> Any:
        if not self.later:
            extra["intro"] = (
                "No later meeting is planned. The item comes on the agenda of the next one by itself."
            )
        return super().show_form(*args, **extra)

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        stand_over(
            self.object,
            by=self.request.user,
            seen=typed["seen"],
            because=typed["because"],
            to=typed.get("to"),
        )
        return self.object.get_absolute_url()
