"""An open condition comes before a body that may judge or waive it, on the agenda of a coming meeting."""

import pytest

from governance.models import AgendaItem
from governance.workflow.meetings import take_off
from pcnportal import clock
from registry.workflow.condition_agenda import put_on_agenda
from registry.workflow.outcomes import item_for
from tests import factories as make
from tests import steps
from tests.claims import not_allowed, one_event, refused, stale
from tests.harrow import Harrow
from tests.registry.asking import JUNE, act, condition, hand_in, let_go, say, status


@pytest.fixture
def asked(harrow: Harrow):
    """Set by the committee on 20 May 2019, discharged by the panel; the registration is live."""
    wanted = steps.wanted(harrow, discharge_role="", discharge_body=harrow.panel, timing="after")
    asked = steps.live(harrow, conditions=[wanted]).conditions.get()
    with clock.at(make.GO_LIVE):
        yield asked


def meeting(harrow, body, day=make.GO_LIVE, **other):
    return make.MeetingFactory.create(**({"body": body, "commissioner": harrow.ccg, "held_on": day} | other))


def schedule(harrow, asked, body, day=make.GO_LIVE, by="secretary", **facts):
    return put(harrow, asked, meeting(harrow, body, day), by, **facts)


def put(harrow, asked, meeting, by="secretary", **facts):
    return act(harrow, put_on_agenda, asked, by, meeting=meeting, **facts)


def test_a_live_registrations_condition_goes_on_an_agenda_and_is_met_there(harrow: Harrow, asked):
    with one_event(asked.case, "put on agenda", harrow.user("secretary")):
        made = schedule(harrow, asked, harrow.panel)
    assert (made.title, made.subject, made.purpose) == ("GP Direct PCN: condition 1", asked, "decide")
    hand_in(harrow, asked)
    say(harrow, asked, by="secretary", item=made, **harrow.quorum)
    assert status(asked) == "Met"


def test_the_body_that_set_it_waives_it_there(harrow: Harrow, asked):
    made = schedule(harrow, asked, harrow.committee)
    let_go(harrow, asked, item=made)
    assert status(asked) == "Waived"


def test_it_waits_once_on_an_agenda_of_each_body(harrow: Harrow, asked):
    first = schedule(harrow, asked, harrow.panel)
    schedule(harrow, asked, harrow.committee)
    later = meeting(harrow, harrow.panel, make.GO_LIVE.replace(day=8))
    with refused(f"It is on the agenda of {first.meeting} already.", "meeting"):
        put(harrow, asked, later)
    take_off(first, by=harrow.user("secretary"), reason="Not ready.")
    assert put(harrow, asked, later).meeting == later


def test_it_comes_again_where_the_evidence_did_not_satisfy(harrow: Harrow, asked):
    made = schedule(harrow, asked, harrow.panel)
    hand_in(harrow, asked)
    say(harrow, asked, "not_satisfied", by="secretary", item=made, **harrow.quorum)
    assert schedule(harrow, asked, harrow.panel, make.GO_LIVE.replace(day=8)).pk != made.pk


def test_only_a_coming_meeting_of_a_body_that_may_close_it(harrow: Harrow, asked):
    past = meeting(harrow, harrow.panel, JUNE)
    with refused("Choose a meeting that is today or later.", "meeting"):
        put(harrow, asked, past)
    others = (
        meeting(harrow, make.BodyFactory.create(name="Governing Body")),
        meeting(harrow, harrow.panel, commissioner=harrow.havering),
    )
    for other in others:
        with refused("Choose a meeting of ", "meeting"):
            put(harrow, asked, other)
    assert not AgendaItem.objects.filter(title__contains="condition").exists()


def test_not_at_the_meeting_that_set_it(harrow: Harrow):
    asked = condition(harrow)
    with clock.at(make.COMMITTEE_DAY), refused("Choose a meeting after 20 May 2019", "meeting"):
        put(harrow, asked, asked.decision.item.meeting)


def test_who_may_not_and_who_saw_an_older_version(harrow: Harrow, asked):
    coming = meeting(harrow, harrow.panel)
    for role in ("officer", "chair", "member", "auditor"):
        with not_allowed():
            put(harrow, asked, coming, by=role)
    asked.case.refresh_from_db()
    with stale():
        put(harrow, asked, coming, seen=asked.case.version - 1)


def test_a_closed_condition_goes_on_no_agenda(harrow: Harrow, asked):
    let_go(harrow, asked, item=schedule(harrow, asked, harrow.committee))
    coming = meeting(harrow, harrow.panel)
    with refused("The condition is closed already: Waived."):
        put(harrow, asked, coming)


def test_it_is_not_taken_for_an_item_of_the_registration(harrow: Harrow):
    asked = condition(harrow, discharge_role="", discharge_body=harrow.panel)
    with clock.at(make.COMMITTEE_DAY):
        schedule(harrow, asked, harrow.panel, make.PANEL_DAY)
    assert item_for(asked.case, harrow.panel) is None
