"""A registration whose agenda item stands over goes with it to the next meeting, and is decided there."""

from datetime import date

import pytest

from governance.workflow.meetings import record_attendance
from governance.workflow.standing_over import stand_over
from pcnportal import clock
from registry.models import Status
from registry.workflow import missing, move
from registry.workflow.outcomes import item_for, waiting_for
from tests import factories as make
from tests import steps
from tests.claims import refused
from tests.harrow import Harrow

JUNE = date(2019, 6, 17)


@pytest.fixture
def case(harrow: Harrow):
    return steps.before_committee(harrow)


def there(harrow, case):
    """The item of the committee at which it is to be decided."""
    item = item_for(case, harrow.committee)
    assert item is not None
    return item


def go(harrow, case, verb, **facts):
    case.refresh_from_db()
    return move(case, verb, by=harrow.user("secretary"), seen=case.version, **facts)


def over(harrow, case):
    item = there(harrow, case)
    by = harrow.user("secretary")
    return stand_over(item, by=by, seen=item.meeting.version, because="Not quorate.")


def approve(harrow, case):
    facts = {"reasons": steps.REASONS, "quorum_note": "The minutes say so.", "quorum_source": harrow.report}
    return go(harrow, case, "approve", **facts)


def test_what_is_not_quorate_is_not_decided(harrow: Harrow, case):
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=2)
    meeting = there(harrow, case).meeting
    row = {"name": "Dr Genevieve Small", "office": "", "is_voting": True, "presence": "present"}
    record_attendance(meeting, by=harrow.user("secretary"), seen=meeting.version, present=[row])
    with refused(
        "Not quorate: 1 more voting. 1 voting present; the rule: at least 2 voting members. "
        "Who sits on the body is not held, so neither is who could restore it.",
        "quorum_note",
    ):
        approve(harrow, case)


def test_it_goes_with_its_item_to_the_next_meeting(harrow: Harrow, case):
    june = harrow.meeting(harrow.committee, JUNE)
    after = over(harrow, case)
    assert item_for(case, harrow.committee) == after
    assert missing(case, "approve") == f"{harrow.committee} meets on 17 June 2019."
    with clock.at(JUNE):
        approve(harrow, case)
    assert case.decisions.get().item.meeting == june


def test_until_a_meeting_is_planned_it_waits(harrow: Harrow, case):
    said = (
        f"It stands over, and comes on the agenda of the next meeting of {harrow.committee} that is planned."
    )
    assert over(harrow, case) is None
    assert item_for(case, harrow.committee) is None
    assert missing(case, "approve") == said
    june = harrow.meeting(harrow.committee, JUNE)
    assert there(harrow, case).meeting == june


@pytest.mark.parametrize("verb", ["take_off_agenda", "withdraw"])
def test_taken_off_while_it_waits_it_comes_on_no_agenda(harrow: Harrow, case, verb):
    over(harrow, case)
    assert waiting_for(case, harrow.committee)
    user = harrow.user("officer" if verb == "withdraw" else "secretary")
    case.refresh_from_db()
    move(case, verb, by=user, seen=case.version, reason="The form is wrong.")
    assert harrow.meeting(harrow.committee, JUNE).items.count() == 0
    assert case.status != Status.BEFORE_COMMITTEE
