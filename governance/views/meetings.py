"""Meetings: the list, one with its agenda, planning one, who was there, who withdrew."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from governance.forms import AttendanceCard, PlanForm, WithdrawalForm
from governance.models import AgendaItem, Attendance, Meeting
from governance.quorum import quorums_of
from governance.tables import MeetingFilter, MeetingTable
from governance.workflow.meetings import plan_meeting, record_attendance, record_withdrawal
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.cards import cards
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage, FormPage
from pcnportal.people.models import Organisation, in_force

TRAIL = [("Boards and committees", "governance:map"), ("Meetings", "governance:meetings")]


class MeetingList(ListPage):
    permission = "governance.view_meeting"
    scope = "commissioner_id"
    model = Meeting
    table_class = MeetingTable
    filterset_class = MeetingFilter
    title = "Meetings"
    what = ("meeting", "meetings")
    empty = "No meeting is planned or held yet."
    template_name = "governance/meetings.jinja"
    breadcrumbs = TRAIL[:1]

    def rows(self) -> Any:
        named = Meeting.objects.select_related("body", "commissioner").order_by("-held_on", "-pk")
        return named.annotate(items_count=Count("items", filter=Q(items__is_taken_off=False)))

    def complete(self, rows: list[Any]) -> list[Any]:
        for meeting in rows:
            meeting.stage = "Held" if meeting.held_on < clock.today() else "Planned"
        return rows

    def context(self) -> dict[str, Any]:
        return {"may_plan": self.request.user.can("governance.plan_meeting")}


class MeetingPage(DetailPage):
    permission = "governance.view_meeting"
    scope = "commissioner_id"
    model = Meeting
    template_name = "governance/meeting.jinja"
    breadcrumbs = TRAIL

    def queryset(self) -> Any:
        return Meeting.objects.select_related("body", "commissioner", "source")

    def get_title(self) -> str:
        return f"{self.object.body}, {self.object.held_on:%-d %B %Y}"

    def get_caption(self) -> str:
        return str(self.object.commissioner)

    def context(self) -> dict[str, Any]:
        user, meeting = self.request.user, self.object
        items = list(meeting.items.prefetch_related("subject", "withdrawals__person"))
        quorums = quorums_of(meeting, items)
        said = {quorum.working for quorum in quorums.values()}
        return {
            "items": [(item, quorums[item.pk]) for item in items],
            "one_quorum": said.pop() if len(said) == 1 and len(items) > 1 else "",
            "attendance_rows": [
                [a.person.name, a.office or "none", "Yes" if a.is_voting else "No", a.get_presence_display()]
                for a in meeting.attendances.select_related("person")
            ],
            "may_record": user.can("governance.record_attendance", meeting.commissioner_id),
            "events": events_of(meeting)[:50],
        }


class PlanMeeting(FormPage):
    permission = "governance.plan_meeting"
    form_class = PlanForm
    title = "Plan a meeting"
    button = "Plan the meeting"
    done = "The meeting is planned."
    breadcrumbs = TRAIL

    def commissioners(self) -> Any:
        return Organisation.objects.filter(pk__in=self.request.user.scope(self.permission))

    def form_kwargs(self) -> dict[str, Any]:
        return {"commissioners": self.commissioners()}

    def initial(self) -> dict[str, Any]:
        return {"body": self.request.GET.get("body")}

    def back(self) -> str:
        return reverse("governance:meetings")

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        return plan_meeting(
            typed["body"],
            by=self.request.user,
            commissioner=typed["commissioner"],
            held_on=typed["held_on"],
            starts_at=typed["starts_at"],
            place=typed["place"],
        )


class OfMeeting(FormPage):
    """What is recorded about a meeting by who prepares it."""

    permission = "governance.record_attendance"
    see = "governance.view_meeting"
    model: Any = Meeting
    scope = "commissioner_id"

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        trail = [(text, reverse(name)) for text, name in TRAIL]
        return [*trail, (str(self.object), self.object.get_absolute_url())]


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
