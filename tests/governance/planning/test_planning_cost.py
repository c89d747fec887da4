"""The pages of planning ask as often for many meetings as for few; two who plan at once plan one meeting."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from governance.models import Meeting
from governance.workflow.planning import plan_from_rhythm
from governance.workflow.timing import move_meeting
from pcnportal import clock
from pcnportal.refusals import Refused, Stale
from tests import factories as make

DAY = date(2019, 6, 3)


def planned(harrow, board, start, count):
    """Meetings a fortnight apart, each moved once."""
    for number in range(start, start + count):
        meeting = make.MeetingFactory.create(
            body=board, commissioner=harrow.ccg, held_on=DAY + timedelta(weeks=2 * number), starts_at=time(14)
        )
        move_meeting(
            meeting,
            by=harrow.user("secretary"),
            seen=1,
            to_day=meeting.day,
            to_time=time(15),
            reason="The room.",
        )


def asked(client, path):
    client.get(path)  # finds the kinds of rows, which are kept
    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)


def test_as_often_for_many_as_for_few(harrow, secretary, board, fortnightly, partners):
    planned(harrow, board, 0, 2)
    first = Meeting.objects.order_by("held_on")[0]
    pages = [
        "/governance/meetings/",
        f"/governance/meetings/{first.pk}/",
        f"/governance/bodies/{board.slug}/next/",
        f"/governance/bodies/{board.slug}/calendar.ics",
        "/governance/calendar/",
    ]
    few = [asked(secretary, page) for page in pages]
    planned(harrow, board, 2, 30)
    assert [asked(secretary, page) for page in pages] == few
    assert few[0] <= 8


def at_once(*calls):
    """What came of each of some calls in threads of their own: done, or the kind of refusal."""

    def call(do):
        try:
            with clock.at(make.COMMITTEE_DAY):
                do()
            return "done"
        except Refused as refusal:
            return type(refusal).__name__
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(call, calls))


@pytest.mark.django_db(transaction=True)
def test_two_who_plan_the_same_period_at_once_plan_one_meeting(harrow, board, fortnightly):
    def plan():
        plan_from_rhythm(board, by=harrow.user("secretary"), commissioner=harrow.ccg, wanted={DAY: DAY})

    assert at_once(plan, plan) == ["Refused", "done"]
    assert Meeting.objects.filter(body=board).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_it_at_once_one_hears_of_the_other(harrow, board):
    meeting = make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=DAY)

    def move_to(day):
        held = Meeting.objects.get(pk=meeting.pk)
        held.version = 1
        return lambda: move_meeting(
            held, by=harrow.user("secretary"), seen=1, to_day=day, reason="The chair is away."
        )

    found = at_once(move_to(date(2019, 6, 4)), move_to(date(2019, 6, 5)))
    assert found == [Stale.__name__, "done"]
    assert meeting.moves.count() == 1
