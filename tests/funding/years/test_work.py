"""What waits for finance and its second person on the first page, and when PCNs are paid next."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funding.models import FinancialYear
from pcnportal import clock
from tests.funding.claims.rows import staff_of
from tests.funding.runs.paying import AUGUST, JULY
from tests.funding.years.reading import text
from tests.reading import signed_in


@pytest.fixture
def pcn(paying: Any) -> Any:
    return paying.pcn("GP Direct PCN", north=(20_000, "19990.50"), south=(12_716, "12000.25"))


def home(paying: Any, name: str) -> str:
    return text(signed_in(paying.user(name)).get("/"))


def test_finance_is_told_of_the_next_payment_with_its_sum(paying, pcn):
    # £16,358.00 core, £1,868.45 director, £3,994.99 extended hours; four months of the practices' shares of
    # participation, £11,734.42 and £7,044.15.
    page = home(paying, "finance")
    assert "A payment run to calculate: £41,000.01 due to 1 PCN" in page
    assert "Payment 31 July 2019, today" in page
    assert "Payment of PCNs £41,000.01 due to 1 PCN" in page


def test_a_run_that_waits_is_the_second_persons(paying, pcn):
    paying.calculated(JULY)
    assert "A payment run to calculate" not in home(paying, "finance")
    assert "1 payment run to approve" in home(paying, "approver")
    assert "to approve" not in home(paying, "officer")


def test_a_run_that_waits_and_whose_inputs_changed_is_to_be_discarded(paying, pcn):
    paying.calculated(JULY)
    paying.correct("north", 20_400)
    for name in ("finance", "approver"):
        page = home(paying, name)
        assert "1 payment run to discard and calculate again: what it was calculated from has changed" in page
        assert "for GP Direct PCN" in page
        assert "to approve" not in page


def test_after_it_is_approved_the_next_day_comes(paying, pcn):
    paying.paid(JULY)
    page = home(paying, "approver")
    assert "to approve" not in page
    # £4,089.50, £1,868.44, £3,994.98, and of participation £2,933.61 and £1,761.03.
    assert "31 August 2019, in 31 days Payment of PCNs £14,647.56 due to 1 PCN" in page
    assert "A payment run to calculate" not in home(paying, "finance")


def test_what_was_due_and_is_not_paid_is_overdue(paying, pcn):
    with clock.at(AUGUST):
        page = home(paying, "finance")
    assert (
        "A payment run to calculate: £55,647.57 due to 1 PCN by 31 August 2019, "
        "the first £41,000.01 of it by 31 July 2019" in page
    )
    assert "First payment 31 July 2019, 31 days ago" in page
    assert "£14,647.56 due to 1 PCN, part of the run to calculate" in page


def test_what_a_waiting_run_leaves_out_stays_to_be_calculated(paying, pcn):
    paying.calculated(JULY)
    with clock.at(AUGUST):
        page = home(paying, "finance")
    assert "A payment run to calculate: £14,647.56 due to 1 PCN" in page
    assert "1 payment run to approve" in page
    assert "Someone else than who calculated it approves it." in page


def test_a_pcn_that_is_not_live_has_no_payment_day(paying):
    paying.pcn("GP Direct PCN", live_from=None, north=32_716)
    page = home(paying, "finance")
    assert "Payment of PCNs" not in page
    assert "A payment run to calculate" not in page


def test_a_claim_waits_for_who_did_not_submit_it(paying, pcn):
    staff_of(pcn, paying.user("finance"))
    assert "1 claim for staff to judge" in home(paying, "approver")
    assert "claim for staff" not in home(paying, "finance")


def test_rates_of_the_present_year_wait_to_be_confirmed(paying):
    year = FinancialYear.objects.get(slug="2020-21")
    assert "to confirm" not in home(paying, "finance")
    with clock.at(year.starts_on):
        page = home(paying, "finance")
    assert "rates of 2020/21 to confirm: nothing is paid on it until then Clinical director" in page


def test_another_commissioners_money_is_not_on_the_first_page(paying, pcn, havering):
    paying.calculated(JULY)
    page = text(signed_in(havering).get("/"))
    assert "payment" not in page.lower()


def test_the_first_page_asks_as_often_for_many_pcns(paying, pcn):
    client = signed_in(paying.user("finance"))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    asked()
    one = asked()
    for number in range(8):
        paying.pcn(f"PCN {number}", **{f"practice {number}": 30_000})
    assert asked() == one
