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


# Of the tables that came with the boards: to be tried here, too.
NOT_TRIED_YET = {
    "a_body_meets_on_a_working_day",
    "a_breach_closes_with_what_was_done",
    "a_breach_says_what_happened",
    "a_correction_has_a_reason",
    "a_deputy_deputises",
    "a_move_has_a_reason",
    "a_new_paper_says_why",
    "a_paper_says_something",
    "a_reason_goes_with_cancelling",
    "a_replacement_has_a_reason",
    "a_resolution_says_something",
    "a_rhythm_s_meeting_ends_after_it_starts",
    "a_seat_is_somebody_s",
    "a_week_is_one_of_a_month",
    "an_action_between_says_why",
    "an_action_says_what",
    "an_interest_is_corrected_with_a_reason",
    "an_interest_is_in_one_organisation",
    "an_interest_is_withdrawn_with_a_reason",
    "an_open_action_is_not_closed",
    "an_owner_is_one_of_three",
    "an_update_says_something",
    "due_at_a_body_in_a_month",
    "due_in_one_way",
    "enclosure_numbered_once",
    "interest_ends_after_it_starts",
    "link_drawn_once",
    "link_ends_after_it_starts",
    "meeting_ends_after_it_starts",
    "no_body_reports_to_itself",
    "no_interest_follows_itself",
    "nobody_deputises_for_themselves",
    "nothing_follows_itself",
    "one_calendar_address",
    "one_meeting_in_a_period",
    "one_minute_of_an_item",
    "one_rhythm_at_a_time",
    "one_turn_each",
    "one_vote_each",
    "proposed_once",
    "reminded_once_of_a_day",
    "rhythm_ends_after_it_starts",
    "rhythm_is_a_count",
    "set_aside_with_a_reason",
    "somebody_judges_a_conflict",
    "standing_item_ends_after_it_starts",
    "terms_numbered_once",
    "terms_say_something",
    "turn_ends_after_it_starts",
    "turn_taken_once",
    "what_is_handled_was_confirmed",
    "who_attends_has_no_vote",
    "who_chairs_is_there",
}


def test_every_constraint_is_tried_or_named():
    assert not NONSENSE.keys() & NOT_TRIED_YET
    assert NONSENSE.keys() | NOT_TRIED_YET == constraints_of("governance")


@pytest.mark.parametrize("name", NONSENSE)
def test_nonsense_is_refused(harrow: Harrow, name):
    refuses("governance", name, NONSENSE[name]())


def test_what_is_open_at_an_end_is_in_order(harrow: Harrow):
    for facts in ({}, {"starts_on": DAY}, {"ends_on": DAY}, {"starts_on": DAY, "ends_on": date(2019, 5, 21)}):
        rule(**facts)()
        seat(**facts)()
