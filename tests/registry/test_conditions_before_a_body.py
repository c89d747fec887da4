"""A condition that a body discharges, or waives: only by a decision at one of its meetings."""

from datetime import date

import pytest

from pcnportal import clock
from registry.models import Case
from tests import factories as make
from tests import steps
from tests.claims import one_event, refused
from tests.harrow import Harrow
from tests.registry.asking import condition, hand_in, item, let_go, say, status


@pytest.fixture
def asked(harrow: Harrow):
    """Discharged by the committee's chair, due on 30 June 2019."""
    return condition(harrow)


@pytest.fixture
def asked_by_the_panel(harrow: Harrow):
    return condition(harrow, discharge_role="", discharge_body=harrow.panel)


def test_a_body_discharges_at_an_item_of_one_of_its_meetings(harrow: Harrow, asked_by_the_panel):
    asked = asked_by_the_panel
    hand_in(harrow, asked)
    panel = str(harrow.panel)
    with refused(f"Only {panel} may discharge it; its secretary records that."):
        say(harrow, asked, by="chair")
    with refused(f"Choose the agenda item at which {panel} decided.", "item"):
        say(harrow, asked, by="secretary", **harrow.quorum)
    wrong = [item(harrow, harrow.committee), item(harrow, harrow.panel, commissioner=harrow.havering)]
    for other in wrong:
        with refused(f"Choose an agenda item of a meeting of {panel}.", "item"):
            say(harrow, asked, by="secretary", item=other, **harrow.quorum)
    coming = item(harrow, harrow.panel, make.PANEL_DAY)
    with refused("That meeting has not been held yet.", "item"):
        say(harrow, asked, by="secretary", item=coming, **harrow.quorum)
    with clock.at(date(2019, 5, 27)):
        with refused("Not held: the quorum rule and the attendance.", "quorum_note"):
            say(harrow, asked, by="secretary", item=coming)
        say(harrow, asked, by="secretary", item=coming, **harrow.quorum)
    asked.refresh_from_db()
    assert (asked.result, asked.closed_on) == ("met", make.PANEL_DAY)
    made = asked.closing_decision
    assert (made.outcome, made.body, made.item) == ("condition_discharged", harrow.panel, coming)


def test_not_satisfied_needs_no_meeting_of_the_body(harrow: Harrow, asked_by_the_panel):
    hand_in(harrow, asked_by_the_panel)
    say(harrow, asked_by_the_panel, "not_satisfied", by="secretary")
    assert status(asked_by_the_panel) == "Open"


def test_waived_only_by_a_decision_of_the_body_that_set_it(harrow: Harrow, asked):
    with refused(f"Choose the agenda item at which {harrow.committee} decided.", "item"):
        let_go(harrow, asked)
    of_panel = item(harrow, harrow.panel)
    with refused(f"Choose an agenda item of a meeting of {harrow.committee}.", "item"):
        let_go(harrow, asked, item=of_panel)
    held = item(harrow, harrow.committee)
    with refused("Give the body's reason.", "reason"):
        let_go(harrow, asked, item=held, reason=" ")
    with one_event(asked.case, "waived", harrow.user("secretary")):
        made = let_go(harrow, asked, item=held)
    asked.refresh_from_db()
    assert (asked.status, asked.closing_decision) == ("Waived", made)
    assert (made.outcome, made.reasons) == ("condition_waived", ["No longer needed."])


def test_waiving_leaves_the_decision_about_the_registration_in_force(harrow: Harrow, asked):
    before = steps.decision_of(asked.case)
    let_go(harrow, asked, item=item(harrow, harrow.committee))
    assert steps.decision_of(asked.case) == before
    assert Case.objects.get().status == "approved"
