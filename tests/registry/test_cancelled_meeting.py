"""A registration on the agenda of a meeting that is cancelled goes to the next one, and is decided there."""

from datetime import date

from governance.models import Meeting
from governance.workflow.meetings import plan_meeting
from governance.workflow.timing import cancel_meeting
from registry.workflow.outcomes import item_for
from tests import factories as make
from tests.reading import signed_in
from tests.registry.pages.reading import words
from tests.steps import before_committee

NEXT = date(2019, 6, 17)


def meeting_of(harrow, case) -> Meeting | None:
    """On whose agenda the case waits for the committee."""
    item = item_for(case, harrow.committee)
    return item.meeting if item else None


def cancelled(harrow, case) -> Meeting:
    """The meeting of the day, which has the case on its agenda, cancelled."""
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    assert meeting_of(harrow, case) == meeting
    cancel_meeting(meeting, by=harrow.user("secretary"), seen=meeting.version, reason="Not quorate.")
    return meeting


def plan_next(harrow) -> Meeting:
    return plan_meeting(harrow.committee, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=NEXT)


def test_it_waits_for_the_next_meeting_and_comes_on_its_agenda(harrow):
    case = before_committee(harrow)
    cancelled(harrow, case)
    assert meeting_of(harrow, case) is None
    later = plan_next(harrow)
    assert meeting_of(harrow, case) == later


def test_where_the_next_meeting_is_planned_it_is_there_at_once(harrow):
    case = before_committee(harrow)
    later = plan_next(harrow)
    cancelled(harrow, case)
    assert meeting_of(harrow, case) == later
    said = words(signed_in(harrow.user("officer")).get(f"/registrations/{case.pk}/"))
    assert "before the Primary Care Commissioning Committee on 17 June 2019" in said


def test_nothing_is_decided_at_a_cancelled_meeting(harrow):
    case = before_committee(harrow)
    meeting = cancelled(harrow, case)
    said = words(signed_in(harrow.user("secretary")).get(f"/governance/meetings/{meeting.pk}/"))
    assert "Decision It stands over to a later meeting." in said
    assert "Stands over to the next meeting that is planned." in said
    assert signed_in(harrow.user("officer")).get(f"/registrations/{case.pk}/").status_code == 200
