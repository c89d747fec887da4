"""The rates on pages: who sees and does what, in words and files."""

from typing import Any

import pytest

from funding.models import Rate, RateConfirmation
from funding.workflow.rates import confirm_rate
from tests.funding.money import payment, pharmacist, rate, term, year
from tests.funding.years.reading import text as words_of
from tests.harrow import Harrow, settle
from tests.reading import buttons, rows, signed_in


@pytest.fixture
def harrow(db: Any) -> Harrow:
    return settle()


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


SENT = {
    "per": "registered",
    "pounds": "1.50",
    "source_title": "Network Contract DES 2026/27",
    "source_date_day": "1",
    "source_date_month": "4",
    "source_date_year": "2019",
    "source_page": "12",
}


def test_the_list_says_how_sure_each_rate_is_and_who_confirmed_it(harrow: Harrow):
    waits = rate(confidence="M")
    for commissioner, by in ((harrow.ccg, "finance"), (harrow.havering, "finance@havering.example")):
        RateConfirmation.objects.create(
            rate=waits, commissioner=commissioner, by=harrow.user(by), on=year().starts_on, reason="Read."
        )
    pharmacist()
    found = rows(signed_in(harrow.user("auditor")).get("/funding/rates/?_export=csv"))
    assert [(row["payment"], row["status"], row["confirmed_by"]) for row in found] == [
        ("Core", "Confirmed", "NHS Harrow CCG"),
        ("Clinical pharmacist", "Vouched for", ""),
    ]
    assert (found[1]["percent"], found[1]["posts"], found[1]["more_above"]) == ("70.00", "1", "100000")


def test_the_list_says_how_sure_a_maximum_is(harrow: Harrow):
    rate(pounds="1.185", per="adjusted", at_most=True)
    rate(pounds="1.392", per="adjusted", at_most=True, confidence="M")
    found = rows(signed_in(harrow.user("finance")).get("/funding/rates/?_export=csv"))
    assert [row["status"] for row in found] == ["Maximum", "Maximum, not vouched for"]


def test_a_year_names_what_is_to_be_confirmed_beside_what_counts(harrow: Harrow):
    rate(pounds="2.218")
    waits = rate(pounds="2.967", per="adjusted", confidence="M")
    rate(term(payment("clinical-director")), "1.392", "adjusted", at_most=True, confidence="M")
    client = signed_in(harrow.user("finance"))
    said = "2019/20 Core Core and Clinical director (a maximum) – 1 January 2019"
    assert said in words_of(client.get("/funding/"))
    confirm_rate(waits, by=harrow.user("approver"), commissioner=harrow.ccg, reason="Read.")
    assert "2019/20 Core Clinical director (a maximum) –" in words_of(client.get("/funding/"))


def test_the_list_names_what_is_not_held(harrow: Harrow):
    term(payment("clinical-director")), year(2026)
    page = text(signed_in(harrow.user("finance")).get("/funding/rates/"))
    assert "Clinical director, 2019/20" in page
    assert "2026/27: any payment" in page
    filtered = text(signed_in(harrow.user("finance")).get("/funding/rates/?year=2019-20"))
    assert "2026/27: any payment" not in filtered


def test_the_list_asks_the_same_number_of_questions_for_many_rates(
    harrow: Harrow, django_assert_max_num_queries: Any
):
    client, asked = signed_in(harrow.user("finance")), []
    client.get("/funding/rates/")
    for count in (1, 12):
        for number in range(count):
            rate(term(in_year=year(2000 + number)))
        with django_assert_max_num_queries(8) as found:
            client.get("/funding/rates/")
        asked.append(len(found))
        Rate.objects.all().delete()
    assert asked[0] == asked[1]


def test_finance_adds_a_rate_and_another_person_confirms_it(harrow: Harrow):
    of, in_year = payment(), year()
    finance, approver = (signed_in(harrow.user(name)) for name in ("finance", "approver"))
    response: Any = finance.post("/funding/rates/new/", SENT | {"year": in_year.pk, "payment": of.pk})
    held = Rate.objects.get()
    assert response["Location"] == f"/funding/rates/{held.pk}/"
    assert (held.source.title, held.source.reference) == ("Network Contract DES 2026/27", "12")
    page = finance.get(f"/funding/rates/{held.pk}/")
    assert "You entered this rate, so another person confirms it." in text(page)
    assert buttons(page) == ["Replace this rate", "Withdraw this rate"]
    assert buttons(approver.get(f"/funding/rates/{held.pk}/")) == ["Confirm this rate"]
    assert "so another person confirms it" in text(finance.get(f"/funding/rates/{held.pk}/confirm/"))
    address = f"/funding/rates/{held.pk}/confirm/"
    assert "Fill in: How you know that the rate is right" in text(approver.post(address, {"reason": ""}))
    assert approver.post(address, {"reason": "Page 12."}).status_code == 302
    shown = text(approver.get(f"/funding/rates/{held.pk}/"))
    assert "Confirmed" in shown
    assert "Page 12." in shown


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(harrow: Harrow):
    rate()
    sent = SENT | {"year": year().pk, "payment": payment().pk, "pounds": "1.60", "note": "As announced"}
    page = text(signed_in(harrow.user("finance")).post("/funding/rates/new/", sent))
    assert "£1.50 for each registered patient is held for these days. Replace it if it is wrong." in page
    assert 'value="1.60"' in page
    assert "As announced" in page
    assert Rate.objects.count() == 1


def test_a_rate_is_replaced_with_the_old_one_filled_in(harrow: Harrow):
    held = pharmacist()
    client = signed_in(harrow.user("finance"))
    page = text(client.get(f"/funding/rates/{held.pk}/replace/"))
    assert 'value="37810"' in page
    assert 'value="70"' in page
    sent = SENT | {"per": "post", "pounds": "40,000", "percent": "70", "posts": "1", "reason": "Risen."}
    assert client.post(f"/funding/rates/{held.pk}/replace/", sent).status_code == 302
    assert Rate.objects.get(supersedes=held).in_words == "£40,000 at most for each post in twelve months"
    assert "Has a successor" in text(client.get(f"/funding/rates/{held.pk}/"))


def test_another_commissioners_confirmation_is_not_shown(harrow: Harrow):
    held = rate(confidence="M")
    RateConfirmation.objects.create(
        rate=held,
        commissioner=harrow.havering,
        by=harrow.user("finance@havering.example"),
        on=year().starts_on,
        reason="Havering read it.",
    )
    page = text(signed_in(harrow.user("finance")).get(f"/funding/rates/{held.pk}/"))
    assert "Havering read it." not in page
    assert "To be confirmed" in page
