"""Who was there, who withdrew."""

from typing import Any

from django.urls import reverse

from governance.forms.sitting import AttendanceCard, WithdrawalForm
from governance.models import AgendaItem, Attendance
from governance.views.meetings import TRAIL, OfMeeting
from governance.workflow.meetings import record_attendance, record_withdrawal
from pcnportal.pages.cards import cards
from pcnportal.people.models import in_force


class RecordAttendance(OfMeeting):
    title = "Who was there"
    button = "Save the attendance"
    done = "The attendance is recorded."
    intro = "Name everybody who came or sent apologies. Voting members and offices count for the quorum."
    cards = {"people": cards(AttendanceCard, title="Person", add="Add another person", most=80)}

    def cards_initial(self, _prefix: str) -> list[dict[str, Any]]:
        held = self.object.attendances.select_related("person")
        if held:
            return [
                {"name": a.person.name, "office": a.office, "is_voting": a.is_voting, "presence": a.presence}
                for a in held
            ]
        seats = self.object.body.seats.filter(in_force(self.object.held_on)).select_related("person")
        return [
            {"name": s.person.name, "office": s.office, "is_voting": s.is_voting, "presence": "present"}
            for s in seats
        ] or [{}]

    def save(self, form: Any) -> Any:
        record_attendance(
            self.object,
            by=self.request.user,
            seen=form.cleaned_data["seen"],
            present=[card for card in self.cards_data["people"] if card],
        )
        return None


class RecordWithdrawal(OfMeeting):
    model = AgendaItem
    scope = "meeting.commissioner_id"
    form_class = WithdrawalForm
    title = "Somebody withdrew from the item"
    button = "Record the withdrawal"
    done = "The withdrawal is recorded; the quorum of the item was tested again."

    def queryset(self) -> Any:
        return AgendaItem.objects.select_related("meeting__body", "meeting__commissioner")

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        meeting = self.object.meeting
        return [(text, reverse(name)) for text, name in TRAIL] + [(str(meeting), meeting.get_absolute_url())]

    def version(self) -> int:
        return int(self.object.meeting.version)

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
        return self.object.get_absolute_url()
