"""The commissioner's letter: made from the decision, with what is held and no more."""

from datetime import date

import pytest

from pcnportal import clock
from registry.workflow import move
from registry.workflow.conditions import extend, judge, submit_evidence
from registry.workflow.forms import edit_form
from registry.workflow.letters import issue
from tests import factories as make
from tests import steps
from tests.reading import signed_in
from tests.registry.pages.reading import words


def page(harrow, decision, user="officer"):
    return signed_in(harrow.user(user)).get(f"/decisions/{decision.pk}/letter/")


def letter(harrow, case, outcome="approved"):
    return words(page(harrow, case.decisions.get(outcome=outcome, superseded_by__isnull=True)))


def confirmed(harrow, **condition):
    return steps.confirmed(harrow, conditions=[steps.wanted(harrow, **condition)])


def test_it_is_from_the_commissioner_to_the_directors_by_name(harrow):
    said = letter(harrow, steps.confirmed(harrow))
    assert "NHS Harrow CCG Primary care team Dr Shahla Ahmad, clinical director GP Direct PCN" in said
    assert "31 May 2019 Registration of GP Direct PCN for 2019/20 Dear Dr Shahla Ahmad" in said
    assert "decided at its meeting on 20 May 2019 to approve the registration" in said
    assert "which states 34,406 patients at 1 January 2019" in said
    assert steps.REASONS[0] in said
    assert "endorsed the registration and its clinical director at its meeting on 24 May 2019" in said
    assert "For NHS Harrow CCG Primary care team" in said
    assert "subject to" not in said


def test_a_date_that_is_not_held_is_not_made_up(harrow):
    case = steps.endorsed(harrow)
    with clock.at(make.CONFIRM_BY, dated=False):
        move(case, "confirm", by=harrow.user("manager"), seen=case.version)
    assert "GP Direct PCN date not held Registration of GP Direct PCN" in letter(harrow, case)


def test_each_condition_is_listed_with_date_evidence_and_who_discharges(harrow):
    said = letter(harrow, confirmed(harrow))
    for part in (
        "subject to the condition below",
        "1. Before go-live Assure the committee that the network is resilient and sustainable.",
        "Due 30 June 2019",
        "Evidence wanted An assurance document",
        "Who may say that it is met Committee chair",
        "The network can’t start before condition 1 is met.",
        "Please send us the evidence for condition 1 as soon as you hold it.",
    ):
        assert part in said


def test_it_stays_as_it_was_issued(harrow):
    case = confirmed(harrow)
    before = letter(harrow, case)
    with clock.at(date(2019, 6, 20)):
        condition = case.conditions.get()
        extend(
            condition,
            by=harrow.user("secretary"),
            seen=condition.case.version,
            due_on=date(2019, 9, 30),
            reason="Asked for.",
        )
        submit_evidence(condition, by=harrow.user("officer"), seen=condition.case.version, text="It came.")
        judge(
            condition,
            by=harrow.user("chair"),
            seen=condition.case.version,
            judgement="met",
            note="Good.",
        )
        assert letter(harrow, case) == before


def test_a_condition_that_was_met_before_is_told_as_met(harrow):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    with clock.at(make.PANEL_DAY):
        condition = case.conditions.get()
        submit_evidence(condition, by=harrow.user("officer"), seen=condition.case.version, text="It came.")
        judge(condition, by=harrow.user("chair"), seen=condition.case.version, judgement="met", note="Good.")
    with clock.at(make.CONFIRM_BY):
        issue(case.decisions.get(), harrow.user("manager"))
        said = letter(harrow, case)
    assert "Met 24 May 2019" in said
    assert "Please send us" not in said


