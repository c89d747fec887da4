"""One line of the checklist at a time: what is required, what is held, the working, who may answer."""

from typing import Any

import pytest

from registry.models import Case, Line, Status, Submission, SubmittedMember
from tests import factories as make
from tests import steps
from tests.harrow import Harrow
from tests.registry.pages.reading import main, words

KEYS = ["members", "population", "signatures", "directors", "payee", "contiguity"]


@pytest.fixture
def east(harrow: Harrow) -> Case:
    return steps.under_review(harrow, "Harrow East PCN")


def address(case: Case, key: str) -> str:
    return f"/registrations/{case.pk}/review/{key}/"


def typed(case: Case, **said: Any) -> dict[str, Any]:
    case.refresh_from_db()
    return {"seen": case.version, "answer": "met", "note": "", "held_source": "none", "then": "next"} | said


def test_it_says_what_is_required_and_where_the_rule_comes_from(harrow, officer, east):
    Line.objects.filter(case=east, key="contiguity").update(requirement="One area.", why="Board report, June")
    page = words(officer.get(address(east, "contiguity")))
    assert "Harrow East PCN, line 6 of 6: Local criteria, North West London – Contiguity" in page
    assert "What is required One area. Board report, June" in page


def test_a_computed_line_shows_its_working_and_no_form_and_says_how_it_is_corrected(harrow, officer, east):
    page = officer.get(address(east, "population"))
    assert "28,619 patients" in words(page)
    assert "28,619 is 1,381 below 30,000." in words(page)
    assert "Computed from the list size that the form states." in words(page)
    assert f'href="/registrations/{east.pk}/return-form/"' in main(page)
    assert 'name="answer"' not in main(page)


def test_a_computed_line_refuses_an_answer(harrow, officer, east):
    page = officer.post(address(east, "population"), typed(east))
    assert "This line is computed from facts that are held" in words(page)
    assert not Line.objects.exclude(answer="").exists()


@pytest.mark.parametrize(
    ("key", "held"),
    [
        ("members", "Honeypot Medical Centre ODS code E84039 On 20 May 2019 Open Another PCN No other"),
        ("signatures", "Honeypot Medical Centre Signed 10 May 2019"),
        ("directors", "Dr Meena Thakur Practice Honeypot Medical Centre A member Yes"),
        ("payee", "Nominated payee Honeypot Medical Centre"),
        ("contiguity", "Mollison Way Surgery ODS code E84075 Postcode not held"),
    ],
)
def test_it_shows_what_the_form_and_the_register_say(harrow, officer, east, key, held):
    assert held in words(officer.get(address(east, key)))


def test_what_the_form_does_not_hold_reads_not_held_and_is_answered_by_a_person(harrow, officer, east):
    SubmittedMember.objects.filter(submission__case=east).update(signed_on=None)
    Submission.objects.filter(case=east).update(payee=None)
    page = officer.get(address(east, "payee"))
    assert "Nominated payee not held" in words(page)
    assert 'name="answer"' in main(page)
    assert "Needed for “met”: the portal does not hold the facts." in words(page)
    assert "Honeypot Medical Centre Signed not held" in words(officer.get(address(east, "signatures")))


def test_the_other_lines_stand_beside_with_links_before_and_after(harrow, officer, east):
    page = main(officer.get(address(east, "signatures")))
    for key in set(KEYS) - {"signatures"}:
        assert f'href="{address(east, key)}"' in page
    assert '<strong aria-current="page">Signed by every member</strong>' in page
    assert page.index('rel="prev"') < page.index('rel="next"')
    assert 'rel="prev"' not in main(officer.get(address(east, "members")))
    assert 'rel="next"' not in main(officer.get(address(east, "contiguity")))


@pytest.mark.parametrize("status", [Status.BEFORE_COMMITTEE, Status.LIVE, Status.RETURNED])
def test_while_the_case_is_not_under_review_the_line_is_read_only(harrow, officer, east, status):
    Case.objects.filter(pk=east.pk).update(status=status)
    page = officer.get(address(east, "contiguity"))
    assert f"The registration is “{status.label}”: its review can be read, and not changed." in words(page)
    assert 'name="answer"' not in main(page)
    page = officer.post(address(east, "contiguity"), typed(east))
    assert f"it is “{status.label}”" in words(page)
    assert steps.line_of(east, "contiguity").answer == ""


@pytest.mark.parametrize("name", ["member", "chair", "secretary", "auditor", "finance", "approver"])
def test_who_may_only_read_sees_the_line_and_cannot_answer_it(harrow, client, east, name):
    client.force_login(harrow.user(name))
    page = client.get(address(east, "contiguity"))
    assert "The primary care team answers this line." in words(page)
    assert 'name="answer"' not in main(page)
    assert client.post(address(east, "contiguity"), typed(east)).status_code == 403


@pytest.mark.parametrize("name", ["officer@havering.example", "admin"])
def test_for_another_commissioner_and_for_the_administrator_there_is_no_line(harrow, client, east, name):
    client.force_login(harrow.user(name))
    assert client.get(address(east, "contiguity")).status_code == 404
    assert client.post(address(east, "contiguity"), typed(east)).status_code == 404


def test_a_line_that_is_not_in_the_checklist_is_not_found(harrow, officer, east):
    assert officer.get(address(east, "moon")).status_code == 404


@pytest.mark.parametrize("key", KEYS)
def test_a_line_takes_as_many_queries_for_3_members_as_for_60(
    harrow, officer, east, key, django_assert_max_num_queries
):
    officer.get(address(east, key))
    with django_assert_max_num_queries(30) as few:
        officer.get(address(east, key))
    form = Submission.objects.get(case=east)
    for number in range(57):
        practice = make.PracticeFactory.create(code=f"Y{number:05}", name=f"Practice {number}")
        form.members.create(code=f"Y{number:05}", practice=practice)
    with django_assert_max_num_queries(len(few)):
        officer.get(address(east, key))


def test_who_withdrew_from_a_private_item_sees_no_papers(harrow, officer, east, monkeypatch):
    monkeypatch.setattr("registry.views.review.papers_are_closed_to", lambda user, case: True)
    page = words(officer.get(address(east, "contiguity")))
    assert "You withdrew from a private item about this registration" in page
    assert "No document" not in page
