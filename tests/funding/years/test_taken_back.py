"""What is paid for a claim that is withdrawn stands on every page that tells of what comes next."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from funding.workflow.claims import withdraw_claim
from pcnportal import clock
from tests.funding.claims.acting import baseline, claim, fill, judge
from tests.funding.runs.paying import AUGUST, SEPTEMBER
from tests.funding.years.reading import text
from tests.reading import signed_in

PCN = "/funding/2019-20/gp-direct-pcn/"
FIRST, SECOND = date(2019, 7, 1), date(2019, 8, 1)
TOO_MUCH = "£3,150.83 too much is paid for days until 31 August 2019: a run takes it off"


@pytest.fixture
def pcn(paying: Any, settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    pcn = paying.pcn("GP Direct PCN", north=20_000)
    with clock.at(FIRST):
        baseline(paying, pcn)
        paying.post = fill(paying, pcn, starts_on=FIRST)
    return pcn


def agreed(paying: Any, month: date, day: date, cost: str) -> Any:
    with clock.at(day):
        made = claim(paying, paying.post, month=month, cost=Decimal(cost))
        judge(paying, made)
    return made


@pytest.fixture
def withdrawn(paying: Any, pcn: Any) -> Any:
    made = agreed(paying, FIRST, AUGUST, "5000.55")
    paying.paid(AUGUST)
    with clock.at(SEPTEMBER):
        withdraw_claim(made, by=paying.user("approver"), seen=made.version, reason="It was another PCN’s.")
    return made


def pages(paying: Any, *addresses: str) -> list[str]:
    with clock.at(SEPTEMBER):
        finance = signed_in(paying.user("finance"))
        return [text(finance.get(address)) for address in addresses]


def test_the_only_claim_of_a_year(paying, pcn, withdrawn):
    year, of_pcn, why, register = pages(
        paying, "/funding/2019-20/", PCN, f"{PCN}clinical-pharmacist/", "/pcns/gp-direct-pcn/"
    )
    assert "of it is paid so far, and £3,150.83 too much, which a run takes off" in year
    assert f"£3,150.83 {TOO_MUCH} No claim agreed" in of_pcn
    assert "£3,150.83 of it too much" in of_pcn
    assert "£3,150.83 of it too much" in register
    assert TOO_MUCH in why
    assert "July 2019 31 August 2019 £0.00 £3,150.83" in why
    assert "Claims that were withdrawn" in why
    assert "July 2019 Pharmacist £5,000.55 30 September 2019" in why
    assert "They are held" not in why


def test_what_comes_next_stands_beside_it(paying, pcn, withdrawn):
    agreed(paying, SECOND, SEPTEMBER, "3000.00")
    of_pcn, why = pages(paying, PCN, f"{PCN}clinical-pharmacist/")
    assert f"{TOO_MUCH}; £2,100.00 by 30 September 2019" in of_pcn
    assert f"{TOO_MUCH}. Next: £2,100.00 by 30 September 2019." in why


def test_the_first_page_announces_what_the_run_pays(paying, pcn, withdrawn):
    (home,) = pages(paying, "/")
    run = paying.calculated(SEPTEMBER)
    pays = sum(run.lines.values_list("to_pay", flat=True))
    assert f"A payment run to calculate: £{pays:,.2f} due to 1 PCN" in home
    assert "£3,150.83 that is paid too much is taken off" in home
    assert "A payment run to calculate" not in pages(paying, "/")[0]


def test_a_run_that_only_takes_off_is_announced(paying, pcn):
    made = agreed(paying, FIRST, AUGUST, "5000.55")
    paying.paid(AUGUST)
    with clock.at(date(2019, 9, 2)):
        withdraw_claim(made, by=paying.user("approver"), seen=made.version, reason="It was another PCN’s.")
        said = text(signed_in(paying.user("finance")).get("/"))
    assert "A payment run to calculate: it takes off £3,150.83 that is paid too much to 1 PCN" in said


def test_nothing_is_said_once_it_is_taken_back(paying, pcn, withdrawn):
    paying.paid(SEPTEMBER)
    year, of_pcn, why = pages(paying, "/funding/2019-20/", PCN, f"{PCN}clinical-pharmacist/")
    assert "too much" not in year + of_pcn + why
    assert "Claims that were withdrawn" in why
