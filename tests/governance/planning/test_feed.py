"""Everything of mine under a private address: what is in it, what never is, and who may read it."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from governance.models import Action, CalendarFeed, Meeting, Seat
from tests import factories as make
from tests.governance.planning.clients import DAY, MINE, SECRET_TITLE, events, feed, make_one
from tests.reading import signed_in
from tests.registry.pages.reading import words


@pytest.fixture
def member(harrow, board):
    """A member of the committee, with a seat on the board."""
    user = harrow.user("member")
    user.person = make.PersonFactory.create(name="Dr Amol Kelshiker")
    user.save()
    Seat.objects.create(body=board, person=user.person, starts_on=date(2019, 4, 1))
    return user


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
