"""The registrations at a glance: what a committee member reads in ten seconds, and where it comes from."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pcnportal import clock
from registry.models import Case, Departure, Submission
from registry.workflow import move
from registry.workflow.reviewing import record_reply
from tests import factories as make
from tests import steps
from tests.reading import rows, signed_in
from tests.registry.pages.reading import words

LIST = "/registrations/"
FIRST_COLUMNS = ["id", "pcn", "received_on", "status", "outcome", "conditions_open", "conditions_total"]


def order(response):
    """The names of the PCNs in the order of the rows."""
    return [row["pcn"] for row in rows(response)]


def many(harrow, numbers):
    """Drafts that name no practice yet, a network each."""
    for n in numbers:
        pcn = make.PCNFactory.create(name=f"Network {n:03}")
        case = Case.objects.create(pcn=pcn, round=harrow.round, commissioner=harrow.ccg)
        case.current = Submission.objects.create(case=case, number=1)
        case.save()


def test_a_row_says_size_criteria_recommendation_stage_and_next_meeting(harrow, officer):
    steps.before_committee(harrow, "Harrow East PCN")
    said = words(officer.get(LIST))
    assert "28,619" in said
    assert "1,381 below 30,000" in said
    assert "5 of 6: Population" in said
    assert "Recommended Approve Status Before committee Conditions none" in said
    assert "20 May 2019, today Primary Care Commissioning Committee" in said


@pytest.mark.parametrize(
    ("size", "said"),
    [(34406, "in range"), (80779, "30,779 above 50,000: commissioner’s discretion"), (None, "not held")],
)
def test_before_the_review_the_size_is_read_against_the_checklist_of_the_round(harrow, officer, size, said):
    case = steps.drafted(harrow)
    Submission.objects.filter(case=case).update(stated_list_size=size)
    row = rows(officer.get(LIST, {"_export": "csv"}))[0]
    assert row["size_check"] == said
    assert row["criteria_total"] == "0"


def test_totals_are_of_the_registrations_that_place_practices(harrow, officer):
    steps.received(harrow)
    assert "Total Practices 3 Stated list size 34,406" in words(officer.get(LIST))
    case = steps.received(harrow, "Harrow East PCN")
    assert "Total Practices 6 Stated list size 63,025" in words(officer.get(LIST))
    case.refresh_from_db()
    move(case, "withdraw", by=harrow.user("officer"), seen=case.version, reason="It joins another network.")
    said = words(officer.get(LIST))
    assert "Total (1 draft, withdrawn or not approved left out) Practices 3 Stated list size 34,406" in said


def test_years_are_not_added_up(harrow, officer):
    steps.received(harrow)
    later = make.RoundFactory.create(year="2020/21", title="Network Contract DES 2020/21")
    Case.objects.create(pcn=make.PCNFactory.create(name="Sphere PCN"), round=later, commissioner=harrow.ccg)
    assert "Total" not in words(officer.get(LIST))
    assert "Total" in words(officer.get(LIST, {"year": "2019/20"}))


def test_what_needs_attention_comes_first(harrow, officer):
    steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    many(harrow, [1])
    assert order(officer.get(LIST, {"_export": "csv"}))[-1] == "Harrow East PCN"
    with clock.at(date(2019, 7, 2)):
        assert order(officer.get(LIST, {"_export": "csv"}))[0] == "Harrow East PCN"
        assert "1 of 1 open, 1 overdue" in words(officer.get(LIST))


def test_a_member_that_leaves_after_the_approval_brings_the_registration_to_the_top(harrow, officer):
    steps.before_committee(harrow, "Harrow East PCN")
    case = steps.approved(harrow)
    move(
        case,
        "member_withdraws",
        by=harrow.user("officer"),
        seen=case.version,
        reason="It wrote so.",
        practice=harrow.practice("E84062"),
    )
    response = officer.get(LIST)
    assert order(officer.get(LIST, {"_export": "csv"}))[0] == "GP Direct PCN"
    assert "Re-review wanted Approved" in words(response)
    assert "5 of 6 open practices are placed; in no PCN: Shaftesbury Medical Centre." in words(response)
    assert "5 of 6: Member practices" in words(response)


def test_an_approval_with_a_departure_shows_that_the_regional_answer_is_not_held(harrow, officer):
    case = steps.approved(harrow, "Harrow East PCN")
    assert "Regional answer not held" in words(officer.get(LIST))
    departure = Departure.objects.select_related("line__case").get()
    record_reply(
        departure,
        by=harrow.user("officer"),
        seen=case.version,
        reply="agreed",
        source=harrow.report,
    )
    assert "Regional answer not held" not in words(officer.get(LIST))


def test_the_file_has_the_columns_that_stay_first(harrow, officer):
    case = steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    row = rows(officer.get(LIST, {"_export": "csv"}))[0]
    assert list(row)[: len(FIRST_COLUMNS)] == FIRST_COLUMNS
    assert [row[name] for name in FIRST_COLUMNS] == [
        str(case.pk),
        "Harrow East PCN",
        "2019-05-15",
        "Approved",
        "Approved with conditions",
        "1",
        "1",
    ]
    assert row["criteria_not_met"] == "Population"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "approved"}, ["Harrow East PCN"]),
        ({"status": "draft"}, ["GP Direct PCN"]),
        ({"conditions": "open"}, ["Harrow East PCN"]),
        ({"conditions": "none"}, ["GP Direct PCN"]),
        ({"conditions": "overdue"}, []),
        ({"body": "committee"}, ["Harrow East PCN"]),
        ({"body": "panel"}, []),
        ({"year": "2020/21"}, []),
        ({"name": "direct"}, ["GP Direct PCN"]),
    ],
)
def test_filters_leave_what_they_name(harrow, officer, asked, found):
    steps.approved(harrow, "Harrow East PCN", conditions=[steps.wanted(harrow)])
    steps.drafted(harrow)
    assert order(officer.get(LIST, asked | {"_export": "csv"})) == found


def test_a_filter_that_finds_nothing_shows_the_way_back(harrow, officer):
    steps.drafted(harrow)
    assert "Nothing matches these filters. Clear all filters" in words(officer.get(LIST, {"name": "Sphere"}))


def test_a_filter_that_makes_no_sense_says_so(harrow, officer):
    response = officer.get(LIST, {"status": "lost"})
    assert "There is a problem" in words(response)
    assert b'href="#id_status"' in response.content


def test_somebody_elses_registrations_are_not_there(harrow):
    steps.drafted(harrow)
    response = signed_in(harrow.user("officer@havering.example")).get(LIST)
    assert "GP Direct PCN" not in words(response)
    assert "No registration has been started yet. Start the first one." in words(response)
    assert "NHS Havering CCG. No open practice of this commissioner is in the register." in words(response)


def test_who_reads_no_cases_is_refused(harrow):
    assert signed_in(harrow.user("admin")).get(LIST).status_code == 403


def test_only_who_may_start_a_registration_is_offered_it(harrow, officer):
    start = reverse("registry:start").encode()
    assert start in officer.get(LIST).content
    assert start not in signed_in(harrow.user("member")).get(LIST).content


def test_commissioners_are_a_filter_for_who_serves_several(harrow, officer):
    assert b'name="commissioner"' not in officer.get(LIST).content
    make.RoleFactory.create(user=harrow.user("officer"), organisation=harrow.havering)
    steps.drafted(harrow)
    assert order(officer.get(LIST, {"commissioner": harrow.havering.pk, "_export": "csv"})) == []
    assert order(officer.get(LIST, {"commissioner": harrow.ccg.pk, "_export": "csv"})) == ["GP Direct PCN"]


def queries(client, path):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_list_asks_eight_times_however_long_it_is(harrow, officer):
    steps.before_committee(harrow, "Harrow East PCN")
    many(harrow, [1])
    officer.get(LIST)
    few = queries(officer, LIST)
    assert few <= 8
    many(harrow, range(2, 122))
    assert queries(officer, LIST) == few
    assert queries(officer, f"{LIST}?per_page=100") == few
    assert "122 registrations, 101 to 122 shown" in words(officer.get(LIST, {"per_page": 100, "page": 2}))


def test_a_page_beyond_the_last_is_said_and_the_last_is_there(harrow, officer):
    many(harrow, range(30))
    assert "There is no page “99”: the list has 2 pages." in words(
        officer.get(LIST, {"per_page": 25, "page": 99})
    )
    said = words(officer.get(LIST, {"per_page": 25, "page": 2}))
    assert "30 registrations, 26 to 30 shown" in said
