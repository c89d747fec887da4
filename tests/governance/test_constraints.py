"""What the database refuses of bodies and meetings."""

from datetime import date, time

import pytest

from governance.models import Withdrawal
from tests import factories as make
from tests.harrow import Harrow
from tests.nonsense import constraints_of, refuses

DAY = date(2019, 5, 20)
BACKWARDS = {"starts_on": DAY, "ends_on": DAY}


def rule(**facts):
    return lambda: make.QuorumRuleFactory.create(**facts)


def seat(**facts):
    body, person = make.BodyFactory.create(), make.PersonFactory.create()
    return lambda: body.seats.create(person=person, **facts)


def meeting(**facts):
    return lambda: make.MeetingFactory.create(**facts)


def attendance():
    held = make.MeetingFactory.create()
    return lambda: make.AttendanceFactory.create(meeting=held)


def item(**facts):
    held = make.MeetingFactory.create()
    return lambda: make.AgendaItemFactory.create(meeting=held, **facts)


def withdrawal():
    person, of = make.PersonFactory.create(), make.AgendaItemFactory.create()
    return lambda: Withdrawal.objects.create(item=of, person=person, reason="Director of the PCN.")


NONSENSE = {
    "quorum_rule_ends_after_it_starts": lambda: [rule(**BACKWARDS)],
    "quorum_needs_somebody": lambda: [rule(voting_members=0)],
    "seat_ends_after_it_starts": lambda: [seat(**BACKWARDS)],
    "one_meeting_at_a_time": lambda: [meeting(starts_at=time(14))] * 2,
    "one_meeting_a_day_without_a_time": lambda: [meeting()] * 2,
    "attendance_recorded_once": lambda: [attendance()] * 2,
    "agenda_position_taken_once": lambda: [item(position=1)] * 2,
    "a_reason_goes_with_taking_off": lambda: [item(taken_off_because="No paper.")],
    "withdrew_once": lambda: [withdrawal()] * 2,
}


def test_every_constraint_is_tried():
    assert NONSENSE.keys() == constraints_of("governance")


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused(harrow: Harrow, name):
    refuses("governance", name, NONSENSE[name]())


def test_what_is_open_at_an_end_is_in_order(harrow: Harrow):
    for facts in ({}, {"starts_on": DAY}, {"ends_on": DAY}, {"starts_on": DAY, "ends_on": date(2019, 5, 21)}):
        rule(**facts)()
        seat(**facts)()
