"""The review's overview: how each line stands, what comes next, and everything on one sheet."""

import pytest

from pcnportal import clock
from registry.models import Case, ListSize, Submission
from registry.workflow import move
from registry.workflow.forms import edit_form
from registry.workflow.reviewing import answer_line, record_reply
from tests import factories as make
from tests import steps
from tests.harrow import Harrow
from tests.registry.pages.reading import main, words


def address(case: Case) -> str:
    return f"/registrations/{case.pk}/review/"


def read(client, case: Case) -> str:
    page = client.get(address(case))
    assert page.status_code == 200
    return words(page)


@pytest.fixture
def east(harrow: Harrow) -> Case:
    return steps.under_review(harrow, "Harrow East PCN")


def answer(harrow: Harrow, case: Case, key: str, said: str = "met", **more) -> None:
    line = steps.line_of(case, key)
    answer_line(line, by=harrow.user("officer"), seen=line.case.version, answer=said, **more)


def test_it_counts_what_is_met_what_departs_and_what_is_open(harrow, officer, east):
    assert "4 met, 1 departure, 1 still open" in read(officer, east)
    answer(harrow, east, "contiguity", source=harrow.report)
    assert "5 met (1 attested), 1 departure, none open" in read(officer, east)
    answer(harrow, east, "contiguity", "not_applicable", note="One practice only.")
    assert "4 met, 1 departure, none open, 1 not applicable" in read(officer, east)


def test_the_lines_stand_by_section_with_their_tag_and_basis(harrow, officer, east):
    page = read(officer, east)
    national, local = page.index("National requirements"), page.index("Local criteria, North West London")
    assert national < page.index("Member practices Met Computed") < local
    assert page.index("Contiguity To answer") > local


def test_departures_come_first_with_how_they_stand(harrow, officer, east):
    page = read(officer, east)
    assert page.index("Departures") < page.index("National requirements")
    assert "Population Not met Computed Reason missing" in page
    assert "28,619 is 1,381 below 30,000." in page
    steps.answer_everything(harrow, east)
    page = read(officer, east)
    assert "Population Not met Computed Regional answer not held" in page
    assert "A natural community." in page
    assert "the day is not held" in page
    departure = steps.line_of(east, "population").departures.get()
    record_reply(departure, by=harrow.user("officer"), seen=east.version, reply="refused", note="By letter.")
    assert "Population Not met Computed Refused" in read(officer, east)


def test_the_sheet_has_departures_first_and_says_who_answered_when_and_where_it_was_read(
    harrow, officer, east
):
    steps.answer_everything(harrow, east)
    sheet = read(officer, east).partition("Everything on one sheet")[2]
    assert sheet.index("Population") < sheet.index("Member practices")
    assert "Discussed." in sheet
    assert "Source 1" in sheet
    assert "Harrow primary care officer, 20 May 2019" in sheet
    assert "Computed, 20 May 2019" in sheet
    assert "Sources Harrow board report on Primary Care Networks (document)" in sheet


def test_an_answer_without_a_day_shows_none(harrow, officer, east):
    with clock.at(make.COMMITTEE_DAY, dated=False):
        answer(harrow, east, "contiguity", source=harrow.report)
    assert "Harrow primary care officer, date not held" in read(officer, east)


def test_there_is_one_next_step_and_the_recommendation_says_what_it_lacks(harrow, officer, east):
    page = read(officer, east)
    assert "Answer the next open line: Contiguity" in page
    assert "Recommend to the committee: 1 of 6 lines of the checklist still open: Contiguity." in page
    answer(harrow, east, "contiguity", source=harrow.report)
    page = read(officer, east)
    assert "Give the reason for the departure: Population" in page
    assert "“Population” is not met: give the reason for the departure." in page


