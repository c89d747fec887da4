"""Meetings: the list, planning, moving and cancelling them, and calendars."""

from collections.abc import Callable, Sequence
from typing import Any

from django.urls import URLPattern, path

from governance.views import calendars, meetings, planning, rhythms, timing

MEETING, BODY = "governance/meetings/<int:pk>/", "governance/bodies/<slug:slug>/"


def urlpatterns(panels: Sequence[Callable[..., Any]]) -> list[URLPattern]:
    """The addresses; `panels` are shown on the page of a meeting."""
    return [
        path("governance/meetings/", planning.MeetingList.as_view(), name="meetings"),
        path("governance/meetings/new/", planning.PlanMeeting.as_view(), name="plan_meeting"),
        path(MEETING, meetings.MeetingPage.as_view(panels=panels), name="meeting"),
        path(f"{MEETING}move/", timing.MoveMeeting.as_view(), name="move_meeting"),
        path(f"{MEETING}time-and-place/", timing.ArrangeMeeting.as_view(), name="arrange_meeting"),
        path(f"{MEETING}cancel/", timing.CancelMeeting.as_view(), name="cancel_meeting"),
        path(f"{MEETING}turn/", timing.ChangeTurn.as_view(), name="change_turn"),
        path(f"{MEETING}calendar.ics", calendars.MeetingCalendar.as_view(), name="meeting_calendar"),
        path(f"{BODY}rhythm/", rhythms.SetRhythm.as_view(), name="set_rhythm"),
        path(f"{BODY}turns/", rhythms.SetTurns.as_view(), name="set_turns"),
        path(f"{BODY}rhythm/take-back/", rhythms.TakeBack.as_view(), name="take_back_rhythm"),
        path(f"{BODY}turns/take-back/", rhythms.TakeBack.as_view(kind="turns"), name="take_back_turns"),
        path(
            f"{BODY}quorum/take-back/",
            rhythms.TakeBack.as_view(kind="quorum_rules"),
            name="take_back_quorum",
        ),
        path(f"{BODY}next/", planning.PlanNext.as_view(), name="plan_next"),
        path(f"{BODY}calendar.ics", calendars.BodyCalendar.as_view(), name="body_calendar"),
        path("governance/calendar/", calendars.MyCalendar.as_view(), name="my_calendar"),
        path("calendar/<str:secret>.ics", calendars.Feed.as_view(), name="feed"),
    ]
