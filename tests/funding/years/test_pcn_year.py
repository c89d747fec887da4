"""One PCN's year: what each payment comes to, what was paid, what comes next, and the months across."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal import clock
from tests.funding.runs.paying import AUGUST, JULY
from tests.funding.years.reading import approved, text
from tests.reading import signed_in

PCN = "/funding/2019-20/gp-direct-pcn/"


@pytest.fixture
def pcn(paying: Any) -> Any:
    return approved(paying.pcn("GP Direct PCN", north=20_000, south=12_716))


def test_it_says_what_is_due_and_that_nothing_is_paid_yet(pcn, finance):
    page = text(finance.get(PCN))
    assert "£101,844.90 due. Nothing is paid yet: no payment run of 2019/20 has been approved." in page
    assert "£16,358.00 by 31 July 2019, for 4 months" in page
    assert "£1,868.45 by 31 July 2019" in page


def test_after_a_run_it_says_what_is_paid_and_what_comes_next(paying, pcn, finance):
    run = paying.paid(JULY)
    response = finance.get(PCN)
    page = text(response)
    assert "paid so far" in page
    assert "Nothing is paid yet" not in page
    assert "£4,089.50 by 31 August 2019" in page
    assert f'href="/funding/runs/{run.pk}/gp-direct-pcn/"' in response.content.decode()


def test_what_was_due_and_no_run_paid_is_said(pcn, finance):
    with clock.at(AUGUST):
        assert "£16,358.00 was due by 31 July 2019, paid by no run yet" in text(finance.get(PCN))


def test_a_run_that_waits_for_approval_has_paid_nothing(paying, pcn, finance):
    paying.calculated(JULY)
    assert "Nothing is paid yet" in text(finance.get(PCN))


def test_the_months_stand_across_and_add_up(pcn, finance):
    page = text(finance.get(PCN))
    assert "Apr 2019 May 2019 Jun 2019 Jul 2019" in page
    assert "All payments £4,089.50 £4,089.50 £4,089.50 £9,952.94" in page


def test_what_is_not_held_says_so_with_its_reason(pcn, finance):
    page = text(finance.get(PCN))
    assert "Network participation £1.761 not held Why?" in page
    assert "The weighted list size at 1 January 2019 is not held of north, south." in page
    assert "No claim is agreed." in page


def test_before_it_goes_live_everything_is_held(pcn, finance):
    page = text(finance.get(f"{PCN}?as_at=2019-06-30"))
    assert "£101,844.90 held until it is released" in page
    assert "It goes live on 1 July 2019. The whole period is due when the PCN goes live." in page


def test_a_day_that_is_none_shows_today_and_says_so(pcn, finance):
    page = text(finance.get(f"{PCN}?as_at=yesterday"))
    assert "“yesterday” is not a date, so the page shows 31 July 2019." in page


def test_somebody_elses_pcn_is_not_there(pcn, havering, paying):
    client = signed_in(havering)
    for address in (PCN, f"{PCN}core/"):
        assert client.get(address).status_code == 404
    assert signed_in(paying.user("auditor")).get(PCN).status_code == 200
    assert signed_in(paying.user("admin")).get(PCN).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/funding/1999-00/", "/funding/1999-00/gp-direct-pcn/", "/funding/2019-20/no-pcn/", f"{PCN}no-payment/"],
)
def test_what_is_not_held_at_all_is_not_there(pcn, finance, address):
    assert finance.get(address).status_code == 404


def test_it_asks_as_often_with_many_members_and_runs(paying, pcn, finance):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            finance.get(PCN)
        return len(queries)

    paying.paid(JULY)
    asked()
    one = asked()
    paying.paid(AUGUST)
    for number in range(8):
        paying.practice(f"practice {number}", 1000)
        paying.joins(f"practice {number}", pcn, JULY)
    assert asked() == one


def test_the_register_shows_it_to_who_may_see_it(paying, pcn, finance, havering):
    page = text(finance.get("/pcns/gp-direct-pcn/"))
    assert "Funding this year 2019/20: £101,844.90 due, nothing is paid yet." in page
    assert "Funding this year" not in text(signed_in(havering).get("/pcns/gp-direct-pcn/"))
    assert "Funding this year" not in text(finance.get("/pcns/gp-direct-pcn/?as_at=2017-05-01"))


def test_overdue_sums_have_their_own_days(pcn, finance):
    # Four months by July, then £4,089.50 by each of August and September.
    with clock.at(date(2019, 10, 15)):
        said = "£24,537.00 was due by 30 September 2019, the first of it (£16,358.00) since 31 July 2019"
        assert f"{said}, paid by no run yet" in text(finance.get(PCN))
        assert f"{said}, and no approved run has paid it." in text(finance.get(f"{PCN}core/"))


def test_practices_that_are_paid_their_shares_leave_no_penny_over(paying, finance):
    # 1.761 × 1 = £1.76 three times, and 1.761 × 3 = £5.28: the whole and its months are not what is paid.
    names = {f"practice {number}": (1, 1) for number in range(3)}
    paying.pcn("Pennies PCN", **names)
    paying.paid(date(2020, 4, 30))
    with clock.at(date(2020, 4, 30)):
        page = text(finance.get("/funding/2019-20/pennies-pcn/?as_at=2020-04-30"))
        why = text(finance.get("/funding/2019-20/pennies-pcn/network-participation/?as_at=2020-04-30"))
    assert "£0.01" not in page.split("Month by month")[0]
    assert "was due by" not in page
    assert "was due by" not in why
