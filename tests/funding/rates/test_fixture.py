"""The rates that are held: 2019/20 complete, later ones as far as a source vouches, none for 2026/27."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from funding.models import FinancialYear, Payment, Rate, Term
from funding.rates import rates_of
from pcnportal.people.models import Organisation

README = Path(__file__).resolve().parents[3] / "README.md"
FIXTURES = ("sources", "organisations", "funding_sources", "funding_years")
APRIL, JULY, END = date(2019, 4, 1), date(2019, 7, 1), date(2020, 4, 1)
BY_JULY = date(2019, 7, 31)
PMC = "primary_medical"
OF_2019 = {
    "core": ("1.50", "registered", APRIL, "arrears", BY_JULY, "ccg_core", "nominated"),
    "clinical-director": ("0.514", "registered", JULY, "arrears", BY_JULY, PMC, "nominated"),
    "extended-hours": ("1.099", "registered", JULY, "arrears", BY_JULY, PMC, "nominated"),
    "clinical-pharmacist": ("37810", "post", JULY, "following", None, PMC, "nominated"),
    "social-prescribing-link-worker": (
        "34113",
        "post",
        JULY,
        "following",
        None,
        "primary_medical",
        "nominated",
    ),
    "network-participation": ("1.761", "weighted", APRIL, "equal", None, PMC, "practices"),
}


@pytest.fixture
def held(db: Any) -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)


def pays(slug: str) -> dict[str, list[str]]:
    year = FinancialYear.objects.get(slug=slug)
    someone = Organisation.objects.get(code="08E").pk
    found = rates_of(year, [someone])[someone]
    return {of.term.payment.slug: [rate.in_words for rate in of.rates] for of in found}


def test_2019_20_is_complete_and_exact(held: None):
    found = {}
    for rate in Rate.objects.filter(term__year__slug="2019-20").select_related("term__payment"):
        term = rate.term
        assert (rate.starts_on, rate.ends_on, rate.confidence) == (term.starts_on, END, "H")
        said = (
            rate.per,
            rate.starts_on,
            term.timing,
            term.first_paid_on,
            term.allocation,
            term.payment.payee,
        )
        found[term.payment.slug] = (rate.pounds, *said)
    assert found == {slug: (Decimal(pounds), *rest) for slug, (pounds, *rest) in OF_2019.items()}


def test_staff_are_reimbursed_in_part_above_a_baseline_two_in_a_large_pcn(held: None):
    parts = {}
    for rate in Rate.objects.filter(term__year__slug="2019-20", per="post"):
        assert (rate.posts, rate.more_posts, rate.more_above) == (1, 2, 100_000)
        assert rate.term.payment.baseline_on == date(2019, 3, 31)
        parts[rate.term.payment.slug] = rate.percent
    assert parts == {"clinical-pharmacist": 70, "social-prescribing-link-worker": 100}


def test_a_year_of_list_sizes_is_the_january_before_it(held: None):
    for year in FinancialYear.objects.all():
        assert year.list_size_on == date(year.starts_on.year, 1, 1)
        assert (year.starts_on.month, year.starts_on.day, year.name[:4]) == (4, 1, str(year.starts_on.year))
        assert year.ends_on == date(year.starts_on.year + 1, 4, 1)


def test_of_2026_27_nothing_is_held(held: None):
    assert not Term.objects.filter(year__slug="2026-27").exists()
    assert pays("2026-27") == {}


def test_a_rate_pays_unasked_only_where_it_is_vouched_for(held: None):
    assert pays("2024-25") == {
        "core": [
            "£2.218 for each registered patient",
            "£0.698 for each patient of the adjusted population",
        ],
        "network-participation": [],
        "enhanced-access": ["£7.674 for each patient of the adjusted population"],
        "care-home-premium": ["£120 for each care home bed"],
        "capacity-and-access-support": ["£3.248 for each patient of the adjusted population"],
        "capacity-and-access-improvement": [],
        "additional-roles": [],
        "investment-and-impact": [],
    }


def test_every_rate_is_of_its_period_and_says_where_it_was_read(held: None):
    for rate in Rate.objects.select_related("term__year", "source"):
        assert rate.term.starts_on <= rate.starts_on < rate.ends_on <= rate.term.ends_on
        assert rate.source.kind in ("document", "attested")
        assert rate.source.url or rate.source.kind == "document" or "Slides" in rate.source.publisher
        assert rate.entered_by is None


def test_a_sum_within_which_is_claimed_is_a_maximum(held: None):
    staff = Payment.objects.get(slug="additional-roles")
    assert set(Rate.objects.filter(term__payment=staff).values_list("at_most", flat=True)) == {True}


def test_the_order_that_the_readme_gives_loads_into_an_empty_database(db: Any):
    said = re.search(r"`manage.py loaddata ([a-z_ ]*funding_years[a-z_ ]*)`", README.read_text())
    assert said
    call_command("loaddata", *said[1].split(), verbosity=0)
    assert Rate.objects.filter(term__year__slug="2019-20").count() == len(OF_2019)


def test_loading_again_adds_nothing(held: None):
    before = [model.objects.count() for model in (FinancialYear, Payment, Term, Rate)]
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert [model.objects.count() for model in (FinancialYear, Payment, Term, Rate)] == before
