"""Rates: finance enters, another person of each commissioner confirms, a successor replaces."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from funding.models import Rate, RateConfirmation, Term
from funding.rates import rates_of
from funding.workflow.rates import add_rate, confirm_rate, replace_rate
from pcnportal.history.models import Event
from tests.claims import not_allowed, refused
from tests.funding.money import payment, pharmacist, rate, term, year
from tests.harrow import Harrow, settle


@pytest.fixture
def harrow(db: Any) -> Harrow:
    settled = settle()
    year(), payment()
    return settled


def add(harrow: Harrow, by: str = "finance", **facts: Any) -> Rate:
    given: dict[str, Any] = {"per": "registered", "pounds": Decimal("1.50"), "source": harrow.report} | facts
    of = given.pop("year", None) or year(), given.pop("payment", None) or payment()
    return add_rate(*of, by=harrow.user(by), **given)


def replace(harrow: Harrow, held: Rate, by: str = "finance", **facts: Any) -> Rate:
    given: dict[str, Any] = {"per": "registered", "pounds": Decimal("1.60"), "reason": "Risen."} | facts
    return replace_rate(held, by=harrow.user(by), source=harrow.report, **given)


def confirm(harrow: Harrow, held: Rate, by: str = "approver", **facts: Any) -> RateConfirmation:
    given: dict[str, Any] = {"commissioner": harrow.ccg, "reason": "Read in the specification."} | facts
    return confirm_rate(held, by=harrow.user(by), **given)


def test_an_entered_rate_waits_for_another_person(harrow: Harrow):
    held = add(harrow)
    assert (held.confidence, held.entered_by, held.term.payment.slug) == ("M", harrow.user("finance"), "core")
    assert (held.starts_on, held.ends_on) == (date(2019, 4, 1), date(2020, 4, 1))
    event = Event.objects.latest("pk")
    assert (event.verb, event.subject, event.commissioner) == ("added a rate", held, harrow.ccg)
    with refused("You entered this rate, so another person confirms it."):
        confirm(harrow, held, by="finance")
    confirm(harrow, held)
    assert list(rates_of(year(), [harrow.ccg.pk])[harrow.ccg.pk][0].rates) == [held]
    assert Event.objects.latest("pk").verb == "confirmed a rate"


def test_only_finance_enters_and_only_for_its_own_commissioner_it_confirms(harrow: Harrow):
    term()
    for name in ("officer", "approver", "auditor"):
        with not_allowed():
            add(harrow, by=name)
    held = rate(confidence="M")
    with not_allowed("This belongs to another commissioner: NHS Havering CCG."):
        confirm(harrow, held, commissioner=harrow.havering)
    with not_allowed():
        confirm(harrow, held, by="officer")
    with not_allowed():
        replace(harrow, held, by="approver")


def test_each_commissioner_confirms_for_itself(harrow: Harrow):
    held = rate(confidence="M")
    confirm(harrow, held)
    confirm(harrow, held, by="finance@havering.example", commissioner=harrow.havering)
    assert held.confirmations.count() == 2
    with refused("NHS Harrow CCG has confirmed it already."):
        confirm(harrow, held)


def test_a_confirmation_says_why_and_is_of_what_can_pay(harrow: Harrow):
    waits = rate(confidence="M")
    with refused("Say how you know that the rate is right.", "reason"):
        confirm(harrow, waits, reason=" ")
    for held, sentence in (
        (rate(term(payment("clinical-director"))), "It is vouched for: it needs no confirmation."),
        (rate(pounds="1.44", per="not_held", confidence="M"), "Which list it uses is not held"),
        (rate(pounds="1.185", confidence="M", at_most=True), "It is a maximum and pays nothing by itself"),
    ):
        with refused(sentence):
            confirm(harrow, held)


def test_a_rate_for_the_same_is_replaced_and_not_added(harrow: Harrow):
    rate()
    with refused("£1.50 for each registered patient is held for these days.", "per"):
        add(harrow, pounds=Decimal("1.60"))
    assert add(harrow, per="adjusted", pounds=Decimal("0.698")).per == "adjusted"


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        ({"pounds": Decimal(0)}, "Enter an amount above nothing.", "pounds"),
        ({"per": "not_held"}, "Choose what it is counted by.", "per"),
        ({"source": None}, "Say where you read it.", "source_title"),
        ({"starts_on": date(2019, 3, 1)}, "Choose days from 1 April 2019 until 1 April 2020", "starts_on"),
        ({"ends_on": date(2020, 5, 1)}, "Choose days from 1 April 2019 until 1 April 2020", "ends_on"),
        ({"starts_on": date(2019, 7, 15)}, "A rate is for whole months", "starts_on"),
        ({"per": "post"}, "A reimbursement of staff is for a post", "per"),
    ],
)
def test_what_is_wrong_is_named(harrow: Harrow, facts, sentence, field):
    with refused(sentence, field):
        add(harrow, **facts)


def test_a_rate_of_a_post_says_its_part_and_number(harrow: Harrow):
    held = pharmacist()
    new: dict[str, Any] = {"per": "post", "pounds": Decimal(40000)}
    with refused("Enter which part of the cost is reimbursed.", "percent"):
        replace(harrow, held, **new)
    with refused("Enter how many posts a PCN may have.", "posts"):
        replace(harrow, held, **new, percent=Decimal(70))
    with refused("Enter both", "more_posts"):
        replace(harrow, held, **new, percent=Decimal(70), posts=1, more_posts=2)
    assert replace(harrow, held, **new, percent=Decimal(70), posts=1).supersedes == held


def test_a_payment_of_a_year_that_was_not_held_comes_with_its_first_rate(harrow: Harrow):
    held = add(harrow, year=year(2026))
    assert (held.term.starts_on, held.term.timing, held.term.allocation) == (date(2026, 4, 1), "", "")


def test_a_successor_keeps_the_days_and_the_old_rate_pays_until_it_is_confirmed(harrow: Harrow):
    old = rate(starts_on=date(2019, 7, 1))
    new = replace(harrow, old)
    assert (new.supersedes, new.starts_on, new.ends_on) == (old, old.starts_on, old.ends_on)
    paid = rates_of(year(), [harrow.ccg.pk])[harrow.ccg.pk][0].rates
    assert list(paid) == [old]
    confirm(harrow, new)
    paid = rates_of(year(), [harrow.ccg.pk])[harrow.ccg.pk][0].rates
    assert list(paid) == [new]


def test_a_replacement_differs_says_why_and_is_of_the_newest(harrow: Harrow):
    old = rate()
    with refused("Nothing differs from the rate that is held.", "pounds"):
        replace(harrow, old, pounds=Decimal("1.50"))
    with refused("Say why it is replaced.", "reason"):
        replace(harrow, old, reason="")
    replace(harrow, old)
    with refused("It has a successor already: £1.60 for each registered patient."):
        replace(harrow, old, pounds=Decimal("1.70"))


def test_two_rates_for_the_same_are_not_both_confirmed(harrow: Harrow):
    first, second = rate(confidence="M"), rate(pounds="1.60", confidence="M")
    confirm(harrow, first)
    with refused("£1.50 for each registered patient pays for the same days already."):
        confirm(harrow, second)


def test_an_older_rate_is_not_confirmed_beside_its_successor(harrow: Harrow):
    old = rate(confidence="M")
    confirm(harrow, replace(harrow, old))
    with refused("£1.60 for each registered patient pays for the same days already."):
        confirm(harrow, old)


def test_what_a_rate_counts_by_may_be_mended(harrow: Harrow):
    old = rate(pounds="1.44", per="not_held", confidence="M")
    new = replace(harrow, old, pounds=Decimal("1.44"))
    confirm(harrow, new)
    assert list(rates_of(year(), [harrow.ccg.pk])[harrow.ccg.pk][0].rates) == [new]


def test_a_refused_rate_leaves_no_payment_behind(harrow: Harrow):
    later = year(2026)
    with refused("Enter an amount above nothing.", "pounds"):
        add(harrow, year=later, pounds=Decimal(-1))
    assert not Term.objects.exists()
