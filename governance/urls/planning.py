"""Meetings: the list, one, planning one."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, path

from governance.views import meetings, planning


def urlpatterns(panels: Sequence[Callable[..., Any]]) -> list[URLPattern]:
    """The addresses; `panels` are shown on the page of a meeting."""
    return [
        path("governance/meetings/", planning.MeetingList.as_view(), name="meetings"),
        path("governance/meetings/new/", planning.PlanMeeting.as_view(), name="plan_meeting"),
        path("governance/meetings/<int:pk>/", meetings.MeetingPage.as_view(panels=panels), name="meeting"),
    ]
