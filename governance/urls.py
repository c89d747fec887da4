"""Governance's addresses. What upper apps show on its pages is handed in by the roof."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, path

from governance.views import bodies, meetings

Panels = Sequence[Callable[..., Any]]


def addresses(*, meeting: Panels = (), body: Panels = ()) -> tuple[list[URLPattern], str]:
    """The patterns and their namespace; `meeting` and `body` are panels for those pages."""
    return [
        path("governance/", bodies.Bodies.as_view(), name="map"),
        path("governance/bodies/<slug:slug>/", bodies.BodyPage.as_view(panels=body), name="body"),
        path("governance/meetings/", meetings.MeetingList.as_view(), name="meetings"),
        path("governance/meetings/new/", meetings.PlanMeeting.as_view(), name="plan_meeting"),
        path("governance/meetings/<int:pk>/", meetings.MeetingPage.as_view(panels=meeting), name="meeting"),
        path(
            "governance/meetings/<int:pk>/attendance/", meetings.RecordAttendance.as_view(), name="attendance"
        ),
        path("governance/items/<int:pk>/withdrawal/", meetings.RecordWithdrawal.as_view(), name="withdrawal"),
    ], "governance"
