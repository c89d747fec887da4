"""When an action is due: the day follows from the date, the month or the meeting, wherever that is moved."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pypdf import PdfReader

from governance.actions import due_words, open_actions, with_state
from governance.forms.due import MonthField
from governance.models import Action
from governance.pack import pack_of
from governance.workflow.actions import finish_action
from governance.workflow.meetings import plan_meeting
from governance.workflow.timing import cancel_meeting, move_meeting
from pcnportal import clock
from tests.governance.actions.rows import action_of

JULY = date(2019, 7, 1)


def due(action: Action) -> date | None:
    return with_state(Action.objects.all(), clock.today()).get(pk=action.pk).due_day


def state(action: Action, day: date) -> str:
    return str(with_state(Action.objects.all(), day).get(pk=action.pk).state)


def plan(harrow, day, body=None):
    return plan_meeting(
        body or harrow.committee, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=day
    )


def test_a_month_is_due_on_its_last_day(item, secretary):
    action = action_of(item, secretary, due_month=date(2020, 2, 3))
    assert (due(action), due_words(action)) == (date(2020, 2, 29), "February 2020")


def test_a_meeting_on_its_day_and_where_it_is_moved(harrow, item, secretary):
    meeting = plan(harrow, date(2019, 6, 17))
    action = action_of(item, secretary, due_meeting=meeting)
    assert due(action) == date(2019, 6, 17)
    move_meeting(meeting, by=secretary, seen=meeting.version, to_day=date(2019, 6, 24), reason="Illness.")
    assert due(action) == date(2019, 6, 24)


def test_of_a_cancelled_meeting_at_the_next_one(harrow, item, secretary):
    meeting = plan(harrow, date(2019, 6, 17))
    action = action_of(item, secretary, due_meeting=meeting)
    cancel_meeting(meeting, by=secretary, seen=meeting.version, reason="Not quorate.")
    assert due(action) is None
    plan(harrow, date(2019, 7, 15))
    assert due(action) == date(2019, 7, 15)


def test_the_meeting_of_a_body_in_a_month_once_it_is_planned(harrow, item, secretary):
    harrow.panel.serves.add(harrow.ccg)
    action = action_of(item, secretary, due_month=JULY, due_body=harrow.panel)
    assert due(action) == date(2019, 7, 31)
    assert due_words(action) == f"{harrow.panel}, July 2019"
    plan(harrow, date(2019, 7, 8))
    assert due(action) == date(2019, 7, 31)  # another body's
    meeting = plan(harrow, date(2019, 7, 10), harrow.panel)
    assert due(action) == date(2019, 7, 10)
    move_meeting(meeting, by=secretary, seen=meeting.version, to_day=date(2019, 8, 7), reason="Holidays.")
    assert due(action) == date(2019, 8, 7)


def test_it_is_overdue_the_day_after_and_never_once_it_is_closed(item, secretary, action):
    assert state(action, date(2019, 7, 2)) == "Open"
    assert state(action, date(2019, 7, 3)) == "Overdue"
    finish_action(action, by=secretary, seen=1, text="Done.")
    assert state(action, date(2019, 7, 3)) == "Done"
    assert state(action_of(item, secretary), date(2030, 1, 1)) == "Open"  # no date is held


@pytest.mark.parametrize(("day", "found"), [(date(2019, 5, 20), 0), (date(2019, 6, 17), 1)])
def test_open_actions_come_back_on_the_meetings_after_theirs(harrow, action, day, found):
    assert len(open_actions(harrow.committee, harrow.ccg, day)) == found


def test_on_a_later_agenda_they_stand_as_they_do_today(harrow, action):
    def states():
        rows: list[Any] = open_actions(harrow.committee, harrow.ccg, date(2019, 7, 15))
        return [one.state for one in rows]

    assert states() == ["Open"]
    with clock.at(date(2019, 7, 3)):
        assert states() == ["Overdue"]


def test_a_next_agenda_has_them_by_itself(harrow, action):
    assert [item.title for item in plan(harrow, date(2019, 6, 17)).items.filter(kind="actions")] == [
        "Open actions"
    ]


def test_what_was_closed_later_was_open_then(harrow, action, secretary):
    with clock.at(date(2019, 6, 20)):
        finish_action(action, by=secretary, seen=1, text="Done.")
    assert open_actions(harrow.committee, harrow.ccg, date(2019, 6, 17)) == [action]
    assert open_actions(harrow.committee, harrow.ccg, date(2019, 7, 17)) == []
    assert open_actions(harrow.committee, harrow.ccg, None) == []


def test_another_commissioners_are_not_among_them(harrow, action):
    assert open_actions(harrow.committee, harrow.havering, None) == []


def test_the_pack_lists_them(harrow, action):
    meeting = plan(harrow, date(2019, 6, 17))
    said = "".join(page.extract_text() for page in PdfReader(BytesIO(pack_of(meeting, reader=None))).pages)
    assert action.text in said
    assert "due 2 July 2019" in said


@pytest.mark.parametrize("year", [1, 1899, 2101, 9999])
def test_no_action_is_due_in_a_year_that_nobody_meant(year):
    with pytest.raises(ValidationError, match="The year must be from 1900 to 2100"):
        MonthField().clean(f"{year:04}-07")
