"""Havering's and Redbridge's networks, as the slides of July 2019 leave them: published, and not reckoned."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from funding.models import FinancialYear, PublishedAmount
from funding.rows import Row, rows_of
from pcnportal import clock
from pcnportal.people.models import Organisation, User
from tests.demo import played
from tests.funding.years.reading import text
from tests.reading import rows, signed_in

pytestmark = pytest.mark.django_db

DAY, BEFORE = date(2019, 7, 31), date(2019, 7, 23)
LISTED = {"core", "clinical-director", "extended-hours", "network-participation"}


@pytest.fixture(scope="module", autouse=True)
def users(django_db_setup: Any, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    with played(django_db_blocker, DAY) as users, clock.at(DAY):
        yield users


def rows_on(day: date, code: str) -> list[Row]:
    year = FinancialYear.objects.get(slug="2019-20")
    return rows_of(year, [Organisation.objects.get(code=code).pk], day)


@pytest.mark.parametrize(("code", "networks"), [("08F", 4), ("08N", 5)])
def test_no_amount_is_reckoned_where_no_list_of_january_is_held(code, networks):
    found = [row for row in rows_on(DAY, code) if row.line.payment.slug in LISTED]
    assert len({row.pcn for row in found}) == networks
    assert {(row.state, row.amount, row.list_size_used, row.difference) for row in found} == {
        ("Not held", None, None, None)
    }


@pytest.mark.parametrize("code", ["08F", "08N"])
def test_what_is_published_stands_beside_from_the_day_of_its_document(code):
    assert all(row.published_amount is not None for row in rows_on(DAY, code))
    assert all(row.published is None for row in rows_on(BEFORE, code))


def test_the_published_amounts_are_those_of_the_table():
    core = {row.pcn: row.published_amount for row in rows_on(DAY, "08F") if row.line.payment.slug == "core"}
    assert sorted(filter(None, core.values())) == [
        Decimal("63943.50"),
        Decimal("72363.00"),
        Decimal("124791.00"),
        Decimal("160056.00"),
    ]


def test_harrows_networks_are_reckoned_on_their_stated_lists():
    core = {row.pcn: row.amount for row in rows_on(DAY, "08E") if row.line.payment.slug == "core"}
    # £1.50 × 34,406, 32,716, 28,619, 52,069, 80,779 and 41,212.
    assert sorted(filter(None, core.values())) == [
        Decimal("42928.50"),
        Decimal("49074.00"),
        Decimal("51609.00"),
        Decimal("61818.00"),
        Decimal("78103.50"),
        Decimal("121168.50"),
    ]


def test_a_published_amount_is_compared_where_an_amount_is_held(users):
    row = next(row for row in rows_on(DAY, "08E") if row.line.payment.slug == "core")
    other = PublishedAmount.objects.filter(kind="row", payment__slug="core").first()
    PublishedAmount.objects.filter(pk=other.pk).update(
        pcn=row.line.network.pk, pounds=Decimal("51608.00"), text="51,608.00"
    )
    client = signed_in(users["finance@harrow.example"])
    found = {r["pcn"]: r for r in rows(client.get("/funding/2019-20/?_export=csv&payment=core"))}
    assert (found[row.pcn]["published_amount"], found[row.pcn]["difference"]) == ("51608.00", "-1.00")
    address = f"/funding/2019-20/{row.line.network.slug}/"
    assert "published £1.00 less" in text(client.get(address))
    assert "Published: 51,608.00 in" in text(client.get(f"{address}core/"))


def test_a_years_page_says_where_no_rate_is_held(users):
    client = signed_in(users["finance@harrow.example"])
    assert "No rate is held for 2026/27, so nothing is reckoned." in text(client.get("/funding/2026-27/"))
    page = text(client.get("/funding/"))
    assert "2026/27 No rate held" in page
    assert "NHS Harrow CCG £839,890.51" in page


def test_a_rate_that_is_not_confirmed_pays_nothing_and_says_so(users):
    client = signed_in(users["finance@harrow.example"])
    found = rows(client.get("/funding/2021-22/?_export=csv&payment=clinical-director&state=unconfirmed"))
    assert {row["amount"] for row in found} == {""}
    assert all("is not confirmed by finance" in row["why"] for row in found)
    assert len(found) == 6
