"""Calendars of one meeting and of one body, as a client reads them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from governance.workflow.meetings import plan_meeting
from governance.workflow.timing import cancel_meeting, move_meeting
from pcnportal import clock
from tests import factories as make
from tests.governance.planning.clients import DAY, events, read
from tests.reading import signed_in

WINTER = date(2019, 12, 2)
LONDON = ZoneInfo("Europe/London")


def test_one_meeting_is_at_its_time_in_london(harrow, secretary, meeting):
    (event,) = events(secretary.get(f"/governance/meetings/{meeting.pk}/calendar.ics"))
    assert event["SUMMARY"] == "Provider Management Board"
    assert event["LOCATION"] == "The Heights; Harrow, HA1"
    assert event.decoded("DTSTART") == datetime(2019, 6, 3, 14, tzinfo=LONDON)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=2)
    assert event.decoded("DTSTART").utcoffset() == timedelta(hours=1)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["URL"] == f"http://testserver/governance/meetings/{meeting.pk}/"


def test_the_time_zone_is_told_for_summer_and_winter(harrow, secretary, board, meeting):
    plan_meeting(
        board, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=WINTER, starts_at=time(14)
    )
    calendar = read(secretary.get(f"/governance/bodies/{board.slug}/calendar.ics"))
    assert calendar.get_missing_tzids() == set()
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Europe/London"
    told = zone.to_tz()
    assert datetime(2019, 6, 3, 14, tzinfo=told).utcoffset() == timedelta(hours=1)
    assert datetime(2019, 12, 2, 14, tzinfo=told).utcoffset() == timedelta(0)


def test_where_no_time_is_held_it_is_all_day(harrow, secretary, board):
    made = make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=DAY)
    calendar = read(secretary.get(f"/governance/meetings/{made.pk}/calendar.ics"))
    (event,) = calendar.walk("VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (DAY, DAY + timedelta(days=1))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert calendar.walk("VTIMEZONE") == []


def test_a_move_keeps_the_uid_and_raises_the_sequence(harrow, secretary, meeting):
    path = f"/governance/meetings/{meeting.pk}/calendar.ics"
    (before,) = events(secretary.get(path))
    move_meeting(
        meeting,
        by=harrow.user("secretary"),
        seen=1,
        to_day=DAY + timedelta(days=1),
        to_time=time(9),
        reason="Dr Small is ill.",
    )
    (after,) = events(secretary.get(path))
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == datetime(2019, 6, 4, 9, tzinfo=LONDON)
    assert "Was on 3 June 2019." in after["DESCRIPTION"]
    assert "ill" not in after["DESCRIPTION"]


def test_a_cancelled_meeting_says_so_and_not_why(harrow, secretary, meeting):
    cancel_meeting(meeting, by=harrow.user("secretary"), seen=1, reason="Dr Small is ill.")
    (event,) = events(secretary.get(f"/governance/meetings/{meeting.pk}/calendar.ics"))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert "ill" not in event["DESCRIPTION"]


def test_a_meeting_whose_date_is_not_held_is_in_no_calendar(harrow, secretary, board, meeting):
    undated = make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=None)
    assert secretary.get(f"/governance/meetings/{undated.pk}/calendar.ics").status_code == 404
    assert len(events(secretary.get(f"/governance/bodies/{board.slug}/calendar.ics"))) == 1


def test_a_body_s_calendar_is_its_past_and_its_coming_year(harrow, secretary, board):
    days = [clock.today() + timedelta(days=n) for n in (-400, -300, -1, 0, 100, 300, 400)]
    for day in days:
        make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=day)
    found = events(secretary.get(f"/governance/bodies/{board.slug}/calendar.ics"))
    assert [event.decoded("DTSTART") for event in found] == days[1:-1]


def test_others_calendars_are_not_there(harrow, meeting, board):
    stranger = signed_in(harrow.user("officer@havering.example"))
    assert stranger.get(f"/governance/meetings/{meeting.pk}/calendar.ics").status_code == 404
    assert stranger.get(f"/governance/bodies/{board.slug}/calendar.ics").status_code == 404
    board.serves.add(harrow.havering)
    assert events(stranger.get(f"/governance/bodies/{board.slug}/calendar.ics")) == []
