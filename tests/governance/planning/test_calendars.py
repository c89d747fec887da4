"""Calendars as a client reads them: what is in them, what never is, and who may read them."""

from datetime import date, datetime, time, timedelta
from hashlib import sha256
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from icalendar import Calendar

from governance.models import Action, CalendarFeed, Meeting, Seat
from governance.workflow.meetings import add_item, plan_meeting
from governance.workflow.timing import cancel_meeting, move_meeting
from pcnportal import clock
from tests import factories as make
from tests.reading import signed_in
from tests.registry.pages.reading import main, words

DAY, WINTER = date(2019, 6, 3), date(2019, 12, 2)
LONDON = ZoneInfo("Europe/London")
MINE = "/governance/calendar/"
SECRET_TITLE = "Dismissal of a provider"


@pytest.fixture
def meeting(harrow, board):
    planned = plan_meeting(
        board,
        by=harrow.user("secretary"),
        commissioner=harrow.ccg,
        held_on=DAY,
        starts_at=time(14),
        ends_at=time(16),
        place="The Heights; Harrow, HA1",
    )
    add_item(planned, by=harrow.user("secretary"), title=SECRET_TITLE, is_private=True)
    return planned


@pytest.fixture
def member(harrow, board):
    """A member of the committee, with a seat on the board."""
    user = harrow.user("member")
    user.person = make.PersonFactory.create(name="Dr Amol Kelshiker")
    user.save()
    Seat.objects.create(body=board, person=user.person, starts_on=date(2019, 4, 1))
    return user


def read(response):
    """The events of a calendar, parsed strictly, in their order."""
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    return Calendar.from_ical(response.content)


def events(response):
    return read(response).walk("VEVENT")


def make_one(user):
    """A new private address, as its page shows it once."""
    said = main(signed_in(user).post(MINE, {"do": "make"}))
    return urlsplit(said.partition("<code")[2].partition(">")[2].partition("<")[0]).path


def feed(address):
    return Client().get(address)


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


def test_everything_of_mine_is_read_without_signing_in(harrow, member, meeting):
    other = harrow.meeting(harrow.committee, make.PANEL_DAY)
    address = make_one(member)
    assert [event["SUMMARY"] for event in events(feed(address))] == ["Provider Management Board"]
    make.AttendanceFactory.create(meeting=other, person=member.person)
    assert [event["SUMMARY"] for event in events(feed(address))] == [
        "Primary Care Commissioning Committee",
        "Provider Management Board",
    ]


def test_who_prepares_meetings_has_all_of_them(harrow, meeting):
    harrow.meeting(harrow.committee, make.PANEL_DAY)
    assert len(events(feed(make_one(harrow.user("secretary"))))) == 2
    assert events(feed(make_one(harrow.user("officer")))) == []


def test_nothing_of_the_agenda_is_in_a_calendar(harrow, member, secretary, meeting):
    for response in (
        feed(make_one(member)),
        secretary.get(f"/governance/meetings/{meeting.pk}/calendar.ics"),
        secretary.get(f"/governance/bodies/{meeting.body.slug}/calendar.ics"),
    ):
        assert SECRET_TITLE not in response.content.decode().replace("\r\n ", "")


def test_my_open_actions_are_in_it_without_their_words(harrow, member, board):
    facts = {"body": board, "commissioner": harrow.ccg, "text": SECRET_TITLE}
    for owner, more in (
        (member.person, {"due_on": DAY}),
        (member.person, {"due_month": DAY.replace(day=1)}),
        (member.person, {"due_on": DAY, "status": "dropped", "closed_on": DAY}),
        (make.PersonFactory.create(name="Somebody else"), {"due_on": DAY}),
    ):
        Action.objects.create(**facts, **more).owners.create(person=owner)
    response = feed(make_one(member))
    (event,) = events(response)
    assert event["SUMMARY"] == "Action due: Provider Management Board"
    assert event.decoded("DTSTART") == DAY
    assert SECRET_TITLE not in response.content.decode()


def test_the_secret_is_shown_once_and_kept_nowhere(harrow, member, meeting):
    address = make_one(member)
    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    assert len(secret) >= 43
    held = CalendarFeed.objects.get()
    assert held.digest == sha256(secret.encode()).hexdigest()
    page = signed_in(member).get(MINE)
    assert secret not in page.content.decode()
    assert "You made an address on 20 May 2019" in words(page)
    assert "no-store" in page["Cache-Control"]


def test_a_new_address_ends_the_old_one_and_withdrawing_ends_it_for_good(harrow, member, meeting):
    first = make_one(member)
    second = make_one(member)
    assert [feed(address).status_code for address in (first, second)] == [404, 200]
    said = words(signed_in(member).post(MINE, {"do": "withdraw"}, follow=True))
    assert "The address is withdrawn" in said
    assert feed(second).status_code == 404
    assert "You have no calendar address." in words(
        signed_in(member).post(MINE, {"do": "withdraw"}, follow=True)
    )


def test_reading_the_page_makes_no_address(harrow, member):
    assert "Make an address" in words(signed_in(member).get(MINE))
    assert not CalendarFeed.objects.exists()


@pytest.mark.parametrize("how", ["inactive", "role ended"])
def test_the_feed_stops_for_who_may_no_longer_read_meetings(harrow, member, meeting, how):
    address = make_one(member)
    if how == "inactive":
        member.is_active = False
        member.save()
    else:
        member.roles.update(ends_on=make.COMMITTEE_DAY)
    response = feed(address)
    assert response.status_code == 404
    assert b"Provider" not in response.content


def test_an_address_that_never_was_says_no_more_than_a_withdrawn_one(harrow, member, meeting):
    address = make_one(member)
    signed_in(member).post(MINE, {"do": "withdraw"})
    gone, never = feed(address), feed("/calendar/never-was.ics")
    assert (gone.status_code, never.status_code) == (404, 404)
    assert words(gone) == words(never)


def test_the_feed_asks_as_often_for_many_meetings_as_for_few(
    harrow, member, board, django_assert_num_queries
):
    address = make_one(member)
    for number in range(30):
        make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=DAY + timedelta(weeks=number))
    with django_assert_num_queries(5):
        assert len(events(feed(address))) == 30
    assert Meeting.objects.count() == 30
