"""What changed between two days, by kind, with totals; bounded, at the same cost for much as for little."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pcnportal import clock
from pcnportal.people.models import FormerDetail
from registry.models import Membership
from registry.workflow import register as verbs
from tests import factories as make
from tests.reading import rows, signed_in
from tests.registry.pages.reading import errors, words

from .conftest import JULY, OCTOBER

pytestmark = pytest.mark.django_db
PAGE = "/register/compare/"
AUTUMN = {"from": "2019-09-30", "to": "2019-10-01"}
NOVEMBER = date(2019, 11, 1)


@pytest.fixture(autouse=True)
def _december():
    with clock.at(date(2019, 12, 1)):
        yield


@pytest.fixture
def officer(harrow):
    return signed_in(harrow.user("officer"))


def changes(client, **asked):
    found = rows(client.get(PAGE, AUTUMN | asked | {"_export": "csv"}))
    return [(row["kind"], row["name"], row["before"], row["after"], row["on"]) for row in found]


def size(organisation, patients, as_at):
    make.ListSizeFactory.create(organisation=organisation, patients=Decimal(patients), as_at=as_at)


@pytest.fixture
def autumn(harrow, east, sphere, why):
    """Everything that can change, on 1 October 2019."""
    make.PracticeFactory.create(code="E84998", name="Closing Surgery")
    honeypot, mollison, bacon = (harrow.practice(code) for code in ("E84039", "E84075", "E84014"))
    verbs.open_practice(commissioner=harrow.ccg, code="E84999", name="New Surgery", on=OCTOBER, **why)
    closing = verbs.practices.Practice.objects.get(organisation__code="E84998")
    verbs.close_practice(closing, on=OCTOBER, **why)
    verbs.change_payee(east, payee=bacon.organisation, on=OCTOBER, **why)
    verbs.end_director(east.directors.get(), on=OCTOBER, **why)
    verbs.appoint_director(east, name="Dr New", on=OCTOBER, **why)
    verbs.leave_pcn(mollison, on=OCTOBER, **why)
    verbs.join_pcn(mollison, pcn=sphere, on=OCTOBER, **why)
    verbs.merge_practice(honeypot, into=bacon, on=OCTOBER, **why)
    verbs.code_pcn(east, code="U51050", on=OCTOBER, **why)
    verbs.rename_pcn(sphere, name="Sphere", on=OCTOBER, **why)
    FormerDetail.objects.create(
        organisation=bacon.organisation, what="commissioner", value="08F", until=OCTOBER
    )
    for day, patients in ((JULY, "100.50"), (OCTOBER, "120")):
        size(bacon.organisation, patients, day)
    size(mollison.organisation, "30", OCTOBER)


EXPECTED = [
    ("opened", "New Surgery", "", "Open"),
    ("closed", "Closing Surgery", "Open", "Closed"),
    ("closed", "Honeypot Medical Centre", "Open", "Closed"),
    ("taken_over", "Honeypot Medical Centre", "", "Merged into Bacon Lane Surgery"),
    ("joined", "Mollison Way Surgery", "", "Sphere"),
    ("left", "Honeypot Medical Centre", "Harrow East PCN", ""),
    ("left", "Mollison Way Surgery", "Harrow East PCN", ""),
    ("coded", "Harrow East PCN", "", "U51050"),
    ("renamed", "Sphere", "Sphere PCN", "Sphere"),
    ("directors", "Harrow East PCN", "Dr Meena Thakur", ""),
    ("directors", "Harrow East PCN", "", "Dr New"),
    ("payees", "Harrow East PCN", "Honeypot Medical Centre", ""),
    ("payees", "Harrow East PCN", "", "Bacon Lane Surgery"),
    ("commissioner", "Bacon Lane Surgery", "NHS Havering CCG", "NHS Harrow CCG"),
    ("sizes", "Bacon Lane Surgery", "100.50", "120.00"),
    ("sizes", "Mollison Way Surgery", "", "30.00"),
]


def test_every_kind_of_change_is_listed_with_its_day(officer, autumn):
    assert changes(officer) == [(*row, "2019-10-01") for row in EXPECTED]
    said = words(officer.get(PAGE, AUTUMN))
    assert "30 September 2019 and 1 October 2019 16 differences" in said
    assert "Practices that closed: 2" in said
    assert "1 held on both days: +19.5 patients in all. 1 without a list size on the first day." in said


def test_each_day_counts_the_changes_that_had_begun(officer, autumn):
    for days in ({"from": "2019-10-01", "to": "2019-10-02"}, {"from": "2019-09-29", "to": "2019-09-30"}):
        assert changes(officer, **days) == []
    assert "Nothing of what is held changed" in words(
        officer.get(PAGE, AUTUMN | {"from": "2019-10-01", "to": ""})
    )


def test_what_began_and_ended_in_between_is_no_difference(harrow, east, sphere, officer, why):
    mollison = harrow.practice("E84075")
    verbs.leave_pcn(mollison, on=OCTOBER, **why)
    verbs.join_pcn(mollison, pcn=sphere, on=OCTOBER, **why)
    verbs.leave_pcn(mollison, on=NOVEMBER, **why)
    verbs.join_pcn(mollison, pcn=east, on=NOVEMBER, **why)
    verbs.rename_pcn(sphere, name="Else", on=OCTOBER, **why)
    verbs.rename_pcn(sphere, name="Sphere PCN", on=NOVEMBER, **why)
    assert changes(officer, to="2019-11-02") == []
    assert [row[0] for row in changes(officer, to="2019-10-02")] == ["joined", "left", "renamed"]


def test_a_corrected_row_of_the_same_pair_is_no_difference(harrow, east, officer, why):
    held = Membership.objects.get(practice__organisation__code="E84075")
    verbs.leave_pcn(held.practice, on=OCTOBER, **why)
    verbs.join_pcn(held.practice, pcn=east, on=OCTOBER, **why)
    assert changes(officer) == []


def test_one_kind_or_one_commissioner_alone(harrow, officer, autumn):
    assert {row[0] for row in changes(officer, kind="left")} == {"left"}
    assert [row[1] for row in changes(officer, commissioner="08F")] == ["Bacon Lane Surgery"] * 2
    assert len(changes(officer, commissioner="harrow")) == len(EXPECTED)
    said = words(officer.get(PAGE, AUTUMN | {"kind": "left"}))
    assert "2 differences of one kind. Show all kinds" in said


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"from": "2019-10-02"}, {"#id_from": "“From” is after “To”: swap the two days"}),
        ({"from": "2019-10-01"}, {"#id_from": "The two days are the same: choose two days"}),
        ({"from": "soon"}, {"#id_from": "“From” is no date: write it as 31/12/2019"}),
        ({"to": "2019-13-45"}, {"#id_to": "“To” is no date: write it as 31/12/2019"}),
        ({"commissioner": "nobody"}, {"#id_commissioner": "No commissioner has the code or name “nobody”"}),
        ({"kind": "else"}, {"#id_kind": "Choose one of the answers given"}),
    ],
)
def test_what_can_not_be_compared_says_why(harrow, officer, asked, sentence):
    assert errors(officer.get(PAGE, AUTUMN | asked)) == sentence
    assert officer.get(PAGE, AUTUMN | asked | {"_export": "csv"}).status_code == 400


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_without_the_day_to_compare_from_is_refused_in_words(harrow, officer, kind):
    answer = officer.get(PAGE, {"_export": kind})
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert answer.content.decode() == "Choose the day from which to compare"


def test_days_in_the_wrong_order_can_be_swapped(harrow, officer, autumn):
    page = officer.get(PAGE, {"from": "2019-10-01", "to": "2019-09-30"}).content.decode()
    link = "?from=2019-09-30&amp;to=2019-10-01"
    assert link in page
    assert "16 differences" in words(officer.get(PAGE + link.replace("&amp;", "&")))


def test_without_days_the_page_asks_for_them(harrow, officer):
    for asked in ({}, {"to": "2019-10-01"}):
        said = words(officer.get(PAGE, asked))
        assert "Choose two days" in said
        assert "There is a problem" not in said


def test_much_costs_as_many_questions_as_little_and_pages_are_bounded(harrow, officer, autumn):
    def cost(**asked):
        officer.get(PAGE, AUTUMN | asked)
        with CaptureQueriesContext(connection) as queries:
            officer.get(PAGE, AUTUMN | asked)
        return len(queries)

    few = [cost(), cost(commissioner="08E"), cost(kind="sizes")]
    for number in range(120):
        practice = make.PracticeFactory.create(code=f"E8{2000 + number}", name=f"Surgery {number:03}")
        size(practice.organisation, "10", OCTOBER)
        if number < 30:
            FormerDetail.objects.create(
                organisation=practice.organisation, what="name", value="Old", until=OCTOBER
            )
    assert [cost(), cost(commissioner="08E"), cost(kind="sizes")] == few
    said = words(officer.get(PAGE, AUTUMN))
    assert "List sizes: 122" in said
    assert said.count("Surgery 0") < 70
    alone = [words(officer.get(PAGE, AUTUMN | {"kind": "sizes", "page": page})) for page in ("1", "2")]
    assert "Page 1 of 2. Next page" in alone[0]
    assert "Page 2 of 2. Previous page" in alone[1]
    assert len(changes(officer, kind="sizes")) == 122


def test_lists_and_pages_lead_to_it(harrow, east, officer):
    for path in ("/practices/", "/pcns/", "/pcns/harrow-east-pcn/", "/practices/E84075/"):
        assert f'href="{PAGE}?to=2019-11-30"' in officer.get(path, {"as_at": "2019-11-30"}).content.decode()


def test_the_differences_are_exported_as_a_workbook_too(harrow, officer, autumn):
    response = officer.get(PAGE, AUTUMN | {"_export": "xlsx"})
    sheet = load_workbook(io.BytesIO(response.getvalue())).active
    assert [cell.value for cell in next(sheet.iter_rows())] == [
        "kind",
        "code",
        "name",
        "before",
        "after",
        "difference",
        "on",
    ]
    assert sheet.max_row == 1 + len(EXPECTED)


def test_each_difference_is_told_with_the_names_of_its_day(harrow, east, sphere, officer, why):
    mollison = harrow.practice("E84075")
    verbs.leave_pcn(mollison, on=OCTOBER, **why)
    verbs.join_pcn(mollison, pcn=sphere, on=OCTOBER, **why)
    verbs.rename_pcn(east, name="Renamed East", on=OCTOBER, **why)
    verbs.rename_pcn(sphere, name="Renamed Sphere", on=NOVEMBER, **why)
    FormerDetail.objects.create(organisation=mollison.organisation, what="name", value="Old", until=NOVEMBER)
    FormerDetail.objects.create(organisation=mollison.organisation, what="code", value="E1", until=NOVEMBER)
    found = rows(officer.get(PAGE, AUTUMN | {"_export": "csv"}))
    said = [(row["kind"], row["code"], row["name"], row["before"], row["after"]) for row in found]
    assert said == [
        ("joined", "E1", "Old", "", "Sphere PCN"),
        ("left", "E1", "Old", "Harrow East PCN", ""),
        ("renamed", "", "Renamed East", "Harrow East PCN", "Renamed East"),
    ]
    assert 'href="/practices/E84075/' in officer.get(PAGE, AUTUMN).content.decode()


def test_a_page_that_there_is_not_is_said(officer, autumn):
    page = words(officer.get(PAGE, AUTUMN | {"kind": "joined", "page": "9"}))
    assert "There is no page “9”: the list has 1 page." in page
