import csv
from datetime import date
from decimal import Decimal

import pytest

from pcnportal.pages.exports import raw
from pcnportal.people.models import Organisation

pytestmark = pytest.mark.urls("tests.pages.examples")


@pytest.fixture
def practices(db):
    def add(count: int, start: int = 0) -> None:
        Organisation.objects.bulk_create(
            Organisation(
                slug=f"p{i}",
                code=f"P{i:04}",
                name=f"Practice {i:04}",
                kind="practice",
                opened_on=date(1990, 1, 1),
            )
            for i in range(start, start + count)
        )

    return add


def text(response) -> str:
    return response.content.decode()


def test_a_list_takes_as_many_queries_for_2_rows_as_for_200(as_officer, practices, django_assert_num_queries):
    practices(2)
    as_officer.get("/")  # begins the session
    with django_assert_num_queries(5):  # session, user, roles, count, page
        as_officer.get("/example/?per_page=100")
    practices(200, start=2)
    with django_assert_num_queries(5):
        as_officer.get("/example/?per_page=100")


def test_50_rows_a_page_with_links_to_the_others(as_officer, practices):
    practices(120)
    page = text(as_officer.get("/example/?kind=practice"))
    assert "120 practices" not in page
    assert "120 organisations, 1 to 50 shown" in page
    assert 'href="?kind=practice&amp;page=3"' in page
    page = text(as_officer.get("/example/?kind=practice&page=3"))
    assert "101 to 120 shown" in page
    assert page.count("<tr") == 1 + 20


def test_rows_are_ordered_by_a_column_and_back(as_officer, practices):
    practices(3)
    page = text(as_officer.get("/example/?kind=practice&sort=-name"))
    assert page.index("Practice 0002") < page.index("Practice 0001")
    assert 'aria-sort="descending"' in page
    assert 'href="?kind=practice&amp;sort=name"' in page


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("sort=nonsense;drop", "The list can’t be ordered by “nonsense;drop”: choose one of its headings."),
        ("sort=-nothing", "The list can’t be ordered by “-nothing”"),
        ("page=999", "There is no page “999”: the list has 1 page."),
        ("page=0", "There is no page “0”"),
        ("page=last", "There is no page “last”"),
        ("page=" + "9" * 400, "There is no page “999"),
        ("per_page=7", "A page has 25, 50 or 100 rows, not “7”."),
    ],
)
def test_what_no_list_has_is_said_and_nothing_else_shown(as_officer, practices, asked, sentence):
    practices(3)
    response = as_officer.get(f"/example/?{asked}")
    assert response.status_code == 200
    assert sentence in text(response)
    assert "Practice 000" not in text(response)
    assert 'href="/example/"' in text(response)


def test_a_file_of_another_kind_is_refused_in_a_sentence(as_officer, practices):
    response = as_officer.get("/example/?_export=zip")
    assert response.status_code == 400
    assert text(response) == "There is no file of the kind “zip”: ask for csv or xlsx."


def test_the_total_is_shown_where_all_rows_are(as_officer, practices):
    practices(2)
    assert "<tfoot" in text(as_officer.get("/example/"))
    practices(60, start=2)
    assert "<tfoot" not in text(as_officer.get("/example/"))


def test_an_invalid_filter_shows_its_error_and_no_rows(as_officer, practices):
    practices(2)
    page = text(as_officer.get("/example/?kind=nonsense&opened_after=yesterday"))
    assert "Choose one of the answers given" in page
    assert "Enter a date, for example 31/12/2019 or 31 December 2019" in page
    assert 'value="yesterday"' in page
    assert "<table" not in page
    response = as_officer.get("/example/?kind=nonsense&_export=csv")
    assert (response.status_code, text(response)) == (400, "Kind: Choose one of the answers given")


def test_nothing_found_has_a_way_out(as_officer):
    assert "Nothing matches these filters." in text(as_officer.get("/example/?name=nobody"))


def test_only_ones_own_rows_where_the_list_has_a_scope(as_officer, harrow, havering):
    page = text(as_officer.get("/example/own/"))
    assert "NHS Harrow CCG" in page
    assert "NHS Havering CCG" not in page


def test_a_list_is_closed_to_who_may_not_read_it(client, administrator):
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/example/own/").status_code == 403
    assert client.get("/example/").status_code == 200


def test_the_file_holds_every_filtered_row_raw_and_runs_no_formula(
    as_officer, practices, django_assert_num_queries
):
    practices(120)
    Organisation.objects.create(slug="evil", code="X1", name="=1+1", kind="practice")
    as_officer.get("/")  # begins the session
    with django_assert_num_queries(4):
        response = as_officer.get("/example/?kind=practice&sort=name&_export=csv")
        file = response.getvalue().decode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="organisations-2019-05-20.csv"'
    rows = list(csv.DictReader(file.splitlines()))
    assert list(rows[0]) == ["ods_code", "name", "opened_on", "number"]
    assert len(rows) == 121
    assert rows[0] == {"ods_code": "X1", "name": "'=1+1", "opened_on": "", "number": rows[0]["number"]}
    assert rows[1]["opened_on"] == "1990-01-01"


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (None, ""),
        (-5, -5),
        (Decimal("-1.50"), Decimal("-1.50")),
        (True, "yes"),
        (date(2019, 5, 20), "2019-05-20"),
        ("Zain", "Zain"),
        ("=cmd()", "'=cmd()"),
        (" +1", "' +1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        *((f"{sign}1", f"'{sign}1") for sign in "\uff1d\uff0b\uff0d\uff20"),
    ],
)
def test_a_cell_of_a_file(cell, written):
    assert raw(cell) == written


def test_text_in_a_cell_is_escaped(as_officer, harrow):
    harrow.name = "<script>alert(1)</script>"
    harrow.save()
    page = text(as_officer.get("/example/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_very_long_list_is_ordered_by_an_index_only(as_officer, practices, monkeypatch):
    practices(6)
    monkeypatch.setattr("pcnportal.pages.lists.CappedPaginator.CAP", 5)
    monkeypatch.setattr("tests.pages.examples.OrganisationTable.quick", ("name",))
    assert "More than 5 organisations" in text(as_officer.get("/example/?sort=-name"))
    said = "There are more than 5 organisations: filter the list before you order it by “Kind”."
    for asked in ("", "&_export=csv", "&_export=xlsx"):
        response = as_officer.get(f"/example/?sort=kind{asked}")
        assert said in text(response).replace("&#34;", '"')
    assert "<table" in text(as_officer.get("/example/?sort=kind&name=Practice 0001"))
