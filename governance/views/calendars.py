"""Calendars: a file of one meeting or one body, and a private address that needs no sign-in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.generic import View

from governance.calendars import YEAR, actions_of, calendar_of, dated, meetings_of
from governance.known import bodies_for
from governance.models import Body, Meeting
from governance.views.meetings import TRAIL
from governance.workflow.calendars import make_address, user_of, withdraw_address
from pcnportal import clock
from pcnportal.pages.pages import DetailPage, Page
from pcnportal.refusals import Refused

VIEW = "governance.view_meeting"
PRIVATE = "private, no-store"


def calendar_file(request: HttpRequest, name: str, meetings: Any, actions: Any = ()) -> HttpResponse:
    content = calendar_of(
        name, meetings, actions, host=request.get_host(), address=request.build_absolute_uri
    )
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name)}.ics"'
    response["Cache-Control"] = PRIVATE
    return response


class MeetingCalendar(Page):
    permission = VIEW
    scope = "commissioner_id"
    model = Meeting

    def queryset(self) -> Any:
        return Meeting.objects.select_related("body", "commissioner").prefetch_related("moves")

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        if self.object.held_on is None:
            raise Http404  # a calendar can't hold it
        return calendar_file(request, str(self.object), [self.object])


class BodyCalendar(Page):
    permission = VIEW
    model = Body

    def queryset(self) -> Any:
        return bodies_for(self.request.user.scope(VIEW))

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        own = self.object.meetings.filter(
            commissioner__in=self.request.user.scope(VIEW), held_on__lt=clock.today() + YEAR
        )
        return calendar_file(request, str(self.object), dated(own))


@method_decorator(never_cache, name="dispatch")
class MyCalendar(DetailPage):
    """The private address: shown once, when it is made; GET makes none."""

    permission = VIEW
    template_name = "governance/planning/my_calendar.jinja"
    title = "My calendar"
    breadcrumbs = TRAIL

    def context(self) -> dict[str, Any]:
        user = self.request.user
        return {
            "feed": user.calendar_feeds.filter(withdrawn_at__isnull=True).first(),
            "meetings": dated(meetings_of(user)).count(),
            "actions": actions_of(user).count(),
        }

    def post(self, request: Any, **_kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "withdraw":
            try:
                withdraw_address(by=request.user)
            except Refused as refusal:
                messages.error(request, refusal.sentence)
            else:
                messages.success(request, "The address is withdrawn: it opens nothing any more.")
            return redirect(request.path)
        secret = make_address(by=request.user)
        return self.show(address=request.build_absolute_uri(f"/calendar/{secret}.ics"))


@method_decorator(login_not_required, name="dispatch")
class Feed(View):
    """Everything of one user, for who knows the secret. Nothing says whether an address ever was one."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        user = user_of(secret)
        if user is None:
            raise Http404
        response = calendar_file(request, "My meetings", dated(meetings_of(user)), actions_of(user))
        response["Content-Disposition"] = 'inline; filename="meetings.ics"'
        response["X-Robots-Tag"] = "noindex"
        return response
