"""A line of which some months can’t be reckoned, on the pages of a run: its pounds and for which months."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from funding.workflow.claims import withdraw_claim
from pcnportal import clock
from pcnportal.pages.jinja import pounds
from tests.funding.claims.acting import baseline, claim, fill, judge
from tests.funding.runs.paying import AUGUST, SEPTEMBER, line
from tests.reading import signed_in
from tests.registry.pages.reading import words

SEPTEMBER_FIRST = date(2019, 9, 1)
CORE = "£20,447.50 for April to August 2019; from 1 September 2019 not held"
DIRECTOR = "£3,736.89 for July to August 2019; from 1 September 2019 not held"


@pytest.fixture
def pcn(paying: Any) -> Any:
    pcn = paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    paying.practice("unlisted")
    paying.paid(AUGUST)
    paying.joins("unlisted", pcn, SEPTEMBER_FIRST)
    return pcn


def page(paying: Any, run: Any, part: str = "") -> str:
    return words(signed_in(paying.user("finance")).get(f"{run.get_absolute_url()}{part}"))


def test_the_statement_prints_what_is_reckoned_and_its_amounts_add_up(paying, pcn):
    with clock.at(SEPTEMBER):
        said = page(paying, paying.calculated(SEPTEMBER), "gp-direct-pcn/")
    assert f"List size used 32,716 Rate £1.50 Amount {CORE} Paid before £20,447.50" in said
    assert f"Amount {DIRECTOR}" in said
    assert "Amount Due" not in said
    # 20,447.50 + 3,736.89 + 7,989.97 of extended hours
    assert "Amount £32,174.36" in said
    assert f"Core PCN funding ({CORE})" in said


def test_the_run_says_what_is_reckoned_of_what_is_held(paying, pcn):
    with clock.at(SEPTEMBER):
        said = page(paying, paying.calculated(SEPTEMBER))
    assert f"Reckoned GP Direct PCN: {CORE}" in said
    assert f"Then £49,074.00 Now {CORE} Difference not held" in said


def test_a_claim_that_is_withdrawn_leaves_nothing_and_not_what_is_not_held(paying, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    pcn = paying.pcn("GP Direct PCN", north=20_000)
    first = date(2019, 7, 1)
    with clock.at(first):
        baseline(paying, pcn)
        post = fill(paying, pcn, starts_on=first)
    with clock.at(AUGUST):
        made = claim(paying, post, month=first)
        judge(paying, made)
    paying.paid(AUGUST)
    with clock.at(SEPTEMBER):
        withdraw_claim(made, by=paying.user("approver"), seen=made.version, reason="It was another PCN’s.")
        run = paying.calculated(SEPTEMBER)
        assert line(run, pcn, "clinical-pharmacist").state == "no_claim"
        assert f"Then £2,800.00 Now £0.00 Difference {pounds(Decimal(-2800))}" in page(paying, run)
