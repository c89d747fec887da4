"""A rate that was entered by mistake and that nobody confirmed is taken back, and stays readable."""

from typing import Any

import pytest

from funding.models import Rate, RateConfirmation
from funding.rates import rates_of
from funding.work import work_of
from funding.workflow.rates import add_rate, confirm_rate, replace_rate, withdraw_rate
from pcnportal.history.models import Event
from tests.claims import not_allowed, refused
from tests.funding.money import payment, rate, term, year
from tests.funding.years.reading import text
from tests.harrow import Harrow, settle
from tests.reading import buttons, rows, signed_in


@pytest.fixture
def harrow(db: Any) -> Harrow:
    return settle()


def entered(harrow: Harrow, pounds: str = "15", **facts: Any) -> Rate:
    return rate(pounds=pounds, confidence="M", entered_by=harrow.user("finance"), **facts)


def withdraw(harrow: Harrow, held: Rate, by: str = "finance", reason: str = "A point was missing.") -> None:
    withdraw_rate(held, by=harrow.user(by), reason=reason)


def of_core(harrow: Harrow) -> Any:
    return rates_of(year(), [harrow.ccg.pk])[harrow.ccg.pk][0]


def test_it_counts_nowhere_and_its_reason_is_in_the_history(harrow: Harrow):
    held = entered(harrow)
    assert "£15 for each registered patient" in of_core(harrow).lacking
    withdraw(harrow, held)
    event = Event.objects.latest("pk")
    assert (event.verb, event.subject, event.by) == ("withdrew a rate", held, harrow.user("finance"))
    assert (event.reason, event.commissioner) == ("A point was missing.", harrow.ccg)
    assert of_core(harrow).lacking == "No rate is held for Core in 2019/20."
    right = add_rate(
        year(),
        payment(),
        by=harrow.user("finance"),
        source=harrow.report,
        per="registered",
        pounds=held.pounds / 10,
    )
    assert not right.is_withdrawn


def test_what_it_was_to_replace_stands_and_may_be_replaced_again(harrow: Harrow):
    old = rate()
    wrong = entered(harrow, supersedes=old)
    withdraw(harrow, wrong)
    assert [one.in_pounds for one in of_core(harrow).rates] == ["£1.50"]
    assert of_core(harrow).lacking == ""
    with refused("It is withdrawn."):
        replace_rate(
            wrong, by=harrow.user("finance"), source=harrow.report, reason="Again.", per="registered"
        )
    right = replace_rate(
        old,
        by=harrow.user("finance"),
        source=harrow.report,
        reason="Risen.",
        per="registered",
        pounds=old.pounds + 1,
    )
    assert right.supersedes == old


def test_only_what_nobody_confirmed_is_withdrawn_and_with_a_reason(harrow: Harrow):
    published = rate(term(payment("clinical-director")), confidence="M")
    with refused("It came with the portal’s own data and its source."):
        withdraw(harrow, published)
    held = entered(harrow)
    with refused("Say why it is withdrawn.", "reason"):
        withdraw(harrow, held, reason=" ")
    for name in ("approver", "officer", "auditor"):
        with not_allowed():
            withdraw(harrow, held, by=name)
    newer = entered(harrow, "1.60", supersedes=held)
    with refused("It has a successor: £1.60 for each registered patient."):
        withdraw(harrow, held)
    withdraw(harrow, newer)
    with refused("It is withdrawn."):
        withdraw(harrow, newer)
    given: dict[str, Any] = {"commissioner": harrow.ccg, "reason": "Page 12."}
    with refused("It is withdrawn."):
        confirm_rate(newer, by=harrow.user("approver"), **given)
    confirm_rate(held, by=harrow.user("approver"), **given)
    with refused("NHS Harrow CCG has confirmed it, so it may have paid. Replace it if it is wrong."):
        withdraw(harrow, held)
    assert RateConfirmation.objects.count() == 1


def test_nobody_is_asked_to_confirm_it(harrow: Harrow):
    held = entered(harrow)
    approver = harrow.user("approver")

    def asked() -> list[str]:
        return [
            task.text for task in work_of(approver, year().starts_on).waiting if "to confirm" in task.text
        ]

    assert len(asked()) == 1
    withdraw(harrow, held)
    assert asked() == []


def test_its_page_says_so_and_offers_nothing_more(harrow: Harrow):
    held = entered(harrow)
    client = signed_in(harrow.user("finance"))
    assert buttons(client.get(f"/funding/rates/{held.pk}/")) == ["Replace this rate", "Withdraw this rate"]
    address = f"/funding/rates/{held.pk}/withdraw/"
    assert "Fill in: Why it is withdrawn" in text(client.post(address, {"reason": ""}))
    assert client.post(address, {"reason": "A point was missing."}).status_code == 302
    page = client.get(f"/funding/rates/{held.pk}/")
    assert buttons(page) == []
    assert "Withdrawn" in text(page)
    assert "A point was missing." in text(page)
    assert "It is withdrawn." in text(client.get(address))
    assert [row["status"] for row in rows(client.get("/funding/rates/?_export=csv"))] == ["Withdrawn"]
    assert "Core, 2019/20" in text(client.get("/funding/rates/")).split("No rate held")[1]
