"""Lists as Excel workbooks: the same rows as the CSV file, numbers and dates as such, nothing that runs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory
from openpyxl import load_workbook

from pcnportal.pages import exports
from pcnportal.pages.exports import EXCEL, file_of
from pcnportal.people.models import Organisation

pytestmark = pytest.mark.urls("tests.pages.examples")


@pytest.fixture
def organisations(as_officer):
    for number, name in enumerate(["Zain Medical Centre", '=HYPERLINK("https://x")', "@cmd", "Bell\x07"]):
        Organisation.objects.create(
            slug=f"p{number}", code=f"P{number}", name=name, kind="practice", opened_on=date(1990, 1, 1)
        )
    return as_officer


def sheet(response: Any) -> Any:
    assert response["Content-Type"] == EXCEL
    return load_workbook(BytesIO(response.getvalue())).active


def written(*cells: object) -> Any:
    """The cells of one row, as a workbook holds them."""
    columns: Any = {f"column_{at}": (lambda row, at=at: row[at]) for at in range(len(cells))}
    return sheet(file_of("xlsx", "list", columns, [cells]))[2]


def test_a_workbook_holds_the_filtered_rows_in_order_under_bold_frozen_headers(organisations):
    response = organisations.get("/example/?kind=practice&sort=-name&_export=xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="organisations-2019-05-20.xlsx"'
    found = sheet(response)
    assert [cell.value for cell in found[1]] == ["ods_code", "name", "opened_on", "number"]
    assert all(cell.font.bold for cell in found[1])
    assert (found.freeze_panes, found.auto_filter.ref) == ("A2", "A1:D5")
    names = [row[1] for row in found.iter_rows(min_row=2, values_only=True)]
    assert names == sorted(names, reverse=True)
    assert "Bell" in names
    assert found["C2"].value.date() == date(1990, 1, 1)
    assert found["C2"].number_format == "yyyy-mm-dd"
    assert isinstance(found["D2"].value, int)


def test_a_text_like_a_formula_is_a_text(organisations):
    found = sheet(organisations.get("/example/?kind=practice&_export=xlsx"))
    cells = [row[1] for row in found.iter_rows(min_row=2)]
    assert {cell.value for cell in cells} >= {'=HYPERLINK("https://x")', "@cmd"}
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize(
    ("given", "held", "kind"),
    [
        (None, None, "n"),
        ("", None, "n"),
        (5, 5, "n"),
        (Decimal("5432.00"), 5432, "n"),
        (Decimal("32244.25"), 32244.25, "n"),
        (True, "yes", "s"),
        (date(2019, 5, 20), "2019-05-20T00:00:00", "d"),
        (datetime(2019, 5, 20, 13, 5, tzinfo=UTC), "2019-05-20T14:05:00", "d"),
        ("=1+1", "=1+1", "s"),
        ("x" * 40_000, "x" * 32_767, "s"),
    ],
)
def test_a_cell_of_a_workbook(given, held, kind):
    (cell,) = written(given)
    shown = cell.value.isoformat() if kind == "d" else cell.value
    assert (shown, cell.data_type) == (held, kind)


def test_a_list_too_long_for_a_workbook_is_refused_with_a_sentence(organisations, monkeypatch):
    monkeypatch.setattr(exports, "MOST_ROWS", 3)
    response = organisations.get("/example/?kind=practice&_export=xlsx")
    assert response.status_code == 400
    assert "An Excel file holds at most 3 rows." in response.content.decode()


def test_an_invalid_filter_gives_no_file(organisations):
    response = organisations.get("/example/?kind=nonsense&_export=xlsx")
    assert (response.status_code, response.content.decode()) == (400, "Kind: Choose one of the answers given")


def test_what_is_no_kind_of_file_gives_the_page():
    assert exports.kind_of(RequestFactory().get("/?_export=exe")) == ""


def test_both_files_are_offered_with_the_filters_of_the_page(organisations):
    page = organisations.get("/example/?kind=practice&page=1").content.decode()
    for kind, name in (("csv", "CSV"), ("xlsx", "Excel")):
        assert f'href="?kind=practice&amp;_export={kind}" download>Download {name}</a>' in page


def test_a_long_list_is_read_in_parts_and_lost_nowhere(organisations, monkeypatch):
    monkeypatch.setattr("pcnportal.pages.lists.AT_A_TIME", 2)
    lines = organisations.get("/example/?kind=practice&_export=csv").getvalue().decode().splitlines()
    assert len(lines) == 1 + 4
