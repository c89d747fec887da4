"""Why an amount is what it is: in numbers and in words, with sources, on one page."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from funding.models import PaymentRun, Rate, RateConfirmation
from registry.models import ListSize
from tests import factories as make
from tests.funding.runs.paying import JULY, OCTOBER
from tests.funding.years.reading import text

WHY = "/funding/2019-20/gp-direct-pcn/"


@pytest.fixture
def pcn(paying: Any) -> Any:
    return paying.pcn("GP Direct PCN", north=(20_000, "19990.50"), south=(12_716, "12000.25"))


def test_the_multiplication_is_written_out(pcn, finance):
    page = text(finance.get(f"{WHY}core/"))
    assert "£1.50 × 32,716 patients = £49,074.00" in page
    assert "£1.50 for each registered patient, over 1 April 2019 to 31 March 2020, times 32,716" in page
    assert "It comes out at whole pennies, so nothing is rounded." in page


def test_rounding_is_said_in_words(pcn, finance):
    page = text(finance.get(f"{WHY}clinical-director/"))
    assert "£0.514 × 32,716 patients = £16,816.02" in page
    assert "That is £16,816.024, rounded half up to the penny: £16,816.02." in page


def test_it_names_the_sources_of_rate_and_lists(pcn, finance):
    page = text(finance.get(f"{WHY}core/"))
    assert "Primary Care Network Development in Havering" in page
    assert "Vouched for" in page
    assert "The list size is the sum of its members’ lists at 1 January 2019:" in page
    assert "north E84000 20,000 Harrow board report on Primary Care Networks" in page
    assert "Sum 32,716" in page


def test_a_source_of_rates_that_is_about_other_pcns_gives_its_rates_alone(paying, pcn, finance):
    paying.paid(JULY)
    run = PaymentRun.objects.get()
    for page in (
        text(finance.get(f"{WHY}core/")),
        text(finance.get(f"/funding/runs/{run.pk}/gp-direct-pcn/")),
    ):
        assert "the national rates and terms read there" in page
        assert "North is headed" not in page
        assert "Harrow board report on Primary Care Networks" in page


def test_a_list_that_the_pcn_states_itself_is_named_as_such(paying, pcn, finance):
    make.ListSizeFactory(organisation=pcn.organisation, patients=Decimal(33_000))
    page = text(finance.get(f"{WHY}core/"))
    assert "£1.50 × 33,000 patients = £49,500.00" in page
    assert "The list size is the PCN’s own as stated: 33,000 at 1 January 2019." in page


def test_the_instalments_have_their_days_and_add_up(pcn, finance):
    page = text(finance.get(f"{WHY}core/"))
    assert "12 months, which add up to £49,074.00 exactly" in page
    assert "April 2019 31 July 2019 £4,089.50" in page
    assert "August 2019 31 August 2019 £4,089.50" in page


def test_practices_shares_may_differ_from_the_whole_by_pennies(pcn, finance):
    page = text(finance.get(f"{WHY}network-participation/"))
    # 31,990.75 × £1.761 = £56,335.71 (.71075); 35,203.27 (.27050) + 21,132.44 (.44025) = 56,335.71.
    assert "£1.761 × 31,990.75 weighted patients = £56,335.71" in page
    assert "Each practice gets the rate × its own list, rounded to the penny." in page
    assert "north 19,990.5 £35,203.27" in page


def test_what_was_paid_before_names_the_runs(paying, pcn, finance):
    assert "Nothing is paid yet: no approved payment run holds this payment." in text(
        finance.get(f"{WHY}core/")
    )
    paying.paid(JULY)
    page = text(finance.get(f"{WHY}core/"))
    assert "Run of 31 July 2019 Due £16,358.00" in page
    assert "April 2019 31 July 2019 £4,089.50 £4,089.50" in page
    assert "Next: £4,089.50 by 31 August 2019." in page


def test_arrears_after_a_corrected_list_are_their_own_line(paying, pcn, finance):
    paying.paid(JULY)
    paying.correct("north", 20_284)
    paying.paid(OCTOBER)
    page = text(finance.get(f"{WHY}core/?as_at=2019-10-31"))
    assert "£1.50 × 33,000 patients = £49,500.00" in page
    assert "(corrects 20,000)" in page
    # Four months at £4,125.00 instead of £4,089.50.
    assert "Run of 31 October 2019 Arrears £142.00" in page


def test_a_change_in_the_year_is_replanned_from_its_month(paying, pcn, finance):
    paying.leaves("south", date(2019, 10, 1))
    page = text(finance.get(f"{WHY}core/?as_at=2019-10-31"))
    assert "£1.50 × 32,716 patients = £49,074.00" in page
    assert "6 of 12 months are paid, April 2019 to September 2019: £24,537.00 of it." in page
    assert "£1.50 × 20,000 patients = £30,000.00" in page
    assert "6 of 12 months are paid, October 2019 to March 2020: £15,000.00 of it." in page
    assert "The months before keep what they had." in page


def test_a_missing_list_is_said_and_never_replaced(paying, finance):
    paying.pcn("GP Direct PCN", north=20_000, south=12_716)
    page = text(finance.get(f"{WHY}network-participation/"))
    assert "No amount: not held." in page
    assert "£1.761 × not held" in page
    assert "It is never reckoned on another list." in page
    assert "= £" not in page


def test_an_implied_list_pays_nothing(paying, finance):
    pcn = paying.pcn("GP Direct PCN", north=None)
    make.ListSizeFactory(organisation=pcn.organisation, kind=ListSize.Kind.IMPLIED, patients=Decimal(42_629))
    page = text(finance.get(f"{WHY}core/"))
    assert "No amount: not held." in page
    assert "42,629" not in page


def test_a_staff_reimbursement_says_what_it_pays(pcn, finance):
    page = text(finance.get(f"{WHY}clinical-pharmacist/"))
    assert "70% of what a post costs, at most £37,810 in twelve months" in page
    assert "1 post a PCN, 2 above 100,000 patients" in page
    assert "No amount: no claim agreed." in page
    assert "The baseline of 31 March 2019 is not held. Only what is above it is reimbursed" in page
    assert "whole-time equivalents in post are not held" in page


def test_two_rates_on_two_lists_are_written_out_one_after_the_other(paying, pcn, finance):
    for kind, patients in (("registered", 32_000), ("adjusted", 31_000)):
        make.ListSizeFactory(
            organisation=pcn.organisation,
            kind=kind,
            patients=Decimal(patients),
            as_at=date(2024, 1, 1),
        )
    page = text(finance.get("/funding/2024-25/gp-direct-pcn/core/?as_at=2024-05-01"))
    assert "£2.218 × 32,000 patients = £70,976.00" in page
    assert "£0.698 × 31,000 adjusted patients = £21,638.00" in page
    assert "Together: £92,614.00." in page
    assert "How it is paid not held" in page


def test_a_confirmed_rate_names_who_vouched_for_it(paying, pcn, finance):
    rate = Rate.objects.get(term__year__slug="2020-21", term__payment__slug="clinical-director")
    make.ListSizeFactory(organisation=pcn.organisation, patients=Decimal(32_000), as_at=date(2020, 1, 1))
    address = "/funding/2020-21/gp-direct-pcn/clinical-director/?as_at=2020-05-01"
    page = text(finance.get(address))
    assert "No amount: rate not confirmed." in page
    assert "Pays nothing until finance confirms the rate." in page
    assert "= £" not in page
    RateConfirmation.objects.create(
        rate=rate,
        commissioner=paying.ccg,
        by=paying.user("finance"),
        on=date(2020, 4, 20),
        reason="Agrees with the letter of NHS England",
    )
    page = text(finance.get(address))
    assert "£0.722 × 32,000 patients = £23,104.00" in page
    assert "confirmed on 20 April 2020 by Harrow finance: Agrees with the letter of NHS England." in page
