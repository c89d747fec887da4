"""What is behind one registration: lists, directors, checklist, departures, decisions, conditions."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal import clock
from registry.models import Document, ListSize, Submission, SubmittedDirector
from registry.workflow import move
from registry.workflow.conditions import submit_evidence
from registry.workflow.outcomes import decision_in_force
from tests import factories as make
from tests import steps
from tests.reading import buttons
from tests.registry.pages.reading import main, words
from tests.registry.pages.registration import page, part, seen_by


def test_the_practices_lists_stand_beside_the_stated_size(harrow, officer):
    case = steps.received(harrow)
    assert "The practices’ lists not held" in part(page(officer, case), "summary")
    for practice in harrow.practices.values():
        make.ListSizeFactory.create(
            organisation=practice.organisation,
            as_at=date(2019, 3, 31),
            averaged_from=date(2018, 4, 1),
            patients="11000.50",
        )
    said = part(page(officer, case), "summary")
    assert "34,406 patients at 1 January 2019" in said
    assert (
        "33,002 (average from 1 April 2018 to 31 March 2019), −1,404 or −4.1% against the stated size" in said
    )
    assert "Indicative only" in said
    ListSize.objects.update(as_at=make.JANUARY, averaged_from=None)
    said = part(page(officer, case), "summary")
    assert "33,002 (at 1 January 2019)" in said
    assert "Indicative only" not in said


def test_a_shared_post_without_shares_says_so(harrow, officer):
    case = steps.received(harrow)
    assert "Dr Shahla Ahmad, GP Direct Nominated payee GP Direct" in part(page(officer, case), "summary")
    second = make.PersonFactory.create(name="Dr Varun Goel")
    SubmittedDirector.objects.create(submission=case.submissions.get(), person=second)
    Submission.objects.update(payee=None)
    said = part(page(officer, case), "summary")
    assert "Dr Shahla Ahmad, GP Direct, share not held" in said
    assert "Dr Varun Goel, practice not held, share not held" in said
    assert "Nominated payee not held" in said


def test_the_checklist_says_how_each_line_stands_and_on_what_ground(harrow, officer):
    said = part(page(officer, steps.recommended(harrow, "Harrow East PCN")), "checklist")
    assert "Population Requirement : Population Population: as the contract says." in said
    assert "Not met Computed Regional answer not held" in said
    assert "28,619 is 1,381 below 30,000." in said
    assert (
        "Contiguity Requirement : Contiguity Contiguity: as the contract says. How it stands Attested" in said
    )


def test_a_departure_shows_its_reason_and_that_no_answer_is_held(harrow, officer):
    response = page(officer, steps.approved(harrow, "Harrow East PCN"))
    said = part(response, "departures")
    assert "Reason A natural community." in said
    assert "Regional answer not held" in said
    assert "Regional answer not held : approved with a departure" in words(response).replace(
        "held:", "held :"
    )


def test_a_member_that_withdrew_is_marked_and_no_longer_counted(harrow, officer):
    case = steps.approved(harrow)
    move(
        case,
        "member_withdraws",
        by=harrow.user("officer"),
        seen=case.version,
        reason="It wrote so.",
        practice=harrow.practice("E84062"),
    )
    response = page(officer, case)
    assert "A re-review is wanted. Shaftesbury Medical Centre withdrew" in words(response)
    assert "2 practices ; 1 withdrew" in part(response, "summary")
    assert "Withdrawn date not held: It wrote so." in part(response, "members")
    assert buttons(response)[0] == "Review again"


def test_a_replaced_decision_stays_with_the_reason(harrow, officer):
    case = steps.approved(harrow)
    wrong = decision_in_force(case)
    move(
        case,
        "replace",
        by=harrow.user("secretary"),
        seen=case.version,
        reason="The minutes say otherwise.",
        decision=wrong,
        outcome="not_approve",
        reasons=["Too few practices signed."],
        **harrow.quorum,
    )
    said = part(page(officer, case), "decisions")
    assert said.index("Not approved") < said.index("Approved Replaced")
    assert "Replaced because: The minutes say otherwise." in said
    assert "Quorum, attested: The report records the decision. ( Harrow board report" in said.replace(
        "(Harrow", "( Harrow"
    )
    assert "Letter to the PCN" in said


def test_evidence_is_judged_by_who_may_and_submitted_by_who_has_it(harrow, officer):
    case = steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    condition = case.conditions.get()
    response = page(officer, case)
    assert "Condition 1 open: Assure the committee" in words(response)
    assert buttons(response) == ["Submit evidence for condition 1"]
    submit_evidence(condition, by=harrow.user("officer"), seen=case.version, text="The assurance document")
    assert buttons(page(officer, case)) == []
    assert buttons(seen_by(harrow, "chair", case)) == ["Judge the evidence for condition 1"]


def test_a_condition_that_is_late_says_so(harrow, officer):
    case = steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    with clock.at(date(2019, 7, 1)):
        assert "Condition 1 overdue" in words(page(officer, case))


def test_a_second_version_of_the_form_leads_to_what_differs(harrow, officer):
    case = steps.received(harrow)
    assert f"/registrations/{case.pk}/versions/" not in main(page(officer, case))
    Submission.objects.create(case=case, number=2)
    response = page(officer, case)
    assert "Version 2, being filled in Version 1, received 15 May 2019" in part(response, "versions")
    assert f"/registrations/{case.pk}/versions/" in main(response)


def queries(client, case):
    with CaptureQueriesContext(connection) as asked:
        page(client, case)
    return len(asked)


def test_it_asks_as_often_for_much_as_for_little(harrow, officer):
    case = steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    page(officer, case)
    few = queries(officer, case)
    for n in range(12):
        practice = make.PracticeFactory.create(code=f"E8500{n}", name=f"Surgery {n}")
        make.SubmittedMemberFactory.create(submission=case.current, practice=practice)
        SubmittedDirector.objects.create(
            submission=case.submissions.get(),
            person=make.PersonFactory.create(name=f"Dr {n}"),
            practice=practice,
        )
        Document.objects.create(
            case=case, kind="other", name=f"{n}.pdf", token=str(n), size=n, uploaded_by=harrow.user("officer")
        )
        move(
            case,
            "member_withdraws",
            by=harrow.user("officer"),
            seen=case.version,
            reason="No",
            practice=practice,
        )
        case.refresh_from_db()
    case.review_wanted_because = ""
    case.save()
    assert queries(officer, case) == few
