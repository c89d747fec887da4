"""What a deferral or a declined endorsement leaves on the pages, and what the next step really waits for."""

from datetime import date

import pytest

from pcnportal import clock
from registry.workflow import move
from registry.workflow.forms import edit_form
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.reading import main, words
from tests.registry.pages.registration import seen_by, steps_shown
from tests.registry.ready import LATER, ready


@pytest.fixture
def deferred(harrow):
    return ready(harrow, "defer").go(harrow)


@pytest.fixture
def declined(harrow):
    return ready(harrow, "decline_endorsement").go(harrow)


def the_list(harrow):
    return words(signed_in(harrow.user("member")).get("/registrations/"))


def test_a_deferral_stands_on_top_with_its_later_meeting(harrow, deferred):
    said = words(seen_by(harrow, "member", deferred))
    assert "Before committee Deferred" in said
    assert (
        "Deferred by the Primary Care Commissioning Committee on 20 May 2019 to the meeting of 17 June 2019"
        in said
    )
    assert "Before committee Deferred" in the_list(harrow)


def test_a_decided_registration_is_deferred_no_longer(harrow, deferred):
    with clock.at(LATER):
        facts = {"reasons": steps.REASONS} | harrow.quorum
        move(deferred, "approve", by=harrow.user("secretary"), seen=deferred.version, **facts)
        assert "Approved Deferred" not in the_list(harrow)
        assert "Deferred by" not in words(seen_by(harrow, "member", deferred))


def test_a_declined_endorsement_is_said_before_the_approval(harrow, declined):
    said = words(seen_by(harrow, "member", declined))
    assert "Under review Endorsement declined Approved" in said
    assert "Endorsement declined by the North West London Health and Care Partnership panel on 24 May" in said
    assert "Under review Endorsement declined Approved" in the_list(harrow)


def test_an_approval_that_was_not_declined_says_nothing_of_it(harrow):
    case = ready(harrow, "review_again").go(harrow)
    assert "Endorsement declined" not in words(seen_by(harrow, "member", case))
    assert "Under review Approved" in the_list(harrow)


def test_the_secretary_reads_when_the_later_meeting_is(harrow, deferred):
    said = words(seen_by(harrow, "secretary", deferred))
    assert "not yours" not in said
    assert (
        "The next step is not possible yet. Record what was decided: "
        "Primary Care Commissioning Committee meets on 17 June 2019." in said
    )


def test_the_manager_reads_when_networks_start(harrow):
    said = words(seen_by(harrow, "manager", steps.confirmed(harrow)))
    assert (
        "The next step is not possible yet. Record go-live: "
        "Networks of this round start on 1 July 2019." in said
    )


def test_the_one_who_recommended_reads_that_it_is_somebody_elses(harrow):
    case = steps.before_committee(harrow)
    case.recommendations.update(made_by=harrow.user("secretary"))
    said = words(seen_by(harrow, "secretary", case))
    assert "Record what was decided: You recommended this registration, so someone else records" in said


def test_a_step_to_come_shows_no_day_of_an_earlier_decision(harrow):
    case = steps.information_requested(harrow)
    response = seen_by(harrow, "member", case)
    assert ("next", "Committee") in steps_shown(response)
    track = main(response).partition("portal-steps")[2].partition("</ol>")[0]
    assert "20 May 2019" not in track


def test_a_new_version_after_a_refusal_shows_no_day_for_the_committee_to_come(harrow):
    case = ready(harrow, "not_approve").go(harrow)
    with clock.at(date(2019, 5, 21)):
        response = seen_by(harrow, "member", case)
        assert ("done", "Committee") in steps_shown(response)
        assert "20 May 2019" in main(response).partition("portal-steps")[2].partition("</ol>")[0]
        edit_form(case, by=harrow.user("officer"), seen=case.version, **steps.form(harrow))
        move(case, "submit", by=harrow.user("officer"), seen=case.version)
        track = main(seen_by(harrow, "member", case)).partition("portal-steps")[2].partition("</ol>")[0]
    assert "20 May 2019" not in track
