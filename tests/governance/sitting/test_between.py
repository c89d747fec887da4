"""An action between meetings heads the next agenda, and is ratified once a resolution of its item agrees."""

from datetime import date

import pytest

from governance.between import with_state
from governance.findings.meetings import unratified
from governance.models import AgendaItem, BetweenMeetings, Minute
from governance.workflow.between import record_between
from governance.workflow.meetings import take_off
from tests import factories as make
from tests.claims import not_allowed, refused
from tests.governance.sitting.recording import JULY, JUNE, add, attend, over, resolve, row
from tests.harrow import Harrow

DAY = make.COMMITTEE_DAY


def act(harrow, by="chair", **other):
    facts = {
        "commissioner": harrow.ccg,
        "kind": "chair",
        "text": "The letter of support was signed.",
        "why": "It was due on the day before the committee met.",
        "consulted": "The Accountable Officer",
        "taken_on": DAY,
        "name": "Dr Genevieve Small",
    } | other
    return record_between(harrow.committee, by=harrow.user(by), **facts)


def state(made):
    return with_state(BetweenMeetings.objects.filter(pk=made.pk)).get().state


def item_of(made):
    return AgendaItem.objects.filter(action_between=made).first()


def doubted():
    return [doubt.subject.pk for doubt in unratified(DAY)]


def test_from_chairs_action_to_ratification(harrow: Harrow):
    june = harrow.meeting(harrow.committee, JUNE)
    add(harrow, june, "Minutes")
    made = act(harrow)
    first = june.items.order_by("position")[0]
    assert (made.item, first.kind, first.title) == (first, "ratify", f"To ratify: {made}")
    assert str(made) == "Chair’s action of 20 May 2019"
    assert made.text in first.asked
    assert (state(made), doubted()) == ("To be ratified", [made.pk])
    refusal = resolve(first, "not_agreed")
    assert (state(made), doubted()) == ("Not ratified", [made.pk])
    resolve(first, supersedes=refusal, reason="Misheard.")
    assert (state(made), doubted()) == ("Ratified", [])


def test_where_no_meeting_is_planned_it_waits_for_the_next(harrow: Harrow):
    made = act(harrow, by="secretary")
    assert not item_of(made)
    june = harrow.meeting(harrow.committee, JUNE)
    assert item_of(made) == june.items.get()
    assert harrow.meeting(harrow.committee, JULY).items.count() == 0


def test_a_meeting_of_today_that_has_sat_takes_no_more(harrow: Harrow):
    today, june = (harrow.meeting(harrow.committee, day) for day in (DAY, JUNE))
    attend(harrow, today, row("Dr Amol Kelshiker", "apologies"))
    assert act(harrow).item.meeting == today
    attend(harrow, today, row("Dr Amol Kelshiker"))
    assert act(harrow).item.meeting == june


def test_nor_does_one_that_has_resolved_or_is_minuted(harrow: Harrow):
    today, june = (harrow.meeting(harrow.committee, day) for day in (DAY, JUNE))
    item = add(harrow, today)
    minute = Minute.objects.create(item=item, text="Noted.")
    assert act(harrow).item.meeting == june
    minute.delete()
    resolve(item)
    assert act(harrow).item.meeting == june


def test_another_bodys_agenda_does_not_take_it(harrow: Harrow):
    panel = harrow.meeting(harrow.panel, make.PANEL_DAY)
    act(harrow)
    assert panel.items.count() == 0


def test_what_stands_over_or_is_taken_off_heads_the_next_agenda_again(harrow: Harrow):
    june, july = (harrow.meeting(harrow.committee, day) for day in (JUNE, JULY))
    made = act(harrow)
    over(harrow, made.item)
    made.refresh_from_db()
    assert made.item.meeting == july
    take_off(made.item, by=harrow.user("secretary"), reason="The chair is away.")
    september = harrow.meeting(harrow.committee, date(2019, 9, 16))
    made.refresh_from_db()
    assert made.item.meeting == september
    assert [item.kind for item in AgendaItem.objects.filter(is_taken_off=False, meeting=july)] == []
    assert june.items.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence", "field"),
    [
        ({"text": " "}, "Say what was done.", "text"),
        ({"why": ""}, "Say why it could not wait for a meeting.", "why"),
        ({"kind": "vote"}, "Choose whose action it was.", "kind"),
        ({"name": ""}, "Say who took it.", "name"),
        ({"taken_on": date(2019, 5, 21)}, "It was taken today or earlier.", "taken_on"),
    ],
)
def test_it_says_what_why_who_and_when(harrow: Harrow, wrong, sentence, field):
    with refused(sentence, field):
        act(harrow, **wrong)


def test_the_chair_and_who_keeps_the_meetings_record_it(harrow: Harrow):
    for role in ("chair", "secretary", "manager"):
        assert act(harrow, by=role).recorded_by == harrow.user(role)
    for role in ("officer", "member", "auditor", "finance"):
        with not_allowed():
            act(harrow, by=role)
    with not_allowed("This belongs to another commissioner: NHS Havering CCG."):
        act(harrow, commissioner=harrow.havering)
