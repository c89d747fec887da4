"""Meetings are planned from the rhythm: one in each period, on a working day of it."""

from datetime import date, time, timedelta

import pytest

from governance.models import Meeting, Rhythm
from governance.planning import slots, turns_of
from governance.workflow.planning import plan_from_rhythm
from governance.workflow.timing import cancel_meeting, move_meeting
from pcnportal import clock
from tests import factories as make
from tests.claims import not_allowed, refused
from tests.governance.planning.conftest import BY_RHYTHM

DAY, NEXT, THIRD = date(2019, 5, 20), date(2019, 6, 3), date(2019, 6, 17)


def plan(harrow, board, *firsts, by="secretary", **wanted):
    days = {first: first for first in firsts} | wanted.pop("days", {})
    return plan_from_rhythm(board, by=harrow.user(by), commissioner=harrow.ccg, wanted=days, **wanted)


def offered(harrow, board, most=12):
    return slots(board, harrow.ccg, clock.today(), most=most)


def test_the_next_dates_follow_from_the_rhythm(harrow, board, fortnightly):
    found = offered(harrow, board)
    assert [slot.proposed.day for slot in found] == [DAY + timedelta(weeks=2 * n) for n in range(7)] + [
        date(2019, 8, 27),  # the Monday is the late summer bank holiday
        *(date(2019, 9, 9) + timedelta(weeks=2 * n) for n in range(4)),
    ]
    assert found[7].proposed.holiday == "Late Summer Bank Holiday"
    assert not any(slot.meeting for slot in found)


def test_each_is_planned_once_with_its_time_and_place(harrow, board, fortnightly):
    made = plan(harrow, board, DAY, NEXT, starts_at=time(14), ends_at=time(16), place="The Heights")
    assert [(m.held_on, m.period, m.starts_at, m.ends_at, m.place) for m in made] == [
        (DAY, DAY, time(14), time(16), "The Heights"),
        (NEXT, NEXT, time(14), time(16), "The Heights"),
    ]
    assert [slot.meeting for slot in offered(harrow, board, 3)] == [*made, None]
    with refused("The period from 3 June 2019 has its meeting already.", "day_2019-06-03"):
        plan(harrow, board, NEXT, THIRD)


def test_a_meeting_that_was_planned_by_hand_is_that_of_its_period(harrow, board, fortnightly):
    by_hand = make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=date(2019, 6, 5))
    assert [slot.meeting for slot in offered(harrow, board, 3)] == [None, by_hand, None]


def test_a_cancelled_meeting_leaves_its_period_free(harrow, board, fortnightly):
    (made,) = plan(harrow, board, NEXT)
    cancel_meeting(made, by=harrow.user("secretary"), seen=1, reason="Nobody can come.")
    slot = offered(harrow, board, 2)[1]
    assert (slot.meeting, slot.cancelled) == (None, made)
    (again,) = plan(harrow, board, NEXT)
    assert offered(harrow, board, 2)[1].meeting == again


def test_a_meeting_that_moved_into_the_next_period_is_still_that_of_its_own(harrow, board, fortnightly):
    (made,) = plan(harrow, board, NEXT)
    move_meeting(made, by=harrow.user("secretary"), seen=1, to_day=date(2019, 6, 18), reason="Illness.")
    assert [slot.meeting for slot in offered(harrow, board, 3)] == [None, made, None]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2019, 6, 17), "Choose a day of its period, 3 June 2019 to 16 June 2019: 17 June 2019 is not."),
        (date(2019, 6, 8), "8 June 2019 is a Saturday. Choose a working day."),
    ],
)
def test_another_day_is_a_working_day_of_the_same_period(harrow, board, fortnightly, day, sentence):
    with refused(sentence, "day_2019-06-03"):
        plan(harrow, board, days={NEXT: day})
    (made,) = plan(harrow, board, days={NEXT: date(2019, 6, 7)})
    assert (made.held_on, made.period) == (date(2019, 6, 7), NEXT)


def test_never_on_a_bank_holiday(harrow, board, fortnightly):
    with (
        clock.at(date(2019, 8, 1)),
        refused("26 August 2019 is a bank holiday: Late Summer", "day_2019-08-26"),
    ):
        plan(harrow, board, date(2019, 8, 26))


def test_nothing_is_planned_where_nothing_is_chosen_or_one_is_wrong(harrow, board, fortnightly):
    with refused("Choose at least one date."):
        plan(harrow, board)
    with refused(
        "No period of the rhythm of Provider Management Board begins on 4 June 2019", "day_2019-06-04"
    ):
        plan(harrow, board, DAY, date(2019, 6, 4))
    with refused("The meeting has to end after it starts.", "ends_at"):
        plan(harrow, board, NEXT, starts_at=time(14), ends_at=time(13))
    assert not Meeting.objects.exists()


def test_a_day_that_is_past_is_not_planned(harrow, board, fortnightly):
    with clock.at(date(2019, 5, 22)), refused("No period of the rhythm", "day_2019-05-20"):
        plan(harrow, board, DAY)
    with clock.at(date(2019, 6, 4)):
        assert offered(harrow, board, 1)[0].proposed.day == THIRD


def test_where_the_day_is_not_held_nothing_is_proposed(harrow, board):
    Rhythm.objects.create(body=board, every=4, unit="month", stated="Meets 3 x pa")
    assert offered(harrow, board) == []
    with refused("No period of the rhythm", "day_2019-06-03"):
        plan(harrow, board, NEXT)


def test_a_new_rhythm_takes_over_on_its_day(harrow, board, fortnightly):
    Rhythm.objects.filter(pk=fortnightly.pk).update(ends_on=date(2019, 6, 10))
    monthly = {**BY_RHYTHM, "first_on": None, "starts_on": date(2019, 6, 10)}
    Rhythm.objects.create(body=board, every=1, unit="month", weekday=1, week=3, **monthly)
    found = [slot.proposed.day for slot in offered(harrow, board, 4)]
    assert found == [DAY, NEXT, date(2019, 6, 18), date(2019, 7, 16)]


def test_only_who_plans_meetings_of_that_commissioner_plans_them(harrow, board, fortnightly):
    for account in ("member", "chair", "officer", "auditor"):
        with not_allowed():
            plan(harrow, board, NEXT, by=account)
    stranger = make.UserFactory.create(email="secretary@havering.example")
    make.RoleFactory.create(user=stranger, organisation=harrow.havering, role="secretary")
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        plan_from_rhythm(board, by=stranger, commissioner=harrow.ccg, wanted={NEXT: NEXT})


def test_whose_turn_it_is_follows_from_the_order_and_the_meetings(harrow, board, fortnightly, partners):
    first, second = plan(harrow, board, DAY, NEXT)
    found = turns_of(board, harrow.ccg, [THIRD])
    assert found == {first.pk: partners[0], second.pk: partners[1], -1: partners[2]}
    cancel_meeting(first, by=harrow.user("secretary"), seen=1, reason="Nobody can come.")
    assert turns_of(board, harrow.ccg) == {second.pk: partners[0]}
