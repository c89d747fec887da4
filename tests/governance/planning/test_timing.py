"""A meeting is moved with a reason, cancelled with a reason, and chaired by who has the turn."""

from datetime import date, time
from typing import Any

import pytest

from governance.models import Meeting
from governance.planning import turns_of
from governance.workflow.meetings import add_item, plan_meeting, record_attendance
from governance.workflow.timing import arrange_meeting, cancel_meeting, change_turn, move_meeting
from pcnportal import clock
from pcnportal.history.record import events_of
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale

DAY, LATER = date(2019, 6, 3), date(2019, 6, 4)
REASON = "The chair is away."


@pytest.fixture
def meeting(harrow, board):
    return plan_meeting(
        board, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=DAY, starts_at=time(14)
    )


def move(harrow, meeting, to_day=LATER, by="secretary", reason=REASON, seen=None, **other):
    held = Meeting.objects.get(pk=meeting.pk)
    facts = {"to_time": held.starts_at} | other
    return move_meeting(
        held, by=harrow.user(by), seen=seen or held.version, to_day=to_day, reason=reason, **facts
    )


def cancel(harrow, meeting, by="secretary", reason=REASON, seen=None):
    held = Meeting.objects.get(pk=meeting.pk)
    return cancel_meeting(held, by=harrow.user(by), seen=seen or held.version, reason=reason)


def test_a_move_keeps_the_old_day_and_the_reason(harrow, meeting):
    with one_event(meeting, "moved the meeting", harrow.user("secretary"), held_on=[str(DAY), str(LATER)]):
        move(harrow, meeting)
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.version) == (LATER, 2)
    move(harrow, meeting, to_day=DAY, to_time=time(15), ends_at=time(17))
    assert [(m.from_day, m.from_time, m.to_day, m.to_time, m.reason) for m in meeting.moves.all()] == [
        (DAY, time(14), LATER, time(14), REASON),
        (LATER, time(14), DAY, time(15), REASON),
    ]
    assert events_of(meeting)[0].changes["starts_at"] == ["14:00", "15:00"]


@pytest.mark.parametrize(
    ("wanted", "sentence", "field"),
    [
        ({"reason": " "}, "Say why the meeting is moved.", "reason"),
        ({"to_day": DAY}, "This is the day and the time that it is on already.", "to_day"),
        ({"to_day": date(2019, 5, 17)}, "Choose today or a later day.", "to_day"),
        ({"ends_at": time(13)}, "The meeting has to end after it starts.", "ends_at"),
        ({"to_day": date(2019, 8, 26)}, "is a bank holiday: Late Summer Bank Holiday. Tick the box", "sure"),
        ({"to_day": date(2019, 6, 8)}, "8 June 2019 is a Saturday. Tick the box", "sure"),
    ],
)
def test_a_move_that_may_not_be_is_refused(harrow, meeting, wanted, sentence, field):
    with refused(sentence, field):
        move(harrow, meeting, **wanted)


def test_who_is_sure_moves_it_to_a_bank_holiday(harrow, meeting):
    move(harrow, meeting, to_day=date(2019, 8, 26), sure=True)
    assert Meeting.objects.get(pk=meeting.pk).held_on == date(2019, 8, 26)


def test_a_period_that_has_a_meeting_is_doubted(harrow, board, fortnightly, meeting):
    make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=date(2019, 6, 17))
    with refused("has a meeting in that period already, on 17 June 2019. Tick the box", "sure"):
        move(harrow, meeting, to_day=date(2019, 6, 20))
    move(harrow, meeting, to_day=date(2019, 6, 20), sure=True)


def test_two_meetings_are_never_at_the_same_time(harrow, board, meeting):
    make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=LATER, starts_at=time(14))
    with refused("Provider Management Board already has a meeting on 4 June 2019 at that time.", "to_day"):
        move(harrow, meeting)
    move(harrow, meeting, to_time=time(9))


def test_only_who_plans_meetings_moves_and_cancels_them(harrow, meeting):
    for account in ("member", "chair", "officer"):
        for verb in (move, cancel):
            with not_allowed():
                verb(harrow, meeting, by=account)


def test_who_comes_second_hears_that_it_was_moved(harrow, meeting):
    move(harrow, meeting)
    for verb in (move, cancel):
        with stale():
            verb(harrow, meeting, seen=1)