def test_a_condition_that_was_met_on_a_day_not_held_is_not_asked_for(harrow):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    with clock.at(make.PANEL_DAY, dated=False):
        condition = case.conditions.get()
        submit_evidence(condition, by=harrow.user("officer"), seen=condition.case.version, text="It came.")
        judge(condition, by=harrow.user("chair"), seen=condition.case.version, judgement="met", note="Good.")
        issue(case.decisions.get(), harrow.user("manager"))
        said = letter(harrow, case)
    assert "Met date not held" in said
    assert "Please send us" not in said


def test_a_date_that_was_moved_before_is_the_date_it_tells(harrow):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    with clock.at(make.PANEL_DAY):
        condition = case.conditions.get()
        extend(
            condition,
            by=harrow.user("secretary"),
            seen=condition.case.version,
            due_on=date(2019, 9, 30),
            reason="Asked for.",
        )
        issue(case.decisions.get(), harrow.user("manager"))
        assert "Due 30 September 2019" in letter(harrow, case)


def test_what_happens_on_the_day_of_issue_after_it_is_not_told(harrow):
    case = confirmed(harrow)
    before = letter(harrow, case)
    with clock.at(make.CONFIRM_BY):
        condition = case.conditions.get()
        submit_evidence(condition, by=harrow.user("officer"), seen=condition.case.version, text="It came.")
        judge(condition, by=harrow.user("chair"), seen=condition.case.version, judgement="met", note="Good.")
        assert letter(harrow, case) == before


def test_what_is_asked_for_is_listed_in_a_request(harrow):
    said = letter(harrow, steps.information_requested(harrow), "information_requested")
    assert "It asks for further information before it decides." in said
    assert "What is asked for The map is unclear." in said
    assert "Endorsement" not in said


def test_not_approved_gives_the_reasons_and_leaves_the_way_open(harrow):
    case = steps.before_committee(harrow)
    move(
        case,
        "not_approve",
        by=harrow.user("secretary"),
        seen=case.version,
        reasons=["Too small."],
        **harrow.quorum,
    )
    said = letter(harrow, case, "not_approved")
    assert "not to approve the registration of GP Direct PCN" in said
    assert "Reasons Too small." in said
    assert "You may send a new version of the registration form." in said


def test_a_later_version_of_the_form_does_not_change_to_whom_it_went(harrow):
    case = steps.before_committee(harrow)
    facts = {"reasons": ["Too small."], **harrow.quorum}
    move(case, "not_approve", by=harrow.user("secretary"), seen=case.version, **facts)
    with clock.at(make.CONFIRM_BY):
        new = steps.form(harrow)
        new["fields"]["received_on"] = make.CONFIRM_BY
        new["directors"] = [{"name": "Dr Somebody Else", "practice": "E84058"}]
        edit_form(case, by=harrow.user("officer"), seen=case.version, **new)
        case.refresh_from_db()
        move(case, "submit", by=harrow.user("officer"), seen=case.version)
        assert "Dear Dr Shahla Ahmad" in letter(harrow, case, "not_approved")


def test_a_replaced_decisions_letter_says_so(harrow):
    case = steps.confirmed(harrow)
    old = case.decisions.get(outcome="approved")
    move(
        case,
        "replace",
        by=harrow.user("secretary"),
        seen=case.version,
        reason="The minutes say the opposite.",
        decision=old,
        outcome="not_approve",
        reasons=["Too small."],
        **harrow.quorum,
    )
    assert "This decision was replaced: The minutes say the opposite." in words(page(harrow, old))
    assert "not to approve" in letter(harrow, case, "not_approved")


def test_there_is_a_letter_only_where_one_was_issued(harrow):
    case = steps.approved(harrow)
    assert page(harrow, case.decisions.get()).status_code == 404


@pytest.mark.parametrize(
    ("user", "status"), [("member", 200), ("admin", 404), ("officer@havering.example", 404)]
)
def test_it_is_read_by_the_commissioners_own(harrow, user, status):
    decision = steps.confirmed(harrow).decisions.get(outcome="approved")
    assert page(harrow, decision, user).status_code == status
