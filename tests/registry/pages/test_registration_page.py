"""One registration: who sees it, how it stands, and what can be done now."""

import pytest

from registry.models import Departure, Submission
from registry.workflow import move
from tests import steps
from tests.reading import buttons
from tests.registry.pages.reading import main, words
from tests.registry.pages.registration import page, seen_by, steps_shown


@pytest.mark.parametrize(
    ("who", "answer"), [("member", 200), ("admin", 404), ("officer@havering.example", 404)]
)
def test_only_the_commissioners_own_people_see_it(harrow, who, answer):
    assert seen_by(harrow, who, steps.drafted(harrow)).status_code == answer


def test_it_says_where_one_is(harrow, officer):
    said = words(page(officer, steps.drafted(harrow)))
    assert "Harrow CCG · Network Contract DES 2019/20 – GP Direct PCN" in said


NEXT = [
    ("drafted", "officer", "Record the form as received"),
    ("received", "officer", "Open the review"),
    ("under_review", "officer", "Answer the next open line: Contiguity"),
    ("recommended", "secretary", "Put on an agenda"),
    ("before_committee", "secretary", "Record what was decided"),
    ("information_requested", "officer", "Take up the review again"),
    ("approved", "secretary", "Put on the panel"),
    ("confirmed", "member", ""),
]


@pytest.mark.parametrize(("stage", "who", "text"), NEXT)
def test_the_next_step_is_the_one_button(harrow, stage, who, text):
    offered = buttons(seen_by(harrow, who, getattr(steps, stage)(harrow)))
    assert len(offered) == bool(text)
    assert "".join(offered).startswith(text)


def test_a_member_reads_whose_the_next_step_is(harrow):
    said = words(seen_by(harrow, "member", steps.before_committee(harrow)))
    assert (
        "The next step is not yours. Record what was decided: primary care manager or committee secretary."
        in said
    )


def test_what_is_not_possible_yet_says_what_is_missing(harrow):
    said = words(seen_by(harrow, "manager", steps.confirmed(harrow)))
    assert "Record go-live: Networks of this round start on 1 July 2019." in said


def test_who_recommended_is_told_that_someone_else_records_the_decision(harrow):
    case = steps.before_committee(harrow)
    case.recommendations.update(made_by=harrow.user("manager"))
    response = seen_by(harrow, "manager", case)
    assert "You recommended this registration, so someone else records the decision." in words(response)
    assert "Record what was decided" not in buttons(response)


def test_steps_have_a_date_only_where_one_is_held(harrow, officer):
    case = steps.received(harrow)
    Submission.objects.filter(case=case).update(received_precision=Submission.Precision.BY)
    response = page(officer, case)
    assert steps_shown(response)[:3] == [("done", "Received"), ("now", "Reviewed"), ("next", "Committee")]
    track = main(response).partition("portal-steps")[2].partition("</ol>")[0]
    assert "by 15 May 2019" in track
    assert track.count("2019") == 1


@pytest.mark.parametrize(
    ("stage", "now", "sentence"),
    [
        ("drafted", "Received", "The form is being filled in; it is due by 15 May 2019 (5 days ago)."),
        ("under_review", "Reviewed", "Under review: 1 of 6 lines of the checklist still open."),
        (
            "before_committee",
            "Committee",
            "Recommended for approval; before the Primary Care Commissioning Committee on 20 May 2019",
        ),
        (
            "approved",
            "Panel",
            "Approved by the Primary Care Commissioning Committee on 20 May 2019; to be put on",
        ),
        (
            "endorsed",
            "Confirmed",
            "Endorsed by the North West London Health and Care Partnership panel on 24 May",
        ),
        ("confirmed", "Live", "The PCN has been told; networks start on 1 July 2019 (in 42 days)."),
        ("live", "Live", "Live since 1 July 2019."),
    ],
)
def test_a_sentence_and_the_present_step_say_how_it_stands(harrow, officer, stage, now, sentence):
    response = page(officer, getattr(steps, stage)(harrow))
    assert ("now", now) in steps_shown(response)
    assert sentence in words(response)


def test_a_departure_that_was_not_sent_is_said_before_the_recommendation(harrow, officer):
    case = steps.recommended(harrow, "Harrow East PCN")
    assert "Recommended for approval; on no agenda yet." in words(page(officer, case))
    Departure.objects.update(is_sent=False)
    said = words(page(officer, case))
    assert "Under review: every line is answered; 1 departure not sent to the region yet." in said


def test_a_commissioner_without_a_panel_has_no_step_for_one(harrow, officer):
    harrow.ccg.commissioning.endorsing_body = None
    harrow.ccg.commissioning.save()
    response = page(officer, steps.approved(harrow))
    assert [name for _, name in steps_shown(response)] == [
        "Received",
        "Reviewed",
        "Committee",
        "Confirmed",
        "Live",
    ]
    assert ("now", "Confirmed") in steps_shown(response)


def test_a_withdrawn_registration_ends_where_it_was(harrow, officer):
    case = steps.received(harrow)
    move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason="It joins another network.")
    response = page(officer, case)
    assert steps_shown(response) == [("done", "Received"), ("now", "Withdrawn")]
    assert "Withdrawn: nothing more is to be done." in words(response)


def test_a_returned_form_shows_what_the_pcn_has_to_change(harrow, officer):
    case = steps.received(harrow)
    move(case, "return_form", by=harrow.user("officer"), seen=case.version, reason="The map is missing.")
    assert "Returned to the PCN: The map is missing." in words(page(officer, case))
