"""Rows whose rate and list do not multiply to their amount say so: re-planned, closed, partly or not held."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pcnportal import clock
from tests import factories as make
from tests.funding.runs.paying import MARCH
from tests.funding.years.reading import text
from tests.reading import rows

YEAR, PCN = "/funding/2019-20/", "/funding/2019-20/gp-direct-pcn/"
AT = "?as_at=2020-03-31"


@pytest.fixture
def pcn(paying: Any) -> Any:
    return paying.pcn("GP Direct PCN", north=20_000, south=12_716)


def core(client: Any) -> dict[str, str]:
    return next(row for row in rows(client.get(f"{YEAR}?_export=csv")) if "Core" in row["payment"])


def test_a_replanned_row_is_marked(paying, pcn, finance):
    assert "re-planned" not in text(finance.get(YEAR))
    paying.leaves("south", date(2019, 10, 1))
    with clock.at(MARCH):
        for address in (YEAR, PCN, "/pcns/gp-direct-pcn/"):
            assert "re-planned: see why" in text(finance.get(address))
        assert "Re-planned in the year" in core(finance)["why"]


def test_two_rates_and_lists_are_both_shown(paying, pcn, finance):
    for kind, patients in (("registered", 32_000), ("adjusted", 31_000)):
        make.ListSizeFactory(
            organisation=pcn.organisation, kind=kind, patients=Decimal(patients), as_at=date(2024, 1, 1)
        )
    page = text(finance.get("/funding/2024-25/gp-direct-pcn/?as_at=2024-05-01"))
    assert "32,000 and 31,000 £2.218 and £0.698 £92,614.00" in page


def test_a_closed_pcn_says_until_when_it_counts(paying, pcn, finance):
    paying.closes(pcn, date(2019, 12, 1))
    with clock.at(MARCH):
        page = text(finance.get(f"{PCN}core/"))
        assert "£32,716.00 for 1 April 2019 to 30 November 2019." in page
        closed = "The PCN is closed from 1 December 2019: no month that begins from then on is due."
        assert closed in page
        assert "From 1 December 2019 the PCN is closed: nothing is due from then on." in page
        assert "× not held" not in page
        assert closed in text(finance.get(PCN))
        assert closed in core(finance)["why"]


def test_a_partly_held_line_says_for_which_months(paying, pcn, finance):
    paying.practice("unlisted")
    paying.joins("unlisted", pcn, date(2019, 12, 1))
    with clock.at(MARCH):
        said = "£32,716.00 for April to November 2019; from 1 December 2019 not held"
        assert f"{said}. Due" in text(finance.get(f"{PCN}core/"))
        page = text(finance.get(PCN))
        assert said in page
        assert page.count("£62,033.16") >= 3  # above, the sum of the rows, and the sum of the months
        assert core(finance)["reckoned"] == "32716.00"
        assert core(finance)["amount"] == ""


def test_nothing_reckoned_is_not_held_and_not_nothing(paying, finance):
    paying.pcn("GP Direct PCN", north=None)
    assert "NHS Harrow CCG not held not held not held" in text(finance.get("/funding/"))
    assert "£0.00" not in text(finance.get(YEAR)).split("Each payment of each PCN")[1].split("State")[-1]


def test_the_rows_that_stand_as_they_are_and_those_reckoned_in_part_are_counted(paying, pcn, finance):
    paying.pcn("Sphere PCN", middle=30_000, other=1_000)
    paying.pcn("Third PCN", third=25_000)
    paying.leaves("other", date(2019, 10, 1))
    paying.practice("unlisted")
    paying.joins("unlisted", pcn, date(2019, 12, 1))
    with clock.at(MARCH):
        page = text(finance.get(YEAR))
        # core, 32,716.00 in part and 45,750.00 re-planned
        assert "and as they stand 1 re-planned row and 1 row reckoned in part: £78,466.00" in page
        assert "9 rows without an amount, 3 rows reckoned in part" in page
        assert "3 rows without an amount, 3 rows reckoned in part" in text(finance.get(PCN))
