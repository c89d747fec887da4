"""A condition that a body discharges, or waives: only by a decision at one of its meetings."""

from datetime import date

import pytest

from pcnportal import clock
from registry.models import Case
from tests import factories as make
from tests import steps
from tests.claims import one_event, refused
from tests.harrow import Harrow
from tests.registry.asking import JUNE, condition, hand_in, item, let_go, say, status


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
    wrong = [
        item(harrow, asked, harrow.committee),
        item(harrow, asked, harrow.panel, commissioner=harrow.havering),
    ]
    for other in wrong:
        with refused(f"Choose an agenda item of a meeting of {panel}.", "item"):
            say(harrow, asked, by="secretary", item=other, **harrow.quorum)
    coming = item(harrow, asked, harrow.panel, make.PANEL_DAY)
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


def test_not_satisfied_is_its_decision_too_and_leaves_the_condition_open(harrow: Harrow, asked_by_the_panel):
    hand_in(harrow, asked_by_the_panel)
    with refused(f"Choose the agenda item at which {harrow.panel} decided.", "item"):
        say(harrow, asked_by_the_panel, "not_satisfied", by="secretary", **harrow.quorum)
    held = item(harrow, asked_by_the_panel, harrow.panel)
    with refused("Not held: the quorum rule and the attendance.", "quorum_note"):
        say(harrow, asked_by_the_panel, "not_satisfied", by="secretary", item=held)
    judged = say(harrow, asked_by_the_panel, "not_satisfied", by="secretary", item=held, **harrow.quorum)
    assert status(asked_by_the_panel) == "Open"
    assert (judged.decision.outcome, judged.decision.item) == ("condition_not_satisfied", held)
    hand_in(harrow, asked_by_the_panel, text="Better evidence")
    with refused("That item is decided already.", "item"):
        say(harrow, asked_by_the_panel, by="secretary", item=held, **harrow.quorum)


def test_only_at_an_item_about_it_or_its_registration(harrow: Harrow, asked_by_the_panel):
    asked = asked_by_the_panel
    hand_in(harrow, asked)
    other = steps.received(harrow, "Harrow East PCN")
    for facts in ({"subject": None}, {"subject": other}):
        about_other = item(harrow, asked, harrow.panel, **facts)
        with refused("Choose an agenda item about the condition or its registration.", "item"):
            say(harrow, asked, by="secretary", item=about_other, **harrow.quorum)
        about_other.meeting.items.all().delete()
        about_other.meeting.delete()
    gone = item(harrow, asked, harrow.panel, is_taken_off=True, taken_off_because="Not ready.")
    with refused("That item was taken off the agenda.", "item"):
        say(harrow, asked, by="secretary", item=gone, **harrow.quorum)
    say(
        harrow,
        asked,
        by="secretary",
        item=make.AgendaItemFactory.create(meeting=gone.meeting, subject=asked.case),
        **harrow.quorum,
    )
    assert status(asked) == "Met"


def test_evidence_is_judged_at_no_meeting_before_it_was_submitted(harrow: Harrow, asked_by_the_panel):
    early = item(harrow, asked_by_the_panel, harrow.panel, make.PANEL_DAY)
    with clock.at(date(2019, 5, 25)):
        hand_in(harrow, asked_by_the_panel)
        with refused("The evidence was submitted on 25 May 2019, after that meeting.", "item"):
            say(harrow, asked_by_the_panel, by="secretary", item=early, **harrow.quorum)


def test_evidence_whose_day_is_not_held_is_judged_at_any_later_meeting(harrow: Harrow, asked_by_the_panel):
    early = item(harrow, asked_by_the_panel, harrow.panel, make.PANEL_DAY)
    with clock.at(date(2019, 5, 25), dated=False):
        hand_in(harrow, asked_by_the_panel)
        say(harrow, asked_by_the_panel, by="secretary", item=early, **harrow.quorum)
    assert status(asked_by_the_panel) == "Met"


def test_waived_only_by_a_decision_of_the_body_that_set_it(harrow: Harrow, asked):
    with refused(f"Choose the agenda item at which {harrow.committee} decided.", "item"):
        let_go(harrow, asked)
    of_panel = item(harrow, asked, harrow.panel)
    with refused(f"Choose an agenda item of a meeting of {harrow.committee}.", "item"):
        let_go(harrow, asked, item=of_panel)
    held = item(harrow, asked, harrow.committee, JUNE)
    with clock.at(JUNE):
        with refused("Give the body's reason.", "reason"):
            let_go(harrow, asked, item=held, reason=" ")
        with one_event(asked.case, "waived", harrow.user("secretary")):
            made = let_go(harrow, asked, item=held)
    asked.refresh_from_db()
    assert (asked.status, asked.closing_decision) == ("Waived", made)
    assert (made.outcome, made.reasons) == ("condition_waived", ["No longer needed."])


def test_the_body_that_set_it_waives_it_at_a_later_meeting(harrow: Harrow, asked):
    with refused("The condition was set at that item: choose a later one.", "item"):
        let_go(harrow, asked, item=asked.decision.item)
    for day in (make.COMMITTEE_DAY, make.FORMS_DUE):
        early = item(harrow, asked, harrow.committee, day)
        with refused("Choose a meeting after 20 May 2019, when the condition was set.", "item"):
            let_go(harrow, asked, item=early)


def test_waiving_leaves_the_decision_about_the_registration_in_force(harrow: Harrow, asked):
    before = steps.decision_of(asked.case)
    with clock.at(JUNE):
        let_go(harrow, asked, item=item(harrow, asked, harrow.committee, JUNE))
    assert steps.decision_of(asked.case) == before
    assert Case.objects.get().status == "approved"
