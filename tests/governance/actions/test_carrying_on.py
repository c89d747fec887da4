"""Open actions come on the next agenda by themselves, though the meeting was planned long before."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Action, StandingItem
from governance.workflow.actions import drop_action, finish_action, record_action, reopen_action
from governance.workflow.agenda import publish_agenda, take_off
from governance.workflow.meetings import add_item
from governance.workflow.minutes import publish_minutes
from pcnportal import clock
from pcnportal.history.record import events_of
from tests import factories as make
from tests.governance.actions.rows import action_of
from tests.governance.agenda.making import now, order, seen

JUNE, JULY = date(2019, 6, 17), date(2019, 7, 15)


@pytest.fixture
def june(harrow):
    return harrow.meeting(harrow.committee, JUNE)


@pytest.fixture
def july(harrow, june):
    return harrow.meeting(harrow.committee, JULY)


def publish(meeting, by):
    publish_agenda(now(meeting), by=by, seen=seen(meeting))


def close_minutes(meeting, by):
    meeting.items.filter(purpose="decide").update(purpose="note")
    publish_minutes(now(meeting), by=by, seen=seen(meeting), attendance_not_held=True)


def test_on_the_next_agenda_that_is_planned_once_and_before_what_is_last(harrow, item, secretary, june, july):
    close = StandingItem.objects.create(
        body=harrow.committee, position=1, title="Any other business", purpose="note", is_last=True
    )
    add_item(june, by=secretary, title=close.title, standing=close, kind="standing")
    action_of(item, secretary)
    action_of(item, secretary, text="Another.")
    assert order(june) == ["1. Open actions", "2. Any other business"]
    assert order(item.meeting) == ["1. Allocation of resources"]
    assert order(july) == []
    event = events_of(june)[0]
    assert (event.verb, event.by, event.reason) == (
        "set up the agenda",
        secretary,
        "An action of an earlier meeting is open.",
    )


def test_one_that_came_of_no_meeting_comes_on_that_of_today(harrow, item, secretary, june):
    facts = {"body": harrow.committee, "commissioner": harrow.ccg, "owners": ["All"], "text": "Ask."}
    record_action(by=secretary, **facts)
    assert order(item.meeting) == ["1. Allocation of resources", "2. Open actions"]
    assert order(june) == []


def test_no_other_body_or_commissioner_gets_them(harrow, item, secretary):
    panel = harrow.meeting(harrow.panel, JUNE)
    action_of(item, secretary)
    assert order(panel) == []


def test_one_that_is_opened_again(harrow, item, secretary, june):
    action = action_of(item, secretary)
    june.items.all().delete()
    finish_action(action, by=secretary, seen=1, text="Done.")
    assert order(june) == []
    reopen_action(action, by=secretary, seen=2, reason="By mistake.")
    assert order(june) == ["1. Open actions"]


def test_after_publication_it_comes_late_and_renumbers_nothing(harrow, item, secretary, june):
    for title in ("Welcome", "Estates"):
        add_item(june, by=secretary, title=title)
    publish(june, secretary)
    before = now(june).numbering
    action_of(item, secretary)
    assert order(june) == ["1. Welcome", "2. Estates", "3. Open actions"]
    after = now(june).numbering
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1


def test_what_the_secretary_took_off_stays_off(harrow, item, secretary, june):
    action_of(item, secretary)
    one = june.items.get()
    take_off(one, by=secretary, seen=seen(june), reason="They are taken in July.")
    action_of(item, secretary, text="Another.")
    assert order(june) == []


def test_once_the_minutes_are_published_those_still_open_go_on(harrow, item, secretary, june, july):
    action_of(item, secretary)
    with clock.at(JUNE):
        close_minutes(june, secretary)
    assert order(july) == ["1. Open actions"]


def test_nothing_goes_on_where_nothing_is_open(harrow, item, secretary, june, july):
    action = action_of(item, secretary)
    drop_action(action, by=secretary, seen=1, reason="Not needed.")
    with clock.at(JUNE):
        close_minutes(june, secretary)
    assert order(july) == []


def test_at_the_latest_when_the_agenda_is_published(harrow, item, secretary, june):
    Action.objects.create(body=harrow.committee, commissioner=harrow.ccg, text="Ask again.")
    add_item(june, by=secretary, title="Welcome")
    publish(june, secretary)
    assert order(june) == ["1. Welcome", "2. Open actions"]
    assert [item.number for item in june.items.all()] == ["1", "2"]


def test_it_costs_as_much_for_many_actions(harrow, item, secretary, june):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            action_of(item, secretary)
        return len(queries)

    asked()
    few = asked()
    for _ in range(5):
        asked()
    assert asked() == few
    assert june.items.count() == 1


def test_the_meetings_of_before_are_left_alone(harrow, item, secretary):
    with clock.at(make.COMMITTEE_DAY):
        held = harrow.meeting(harrow.committee, date(2019, 4, 15))
        action_of(item, secretary)
    assert order(held) == []
