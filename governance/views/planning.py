"""Meetings: the list of them, planning one."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from governance.forms.planning import PlanForm
from governance.models import Meeting
from governance.tables.planning import MeetingFilter, MeetingTable
from governance.views.meetings import TRAIL
from governance.workflow.meetings import plan_meeting
from pcnportal import clock
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import FormPage
from pcnportal.people.models import Organisation


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
