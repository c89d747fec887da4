"""What waits for whom, in each stage of a registration."""

from datetime import date, timedelta

import pytest

from pcnportal import clock
from registry.models import Status
from registry.statuses import OPEN
from registry.work.held import held_of
from registry.work.steps import KINDS, STEP, obstacle, step_of
from registry.workflow import missing, move
from registry.workflow.reviewing import answer_line
from tests import factories as make
from tests import steps
from tests.home.reading import home, tasks, text
from tests.registry.ready import RECIPES, ready

COMMITTEE = "Primary Care Commissioning Committee"
PANEL = "North West London Health and Care Partnership panel"


def answered(harrow):
    return steps.answer_everything(harrow, steps.under_review(harrow))


def departing(harrow):
    """Below 30,000, every other line answered, the departure not sent."""
    case = steps.under_review(harrow, "Harrow East PCN")
    line = steps.line_of(case, "contiguity")
    answer_line(line, by=harrow.user("officer"), seen=case.version, answer="met", note="They adjoin.")
    return case


def returned(harrow):
    case = steps.received(harrow)
    return move(
        case, "return_form", by=harrow.user("officer"), seen=case.version, reason="The map is missing."
    )


def left(harrow):
    made = ready(harrow, "member_withdraws")
    return made.go(harrow)


asked = steps.information_requested
PUT = "put-before-panel"
WAITS = [
    (steps.drafted, "officer", "1 draft form to finish and record as received", "form"),
    (returned, "officer", "1 form returned to the PCN, the next version not here yet", "form"),
    (steps.received, "officer", "1 form received: open the review", "open-review"),
    (steps.under_review, "officer", "1 review with lines still to answer", "review"),
    (departing, "officer", "1 review with a departure to send to the regional team", "review"),
    (answered, "officer", "1 review finished: recommend to the committee", "recommend"),
    (steps.recommended, "secretary", "1 registration recommended and on no agenda", "put-on-agenda"),
    (steps.recommended, "manager", "1 registration recommended and on no agenda", "put-on-agenda"),
    (asked, "officer", "1 registration waiting for further information", "resume-review"),
    (left, "officer", "1 registration to review again", "review-again"),
    (steps.approved, "secretary", f"1 registration approved and on no agenda of the {PANEL}", PUT),
    (steps.endorsed, "manager", "1 registration to confirm, each with its letter", "confirm"),
]  # fmt: skip


@pytest.mark.parametrize(("bring", "user", "sentence", "page"), WAITS, ids=lambda value: str(value))
def test_the_next_step_waits_for_who_may_do_it(harrow, bring, user, sentence, page):
    case = bring(harrow)
    assert tasks(home(harrow.user(user)))[sentence] == f"/registrations/{case.pk}/{page}/"
    for other in ("member", "finance", "auditor", "admin", "officer@havering.example"):
        assert sentence not in tasks(home(harrow.user(other)))


@pytest.mark.parametrize("user", ["secretary", "manager"])
def test_a_decision_waits_on_the_day_of_the_meeting_and_after_it(harrow, user):
    case = steps.before_committee(harrow)
    meeting = f"/governance/meetings/{harrow.meeting(harrow.committee, make.COMMITTEE_DAY).pk}/"
    sentence = f"1 registration to decide at today’s {COMMITTEE}"
    assert tasks(home(harrow.user(user)))[sentence] == meeting
    with clock.at(make.COMMITTEE_DAY - timedelta(days=1)):
        page = home(harrow.user(user))
        assert tasks(page) == {}
        assert f"Next: {COMMITTEE}, 1 agenda item: 20 May 2019, tomorrow." in text(page, "Waiting for you")
    with clock.at(make.COMMITTEE_DAY + timedelta(days=1)):
        assert f"1 registration to decide at the {COMMITTEE} of 20 May 2019" in tasks(home(harrow.user(user)))
    assert f'href="/registrations/{case.pk}/decide/"' in home(harrow.user(user)).content.decode()


def test_an_endorsement_waits_on_the_day_of_the_panel(harrow):
    steps.before_panel(harrow)
    assert tasks(home(harrow.user("secretary"))) == {}
    with clock.at(make.PANEL_DAY):
        assert f"1 registration to endorse at today’s {PANEL}" in tasks(home(harrow.user("secretary")))


def test_who_recommended_is_told_that_someone_else_records_the_decision(harrow):
    case = answered(harrow)
    steps.do(harrow, case, "recommend", "manager", reasons=steps.REASONS)
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    steps.do(harrow, case, "put_on_agenda", "secretary", meeting=meeting)
    said = "Not yet possible: You recommended this, so someone else records the decision."
    assert said in text(home(harrow.user("manager")), "Waiting for you")
    assert said not in text(home(harrow.user("secretary")), "Waiting for you")


def test_a_confirmation_says_which_practice_is_not_placed(harrow):
    steps.endorsed(harrow)
    harrow.practice("E84039")
    assert "Not yet possible: 3 of 4 open practices are placed; in no PCN: Honeypot Medical Centre." in text(
        home(harrow.user("manager")), "Waiting for you"
    )


def test_a_go_live_waits_from_the_day_on_which_networks_start(harrow):
    steps.confirmed(harrow)
    with clock.at(date(2019, 6, 30)):
        page = home(harrow.user("manager"))
        assert not any("live" in task for task in tasks(page))
        assert "Networks start 1 registration" in text(page, "Next")
    with clock.at(make.GO_LIVE):
        assert "1 registration to record as live" in tasks(home(harrow.user("manager")))


def test_a_go_live_says_which_condition_is_still_open(harrow):
    steps.confirmed(harrow, conditions=[steps.wanted(harrow)])
    with clock.at(date(2019, 6, 20)):
        shown = text(home(harrow.user("manager")), "Waiting for you")
    assert "Not yet possible: Still open and due before go-live: condition 1." in shown


@pytest.mark.parametrize("verb", ["confirm", "go_live"])
def test_what_stands_in_the_way_is_what_the_guards_say(harrow, verb):
    made = ready(harrow, verb)
    harrow.practice("E84039")
    for day in (made.day, date(2019, 6, 1)):
        with clock.at(day):
            held = held_of(harrow.user("manager"), day)
            (case,) = held.cases
            assert step_of(case, held) == verb
            assert obstacle(case, verb, held, harrow.user("manager")) == missing(made.case, verb)


def test_every_open_stage_has_a_step_or_waits_for_a_day():
    by_facts = {Status.UNDER_REVIEW, Status.BEFORE_COMMITTEE, Status.APPROVED}
    assert set(OPEN) - set(STEP) - by_facts == {Status.NOT_APPROVED}
    assert set(STEP.values()) <= set(KINDS)
    assert {kind.verb for kind in KINDS.values()} <= set(RECIPES)


def test_the_overdue_comes_first(harrow):
    steps.approved(harrow, conditions=[steps.wanted(harrow, due_on=date(2019, 5, 21))])
    steps.received(harrow, "Harrow East PCN")
    with clock.at(date(2019, 5, 23)):
        assert list(tasks(home(harrow.user("officer")))) == [
            "1 condition overdue: hand in the evidence, or extend the date with a reason",
            "1 form received: open the review",
        ]
    with clock.at(date(2019, 6, 3)):
        shown = text(home(harrow.user("officer")), "Waiting for you")
        assert "Overdue Confirmation due 31 May 2019, 3 days ago" in shown
