"""Which rates pay a commissioner’s PCNs, and what a payment without one lacks."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funding.models import Rate, RateConfirmation, RunLine
from funding.rates import TermRates, paying, rates_of
from tests import factories as make
from tests.funding.money import payment, rate, term, year
from tests.harrow import Harrow, settle

State = RunLine.State


@pytest.fixture
def harrow(db: Any) -> Harrow:
    return settle()


def confirm(harrow: Harrow, held: Rate, commissioner: Any = None) -> None:
    RateConfirmation.objects.create(
        rate=held,
        commissioner=commissioner or harrow.ccg,
        by=harrow.user("finance"),
        on=make.GO_LIVE,
        reason="Read in the specification.",
    )


def core(harrow: Harrow) -> TermRates:
    return rates_of(year(), [harrow.ccg.pk])[harrow.ccg.pk][0]


def pounds(found: TermRates) -> list[str]:
    return [one.in_pounds for one in found.rates]


def test_a_rate_that_is_vouched_for_pays_everybody(harrow: Harrow):
    rate()
    found = rates_of(year(), [harrow.ccg.pk, harrow.havering.pk])
    for terms in found.values():
        assert (pounds(terms[0]), terms[0].state, terms[0].lacking) == (["£1.50"], State.DUE, "")


def test_a_payment_without_a_rate_says_so(harrow: Harrow):
    term()
    found = core(harrow)
    assert (found.rates, found.state, found.lacking) == (
        (),
        State.NO_RATE,
        "No rate is held for Core in 2019/20.",
    )


def test_a_rate_to_be_confirmed_pays_only_whom_their_own_finance_confirmed_it(harrow: Harrow):
    held = rate(confidence="M")
    assert core(harrow).state == State.UNCONFIRMED
    assert "£1.50 for each registered patient" in core(harrow).lacking
    confirm(harrow, held, harrow.havering)
    assert core(harrow).state == State.UNCONFIRMED
    confirm(harrow, held)
    assert (pounds(core(harrow)), core(harrow).lacking) == (["£1.50"], "")


def test_a_successor_replaces_a_rate_once_it_is_confirmed(harrow: Harrow):
    old = rate()
    new = rate(pounds="1.60", confidence="M", supersedes=old)
    assert pounds(core(harrow)) == ["£1.50"]
    assert "£1.60 for each registered patient" in core(harrow).lacking
    confirm(harrow, new)
    assert (pounds(core(harrow)), core(harrow).lacking) == (["£1.60"], "")


def test_a_successor_of_a_successor_replaces_both(harrow: Harrow):
    first = rate()
    second = rate(pounds="1.60", confidence="M", supersedes=first)
    third = rate(pounds="1.70", confidence="M", supersedes=second)
    confirm(harrow, third)
    assert (pounds(core(harrow)), core(harrow).lacking) == (["£1.70"], "")


def test_two_parts_of_a_rate_pay_together(harrow: Harrow):
    rate(pounds="2.218")
    rate(pounds="0.698", per="adjusted")
    assert pounds(core(harrow)) == ["£2.218", "£0.698"]


def test_a_rate_whose_list_is_not_held_never_pays(harrow: Harrow):
    confirm(harrow, rate(pounds="1.44", per="not_held", confidence="M"))
    found = core(harrow)
    assert (found.rates, found.state) == ((), State.NOT_HELD)
    assert "£1.44" in found.lacking
    assert "which list it uses is not held" in found.lacking


def test_a_maximum_pays_nothing_by_itself(harrow: Harrow):
    rate(pounds="1.185", per="adjusted", at_most=True)
    found = core(harrow)
    assert (found.rates, found.state) == ((), State.NOT_HELD)
    assert "£1.185 at most for each patient of the adjusted population" in found.lacking


def test_months_for_which_no_rate_is_held_are_named(harrow: Harrow):
    rate(starts_on=date(2019, 6, 1))
    assert core(harrow).lacking == "No rate is held for April 2019, May 2019."


def test_payments_come_in_their_order_in_a_constant_number_of_questions(
    harrow: Harrow, django_assert_num_queries: Any
):
    rate(term(payment("clinical-director")), "0.514")
    rate()
    for commissioners in ([harrow.ccg.pk], [harrow.ccg.pk, harrow.havering.pk]):
        of = year()
        with django_assert_num_queries(3):
            found = rates_of(of, commissioners)
        assert [one.term.payment.slug for one in found[harrow.ccg.pk]] == ["core", "clinical-director"]


CHAIN = st.lists(st.sampled_from("HMC"), min_size=1, max_size=6)


@given(CHAIN)
def test_of_a_chain_of_successors_the_newest_that_may_pay_does(letters: list[str]):
    """H is vouched for, M waits, C is confirmed: whatever the order, one pays where any may."""
    chain = [
        Rate(pk=n, per="registered", confidence="H" if letter == "H" else "M", supersedes_id=n - 1 or None)
        for n, letter in enumerate(letters, 1)
    ]
    confirmed = {n for n, letter in enumerate(letters, 1) if letter == "C"}
    usable = [n for n, letter in enumerate(letters, 1) if letter != "M"]
    assert [one.pk for one in paying(reversed(chain), confirmed)] == usable[-1:]


def test_as_of_a_day_only_what_was_confirmed_by_then_pays(harrow: Harrow):
    old = rate()
    confirm(harrow, rate(pounds="1.60", confidence="M", supersedes=old))
    on = make.GO_LIVE
    for day, paid in ((on - timedelta(days=1), "£1.50"), (on, "£1.60"), (on + timedelta(days=1), "£1.60")):
        found = rates_of(year(), [harrow.ccg.pk], day)[harrow.ccg.pk][0]
        assert (day, pounds(found)) == (day, [paid])
    before = rates_of(year(), [harrow.ccg.pk], on - timedelta(days=1))[harrow.ccg.pk][0]
    assert "£1.60 for each registered patient" in before.lacking
    assert "is not confirmed by finance." in before.lacking
