"""The pages of payment runs: who sees them, what they tell, and the rows for a finance system."""

from datetime import date

import pytest

from funding.models import PaymentRun
from pcnportal import clock
from tests.claims import everything
from tests.funding.runs.paying import AUGUST, JULY
from tests.reading import rows, signed_in
from tests.registry.pages.reading import errors, words


@pytest.fixture
def pcn(paying):
    pcn = paying.pcn("GP Direct PCN", north=(20_000, 19_000), south=(12_716, 13_000))
    paying.payee(pcn, "north")
    return pcn


def opened(paying, path, name="finance", **data):
    client = signed_in(paying.user(name) if "@" not in name else paying.users[name])
    return client.post(path, data) if data else client.get(path)


def asked(paying, day, **changes):
    form = {"commissioner": paying.ccg.pk, "year": paying.year.pk}
    form |= {"paid_on_day": day.day, "paid_on_month": day.month, "paid_on_year": day.year}
    return opened(paying, "/funding/runs/new/", **(form | changes))


def test_finance_calculates_by_the_form(paying, pcn):
    with clock.at(JULY):
        response = asked(paying, JULY)
        run = PaymentRun.objects.get()
        assert (response.status_code, response["Location"]) == (302, f"/funding/runs/{run.pk}/")
        assert run.paid_on == JULY


def test_a_wrong_day_is_said_at_its_field_and_kept(paying, pcn):
    with clock.at(JULY):
        response = asked(paying, JULY, paid_on_year="2029")
        said = errors(response)
        assert list(said.values()) == ["Choose a day until 31 August 2019: what is due later may change."]
        assert 'value="2029"' in response.content.decode()


def test_a_second_run_is_refused_with_a_sentence(paying, pcn):
    paying.calculated(JULY)
    with clock.at(JULY):
        assert "waits for approval. Approve or discard it first." in words(asked(paying, JULY))


def test_a_run_tells_what_it_pays_what_changed_and_what_is_held(paying, pcn):
    paying.paid(JULY)
    paying.correct("south", 12_916)
    run = paying.calculated(AUGUST)
    with clock.at(AUGUST):
        page = words(opened(paying, run.get_absolute_url(), "approver"))
    # 100.00 for core, 11.42 and 24.42 for the month of July
    assert "of which arrears £135.84" in page
    assert "The list of south was corrected from 12,716 to 12,916." in page
    assert "No claim is agreed." in page
    assert "£300.00" in page  # core of the whole year: 200 × £1.50 more


def test_a_run_that_is_stale_asks_of_each_only_what_they_may_do(paying, pcn):
    run = paying.calculated(JULY)
    paying.correct("south", 12_916)
    with clock.at(JULY):
        finance, approver = (
            words(opened(paying, run.get_absolute_url(), of)) for of in ("finance", "approver")
        )
    assert "It can’t be approved: discard it and calculate again." in finance
    assert "It can’t be approved: once it is discarded, finance calculates again." in approver
    for page in (finance, approver):
        assert "what it was calculated from has changed since." in page
        assert "a second person in finance does that" not in page


def test_a_statement_tells_list_rate_amount_and_what_is_still_to_come(paying, pcn):
    run = paying.paid(JULY)
    page = words(opened(paying, f"{run.get_absolute_url()}gp-direct-pcn/", "officer"))
    assert "This payment: £41,005.44 for what is due by 31 July 2019, approved on 31 July 2019" in page
    assert "32,716 patients at 1 January 2019 count for Core PCN funding" in page
    assert "Nominated payee: north." in page
    # 19,000 and 13,000 × £1.761, a third of each: what practices get.
    assert "north List size used 19,000 Amount £33,459.00 Paid before £0.00 This payment £11,153.00" in page


def test_the_finance_system_gets_a_row_for_each_payee_and_month(paying, pcn):
    run = paying.paid(JULY)
    found = rows(opened(paying, f"{run.get_absolute_url()}payments/?_export=csv"))
    assert len(found) == 4 + 1 + 1 + 2 * 4
    assert found[0] == {
        "run": str(run.pk), "commissioner": "NHS Harrow CCG", "year": "2019/20", "paid_on": "2019-07-31",
        "pcn_code": "", "pcn": "GP Direct PCN", "payment": "Core PCN funding",
        "allocation": "CCG core programme allocation", "payee_code": "E84000", "payee": "north",
        "month": "2019-04-01", "due_on": "2019-07-31", "kind": "Due", "amount": "4089.50",
    }  # fmt: skip
    shares = {(row["payee"], row["amount"]) for row in found if row["payment"] == "Network participation"}
    assert shares == {("north", "2788.25"), ("south", "1907.75")}
    pence = sum(round(float(row["amount"]) * 100) for row in found)
    assert pence == 4_100_544


def test_the_same_rows_come_as_a_workbook_and_filtered(paying, pcn):
    run = paying.paid(JULY)
    address = f"{run.get_absolute_url()}payments/"
    assert opened(paying, f"{address}?_export=xlsx").content.startswith(b"PK")
    assert len(rows(opened(paying, f"{address}?_export=csv&payee=south"))) == 4
    assert len(rows(opened(paying, f"{address}?_export=csv&kind=Arrears"))) == 0


@pytest.mark.parametrize("by", ["pcn", "payment", "allocation", "nonsense"])
@pytest.mark.parametrize("when", ["paid", "month"])
def test_the_schedule_adds_up_to_what_is_reckoned(paying, pcn, by, when):
    run = paying.paid(JULY)
    page = words(opened(paying, f"{run.get_absolute_url()}schedule/?by={by}&when={when}"))
    # 49,074.00 + 16,816.02 + 35,954.88 + 32,000 × £1.761 = 56,352.00
    assert "£158,196.90" in page
    assert "Paid against due by 31 July 2019" in page


def test_another_commissioners_money_is_not_there(paying, pcn):
    run = paying.paid(JULY)
    havering = "finance@havering.example"
    for part in ("", "schedule/", "payments/", "gp-direct-pcn/", "approve/", "discard/"):
        assert opened(paying, f"{run.get_absolute_url()}{part}", havering).status_code == 404
    assert "No payment run has been calculated yet." in words(opened(paying, "/funding/runs/", havering))


def test_a_statement_of_a_pcn_that_is_not_in_the_run_is_not_there(paying, pcn):
    run = paying.paid(JULY)
    paying.pcn("Sphere PCN", other=30_000)
    for name in ("sphere-pcn", "nobody"):
        assert opened(paying, f"{run.get_absolute_url()}{name}/").status_code == 404


def test_reading_writes_nothing(paying, pcn):
    run = paying.calculated(JULY)
    client = signed_in(paying.user("approver"))
    client.get("/funding/runs/")
    before = everything()
    for part in ("", "schedule/", "payments/", "gp-direct-pcn/", "approve/", "discard/"):
        assert client.get(f"{run.get_absolute_url()}{part}").status_code == 200
    assert everything() == before


def test_who_has_no_payee_is_named(paying):
    paying.pcn("Sphere PCN", other=30_000)
    run = paying.calculated(date(2019, 7, 31))
    page = words(opened(paying, run.get_absolute_url()))
    assert "No payee is held for Sphere PCN." in page