def test_a_reason_is_then_sent_and_the_case_recommended_and_put_on_an_agenda(harrow, client, east):
    client.force_login(harrow.user("manager"))
    steps.answer_everything(harrow, east)
    assert f'href="/registrations/{east.pk}/recommend/"' in main(client.get(address(east)))
    steps.do(harrow, east, "recommend", "officer", reasons=steps.REASONS)
    page = client.get(address(east))
    assert f'href="/registrations/{east.pk}/put-on-agenda/"' in main(page)
    assert (
        "Approve, Harrow primary care officer, 17 May 2019 Good working relationships serve patients."
        in words(page)
    )


def test_who_may_not_put_it_on_an_agenda_reads_who_may(harrow, officer):
    case = steps.recommended(harrow)
    assert "Put on an agenda: done by the primary care manager or the committee secretary." in read(
        officer, case
    )


def test_a_review_that_is_not_open_is_read_and_not_changed(harrow, officer):
    case = steps.before_committee(harrow)
    page = officer.get(address(case))
    assert "The registration is “Before committee”: its review can be read, and not changed." in words(page)
    assert "portal-actions" not in main(page)


def test_before_the_review_there_is_no_checklist(harrow, officer):
    case = steps.received(harrow)
    page = officer.get(address(case))
    assert "The review has not been opened yet" in words(page)
    assert f'href="/registrations/{case.pk}/open-review/"' in main(page)


def test_the_commissioners_coverage_stands_beside_and_follows_the_register(harrow, officer, east):
    assert "All 3 open practices are in one PCN each." in read(officer, east)
    harrow.practice("E84058")
    assert "3 of 4 open practices are placed; in no PCN: GP Direct." in read(officer, east)


def test_the_figures_follow_the_form(harrow, officer, east):
    Submission.objects.filter(case=east).update(stated_list_size=31000)
    page = read(officer, east)
    assert "31,000 is within 30,000 to 50,000." in page
    assert "28,619" not in page


def test_a_new_version_of_the_form_asks_for_the_answers_again(harrow, officer, east):
    answer(harrow, east, "contiguity", source=harrow.report, note="Seen on the map.")
    person = harrow.user("officer")
    east.refresh_from_db()
    move(east, "return_form", by=person, seen=east.version, reason="The map is unclear.")
    edit_form(east, by=person, seen=east.version, **steps.form(harrow, {"E84039": ""}, 28700))
    steps.do(harrow, east, "submit", "officer")
    steps.do(harrow, east, "open_review", "officer")
    page = officer.get(address(east))
    assert "Answered for an earlier version of the form" in words(page)
    assert "Answer the next open line: Contiguity" in words(page)


@pytest.mark.parametrize("name", ["member", "chair", "secretary", "auditor", "finance", "approver"])
def test_who_may_read_the_case_reads_the_review_and_may_not_change_it(harrow, client, east, name):
    client.force_login(harrow.user(name))
    page = client.get(address(east))
    assert page.status_code == 200
    assert "The primary care team is reviewing this registration." in words(page)
    assert "/departure/" not in main(page)


@pytest.mark.parametrize("name", ["officer@havering.example", "admin"])
def test_for_another_commissioner_and_for_the_administrator_there_is_no_review(harrow, client, east, name):
    client.force_login(harrow.user(name))
    assert client.get(address(east)).status_code == 404


def test_it_takes_as_many_queries_for_3_members_as_for_60(
    harrow, officer, east, django_assert_max_num_queries
):
    steps.answer_everything(harrow, east)
    officer.get(address(east))
    with django_assert_max_num_queries(40) as few:
        officer.get(address(east))
    form = Submission.objects.get(case=east)
    for number in range(57):
        practice = make.PracticeFactory.create(code=f"Y{number:05}", name=f"Practice {number}")
        form.members.create(code=f"Y{number:05}", practice=practice)
        ListSize.objects.create(
            organisation=practice.organisation,
            kind="registered",
            as_at=make.JANUARY,
            patients=500,
            source=harrow.report,
        )
    with django_assert_max_num_queries(len(few)):
        officer.get(address(east))
