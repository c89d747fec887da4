"""The page of a year: a row for each payment of each PCN, filtered, ordered, and as a file."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from pcnportal import clock
from tests.funding.runs.paying import AUGUST, JULY, MARCH
from tests.funding.years.reading import approved, text
from tests.reading import rows, signed_in

YEAR = "/funding/2019-20/"
FIRST = [
    "commissioner",
    "pcn",
    "payment",
    "list_size_used",
    "rate",
    "amount",
    "published_amount",
    "difference",
]


def exported(client: Any, query: str = "") -> dict[tuple[str, str], dict[str, str]]:
    found = rows(client.get(f"{YEAR}?_export=csv{query}"))
    return {(row["pcn"], row["payment"]): row for row in found}


def test_the_file_begins_with_the_stable_columns_and_holds_raw_numbers(paying, finance):
    paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    found = exported(finance)
    assert list(found["GP Direct PCN", "Core PCN funding"])[:8] == FIRST
    core = found["GP Direct PCN", "Core PCN funding"]
    assert [core[name] for name in FIRST[3:]] == ["32716", "1.5", "49074.00", "", ""]
    assert (core["commissioner"], core["state"], core["as_at"]) == ("NHS Harrow CCG", "Due", "2019-07-31")
    assert found["GP Direct PCN", "Clinical director"]["amount"] == "16816.02"
    assert found["GP Direct PCN", "Clinical director"]["list_as_at"] == "2019-01-01"


def test_the_workbook_holds_numbers_and_dates(paying, finance):
    paying.pcn("GP Direct PCN", north=32_716)
    sheet: Any = load_workbook(BytesIO(finance.get(f"{YEAR}?_export=xlsx").content)).active
    heads = [cell.value for cell in sheet[1]]
    director = next(row for row in sheet.iter_rows(min_row=2) if row[2].value == "Clinical director")
    cells = dict(zip(heads, director, strict=True))
    assert heads[:8] == FIRST
    assert (cells["rate"].value, cells["amount"].value) == (0.514, 16816.02)
    assert cells["list_as_at"].value.date() == date(2019, 1, 1)


def test_a_corrected_list_changes_the_page(paying, finance):
    paying.pcn("GP Direct PCN", north=32_716)
    assert "£49,074.00" in text(finance.get(YEAR))
    paying.correct("north", 30_000)
    page = text(finance.get(YEAR))
    assert "£45,000.00" in page
    assert "£49,074.00" not in page


def test_a_pcn_that_is_not_live_is_held_and_says_what_releases_it(paying, finance):
    paying.pcn("GP Direct PCN", live_from=None, north=32_716)
    page = text(finance.get(YEAR))
    assert "held until it is released" in page
    assert "The whole period is due when the PCN goes live." in page
    assert exported(finance)["GP Direct PCN", "Core PCN funding"]["state"] == "Held"


def test_money_is_reckoned_as_it_stood_on_the_day_that_is_asked_for(paying, finance):
    approved(paying.pcn("GP Direct PCN", north=32_716))
    assert exported(finance)["GP Direct PCN", "Core PCN funding"]["state"] == "Due"
    before = exported(finance, "&as_at=2019-06-30")["GP Direct PCN", "Core PCN funding"]
    assert (before["state"], before["as_at"]) == ("Held", "2019-06-30")
    assert "Reckoned as at 30 June 2019" in text(finance.get(f"{YEAR}?as_at=2019-06-30"))


def test_a_payment_without_the_right_list_is_never_reckoned_on_another(paying, finance):
    paying.pcn("GP Direct PCN", north=32_716)
    found = exported(finance)["GP Direct PCN", "Network participation"]
    assert (found["state"], found["amount"], found["list_size_used"]) == ("Not held", "", "")
    assert "The weighted list size at 1 January 2019 is not held of north" in text(finance.get(YEAR))


def test_what_runs_paid_stands_beside_what_is_due(paying, finance):
    paying.pcn("GP Direct PCN", north=32_716)
    assert "Nothing is paid yet" in text(finance.get(YEAR))
    paying.paid(JULY)
    assert exported(finance)["GP Direct PCN", "Core PCN funding"]["paid"] == "16358.00"
    before = exported(finance, "&as_at=2019-07-30")["GP Direct PCN", "Core PCN funding"]
    assert Decimal(before["paid"]) == 0


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("pcn=sphere", {"Sphere PCN"}),
        ("payment=core&state=due", {"GP Direct PCN", "Sphere PCN"}),
        ("commissioner=08E&pcn=direct+gp", {"GP Direct PCN"}),
        ("commissioner=08F", set()),
        ("state=held", set()),
        ("allocation=ccg_core", {"GP Direct PCN", "Sphere PCN"}),
    ],
)
def test_the_filters_leave_what_they_say(paying, finance, query, left):
    paying.pcn("GP Direct PCN", north=32_716)
    paying.pcn("Sphere PCN", south=40_000)
    assert {pcn for pcn, _ in exported(finance, f"&{query}")} == left


def test_a_wrong_day_is_an_error_and_no_list(paying, finance):
    page = text(finance.get(f"{YEAR}?as_at=31+July"))
    assert "There is a problem" in page
    assert finance.get(f"{YEAR}?as_at=31+July&_export=csv").status_code == 400


def test_the_list_is_ordered_by_any_column(paying, finance):
    paying.pcn("GP Direct PCN", north=32_716)
    paying.pcn("Sphere PCN", south=40_000)
    found = rows(finance.get(f"{YEAR}?_export=csv&sort=-amount"))
    amounts = [Decimal(row["amount"]) for row in found if row["amount"]]
    assert amounts == sorted(amounts, reverse=True)
    for column in ("pcn", "payment", "list_size_used", "rate", "published_amount", "difference", "state"):
        assert finance.get(f"{YEAR}?sort={column}").status_code == 200


def test_long_lists_come_in_pages(paying, finance):
    for number in range(10):
        paying.pcn(f"PCN {number}", **{f"practice {number}": 30_000 + number})
    page = text(finance.get(f"{YEAR}?per_page=25"))
    assert "60 payments of PCNs, 1 to 25 shown" in page
    assert "PCN 9" in text(finance.get(f"{YEAR}?per_page=25&page=3"))


def test_the_page_asks_as_often_for_many_pcns_as_for_one(paying, finance):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert finance.get(YEAR).status_code == 200
        return len(queries)

    paying.pcn("GP Direct PCN", north=32_716)
    asked()
    one = asked()
    for number in range(12):
        paying.pcn(f"PCN {number}", **{f"practice {number}": 30_000 + number})
    assert asked() == one


def test_totals_say_whether_they_are_sums_of_rows_or_a_rate_times_the_sum_of_lists(paying, finance):
    # £0.514 × 1 = £0.51 each, together £1.54; £0.514 × 3 = £1.54 (1.542): the rows add up to a penny less.
    for number in range(3):
        paying.pcn(f"PCN {number}", **{f"practice {number}": 1})
    page = text(finance.get(YEAR))
    assert "Clinical director: £0.514 × 3 patients = £1.54; the rows add up to £0.01 less." in page
    assert "Core PCN funding: £1.50 × 3 patients = £4.50." in page
    assert "Sum of the rows" in page
    assert "Rate × sum of lists" in page


def test_a_total_names_what_it_adds_as_it_stands_where_a_list_changed_in_the_year(paying, finance):
    paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    paying.pcn("Steady PCN", west=30_000)
    assert "as it stands" not in text(finance.get(YEAR))
    paying.leaves("south", date(2019, 10, 1))
    with clock.at(MARCH):
        page = text(finance.get(YEAR))
    # Six months on 32,716 patients and six on 20,000: £24,537.00 and £15,000.00.
    assert (
        "Core PCN funding: £1.50 × 30,000 patients = £45,000.00, and as they stand 1 re-planned row: "
        "£39,537.00, together £84,537.00." in page
    )
    assert "3 re-planned rows among it: there the months before the change keep the list" in page


def test_the_chart_stands_beside_its_table(paying, finance):
    paying.pcn("GP Direct PCN", north=32_716)
    page = finance.get(YEAR).content.decode()
    assert "Core PCN funding: £49,074.00, Clinical director: £16,816.02" in page
    assert "What each payment gives each PCN" in page


def test_each_amount_leads_to_why_on_the_same_day(paying, finance):
    paying.pcn("GP Direct PCN", north=32_716)
    page = finance.get(f"{YEAR}?as_at=2019-08-31").content.decode()
    assert 'href="/funding/2019-20/gp-direct-pcn/core/?as_at=2019-08-31"' in page
    assert AUGUST.isoformat() in page


def test_another_commissioners_money_is_in_no_list_and_no_file(paying, havering):
    paying.pcn("GP Direct PCN", north=32_716)
    client = signed_in(havering)
    assert "GP Direct" not in text(client.get(YEAR))
    assert rows(client.get(f"{YEAR}?_export=csv")) == []
    assert rows(client.get(f"{YEAR}?_export=csv&commissioner=08E")) == []
    assert "GP Direct" not in text(client.get("/funding/"))