def test_what_has_been_held_is_not_moved_or_cancelled(harrow, meeting):
    row = {"name": "Dr Small", "presence": "present", "office": "", "is_voting": True}
    record_attendance(meeting, by=harrow.user("secretary"), seen=1, present=[row])
    for verb in (move, cancel):
        with refused("This meeting has been held"):
            verb(harrow, meeting)


def test_a_meeting_whose_date_is_not_held_is_not_moved(harrow, board):
    undated = make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=None)
    with refused("The date of this meeting of the Provider Management Board is not held."):
        move(harrow, undated, to_time=None)


def test_a_cancelled_meeting_stays_with_its_reason_and_stays_cancelled(harrow, meeting):
    with one_event(meeting, "cancelled the meeting", harrow.user("secretary")):
        cancel(harrow, meeting)
    meeting.refresh_from_db()
    assert (meeting.is_cancelled, meeting.cancelled_because, meeting.stage_on(DAY)) == (
        True,
        REASON,
        "Cancelled",
    )
    for verb in (move, cancel):
        with refused(f"This meeting was cancelled: {REASON}"):
            verb(harrow, meeting)
    with refused("is cancelled", "meeting"):
        add_item(meeting, by=harrow.user("secretary"), title="PCNs")
    again = plan_meeting(
        meeting.body, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=DAY, starts_at=time(14)
    )
    assert again.held_on == meeting.held_on


def test_cancelling_asks_why(harrow, meeting):
    with refused("Say why the meeting is cancelled.", "reason"):
        cancel(harrow, meeting, reason="")


def test_the_items_of_a_cancelled_meeting_come_on_the_next_agenda(harrow, board, meeting):
    secretary = harrow.user("secretary")
    first = add_item(meeting, by=secretary, title="PCNs", subject=board, is_private=True)
    gone = add_item(meeting, by=secretary, title="Taken off", is_taken_off=True)
    later = plan_meeting(board, by=secretary, commissioner=harrow.ccg, held_on=date(2019, 6, 17))
    assert cancel(harrow, meeting) == later
    item = later.items.get()
    assert (item.title, item.stands_over, item.subject, item.is_private) == ("PCNs", first, board, True)
    first.refresh_from_db()
    gone.refresh_from_db()
    assert first.stood_over_because == f"{meeting} was cancelled: {REASON}"
    assert gone.stood_over_because == ""


def test_they_wait_for_the_next_meeting_where_none_is_planned(harrow, board, meeting):
    item = add_item(meeting, by=harrow.user("secretary"), title="PCNs")
    assert cancel(harrow, meeting) is None
    later = plan_meeting(
        board, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=date(2019, 6, 17)
    )
    assert later.items.get().stands_over == item


def test_time_and_place_are_said_but_a_start_that_is_held_moves_with_a_reason(harrow, meeting):
    secretary = harrow.user("secretary")
    facts: Any = {"ends_at": time(16), "place": "Room 1"}
    with one_event(meeting, "changed time and place", secretary, ends_at=["", "16:00"], place=["", "Room 1"]):
        arrange_meeting(meeting, by=secretary, seen=1, starts_at=time(14), **facts)
    with refused("To start at another time, move the meeting with a reason.", "starts_at"):
        arrange_meeting(meeting, by=secretary, seen=2, starts_at=time(15), **facts)


def test_another_partner_chairs_one_meeting_with_a_reason(harrow, board, meeting, partners):
    secretary = harrow.user("secretary")
    later = make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=date(2019, 6, 17))
    with refused("It is the turn of Central London Community Healthcare already.", "partner"):
        change_turn(meeting, by=secretary, seen=1, partner=partners[0], reason=REASON)
    with refused("NHS Harrow CCG has no place in the order", "partner"):
        change_turn(meeting, by=secretary, seen=1, partner=harrow.ccg, reason=REASON)
    with refused("Say why another partner takes the chair.", "reason"):
        change_turn(meeting, by=secretary, seen=1, partner=partners[1], reason="")
    change_turn(meeting, by=secretary, seen=1, partner=partners[1], reason=REASON)
    assert turns_of(board, harrow.ccg) == {meeting.pk: partners[1], later.pk: partners[2]}


def test_what_was_held_yesterday_is_not_moved_back_in_time(harrow, meeting):
    with clock.at(LATER), refused("Choose today or a later day.", "to_day"):
        move(harrow, meeting, to_day=DAY, to_time=time(9))
