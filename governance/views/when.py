"""What the page of a meeting says of its day, time, place and chair."""

from typing import Any

from governance.models import Body, Meeting
from governance.planning import turns_of
from governance.workflow.timing import still_to_come
from pcnportal import clock
from pcnportal.people.models import User
from pcnportal.refusals import Refused

PLAN = "governance.plan_meeting"


def when_of(meeting: Meeting, user: User) -> dict[str, Any]:
    """What the page of a meeting says of its day and chair, and what `user` may change. Four queries."""
    rotates = (
        meeting.body.chair_rule == Body.ChairRule.ROTATING and meeting.held_on and not meeting.is_cancelled
    )
    return {
        "stage": meeting.stage_on(clock.today()),
        "moves": list(meeting.moves.select_related("by")),
        "chair": turns_of(meeting.body, meeting.commissioner).get(meeting.pk) if rotates else None,
        "rotates": rotates,
        "may_plan": user.can(PLAN, meeting.commissioner_id),
        "is_open": _is_open(meeting),
    }


def _is_open(meeting: Meeting) -> bool:
    try:
        still_to_come(meeting)
    except Refused:
        return False
    return meeting.held_on is not None
