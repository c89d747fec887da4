"""Each doubt arises from the figures: it comes with a changed one and goes when it is put right."""

from datetime import date
from decimal import Decimal

import pytest

from tests import factories as make
from tests.funding.published.making import BY_SLUG, Table, change, doubts, rate, year

pytestmark = pytest.mark.django_db
MAY = date(2023, 6, 1)
APART, LABEL, OWN_LIST, OFF = (
    "payments-imply-different-lists",
    "label-against-amounts",
    "printed-list-against-implied-list",
    "published-amount-against-its-rate",
)
WORDS, HELD = "published-rate-against-its-words", "published-rate-against-the-rate-held"
TOTAL, MAXIMUM = "published-total-against-its-rows", "published-maximum-against-the-national-one"
CALCULATED = "published-amount-against-the-calculated-one"


@pytest.fixture
def leicester(db):
    """A table of three networks and three payments that agree in everything."""
    table = Table()
    for slug, pounds in (("core", "1.50"), ("director", "0.729"), ("hours", "1.44")):
        table.says(slug, pounds)
    table.printed = {
        name: table.lists(name, core=n, director=n, hours=n)
        for name, n in (("Belgrave", 41_003), ("Aylestone", 52_718), ("Knighton", 33_339))
    }
    return table


def said(slug):
    return [(doubt.stated, doubt.found, doubt.patients, doubt.pounds) for doubt in doubts(slug, MAY)]


def test_a_table_that_agrees_is_not_doubted(leicester):
    assert [slug for slug, rule in BY_SLUG.items() if list(rule.find(MAY))] == []


def test_a_payment_on_another_list_is_doubted_until_it_is_put_right(leicester):
    core = leicester.printed["Aylestone"]["core"]
    change(core, "80,577.00")
    ((stated, found, patients, pounds),) = said(APART)
    assert stated == "Core £80,577.00 implies 53,718 patients"
    assert found == "Director £38,431.42 and Hours £75,913.92 imply 52,718 patients"
    assert (patients, pounds) == (1000, Decimal("1500.00"))
    (doubt,) = doubts(APART, MAY)
    assert (doubt.subject, doubt.commissioner) == (core, leicester.publisher.pk)
    assert "On 53,718, all of them come to £2,169.00 more" in doubt.meaning
    assert doubts(LABEL, MAY) == []
    change(core, "79,077.00")
    assert said(APART) == []


def test_a_penny_makes_an_amount_no_rate_times_patients(leicester):
    change(leicester.printed["Knighton"]["hours"], "48,008.17")
    ((stated, found, _, pounds),) = said(OFF)
    assert stated == "Knighton, Hours: £48,008.17"
    assert found == "£1.44 × 33,339 patients is £48,008.16, the nearest"
    assert pounds == Decimal("0.01")
    assert said(APART) == []


def test_a_payment_on_another_list_in_most_networks_has_a_label_that_does_not_fit(leicester):
    for name, n in (("Belgrave", 40_100), ("Aylestone", 51_100)):
        change(leicester.printed[name]["hours"], f"{Decimal('1.44') * n:.2f}")
    ((stated, found, patients, pounds),) = said(LABEL)
    assert stated == "“1.44 per registered”"
    assert found.startswith("In 2 of 3 networks")
    assert patients == 903 + 1618
    assert pounds == Decimal("1.44") * (903 + 1618)
    assert said(APART) == []


def test_in_one_network_it_is_that_networks_payment(leicester):
    change(leicester.printed["Belgrave"]["hours"], f"{Decimal('1.44') * 40_100:.2f}")
    assert said(LABEL) == []
    assert [patients for *_, patients, _ in said(APART)] == [903]


def test_payments_with_different_labels_may_imply_different_lists(leicester):
    leicester.says("access", "7.578", per="adjusted")
    leicester.lists("Belgrave", access=45_000)
    assert said(APART) == said(LABEL) == []


class TestTotals:
    def test_a_total_is_the_sum_of_its_rows_or_the_rate_on_their_lists(self, leicester):
        for name, n in (("Evington", 40_006), ("Rushey Mead", 30_006)):
            leicester.lists(name, director=n)
        total = leicester.total("director", "£143,665.48")
        assert said(TOTAL) == []
        change(total, "£143,665.49")
        assert said(TOTAL) == []
        change(total, "£143,665.50")
        ((stated, found, _, pounds),) = said(TOTAL)
        assert stated == "City Total, Director: £143,665.50"
        assert found == "£143,665.48, added up; £143,665.49 at the rate for 197,072 patients"
        assert pounds == Decimal("0.02")

    def test_a_grand_total_adds_up_its_groups_totals(self, leicester):
        leicester.total("core", "£190,590.00")
        leicester.total("hours", "£182,966.40")
        grand = leicester.grand("£373,556.40")
        assert said(TOTAL) == []
        change(grand, "£373,656.40")
        assert [pounds for *_, pounds in said(TOTAL)] == [Decimal("100.00")]

    def test_rows_of_another_group_are_not_added(self, leicester):
        leicester.lists("Oadby", "County", core=30_000)
        leicester.total("core", "£45,000.00", "County")
        assert said(TOTAL) == []

    def test_rows_without_pence_may_leave_half_a_pound_each(self, leicester):
        leicester.says("worker", None, per="post")
        for name in ("Belgrave", "Knighton"):
            leicester.row(name, worker="25,585")
        total = leicester.total("worker", "£51,169.50")
        assert said(TOTAL) == []
        change(total, "£51,168.50")
        assert [pounds for *_, pounds in said(TOTAL)] == [Decimal("1.50")]


class TestRates:
    def test_a_sum_that_is_not_pro_rata_is_doubted(self, leicester):
        hours = leicester.record.rates.get(payment__slug="hours")
        hours.months, hours.pro_rata_of, hours.pro_rata_months = 9, Decimal("1.92"), 12
        hours.save()
        assert said(WORDS) == []
        hours.pro_rata_of = Decimal("2.00")
        hours.save()
        ((_, found, patients, pounds),) = said(WORDS)
        assert found == "£2.00 over 12 months is £1.50 for 9"
        assert (patients, pounds) == (127_060, Decimal("7623.60"))

    def test_a_sum_a_month_may_be_rounded_but_not_wrong(self, leicester):
        director = leicester.record.rates.get(payment__slug="director")
        director.monthly = Decimal("0.061")
        director.save()
        assert said(WORDS) == []
        director.monthly = Decimal("0.062")
        director.save()
        assert [found for _, found, *_ in said(WORDS)] == ["£0.062 a month is £0.744 for 12 months"]

    def test_a_rate_is_held_against_that_of_the_year(self, leicester):
        assert said(HELD) == []
        held = rate(year(), "hours", "1.44")
        rate(year("2024-25"), "hours", "2.00")
        assert said(HELD) == []
        held.pounds = Decimal("1.45")
        held.save()
        assert [(found, pounds) for _, found, _, pounds in said(HELD)] == [
            ("£1.45 per registered patient for 2023/24", Decimal("1270.60"))
        ]

    def test_a_rate_that_counts_something_else_is_doubted_without_pounds(self, leicester):
        rate(year(), "hours", "1.44", per="weighted")
        assert [(found, pounds) for _, found, _, pounds in said(HELD)] == [
            ("£1.44 per weighted patient for 2023/24", None)
        ]

    def test_a_rate_that_nobody_vouches_for_is_held_against_nothing(self, leicester):
        rate(year(), "hours", "9.99", confidence="M")
        assert said(HELD) == []


class TestMaxima:
    @pytest.fixture
    def staffed(self, leicester):
        leicester.says("worker", None, per="post", months=9)
        leicester.staff = leicester.row("Aylestone", worker="26,250.00")
        rate(year(), "worker", "35000", per="post", percent=100, posts=1, more_posts=2, more_above=50_000)
        return leicester

    def test_the_maximum_is_for_the_months_and_for_the_posts_of_a_large_network(self, staffed):
        assert [(pounds, "1 network with 2 posts" in stated) for stated, *_, pounds in said(MAXIMUM)] == [
            (Decimal("26250.00"), True)
        ]
        change(staffed.staff["worker"], "52,500.00")
        assert said(MAXIMUM) == []
        change(staffed.staff["worker"], "70,000.00")
        (doubt,) = doubts(MAXIMUM, MAY)
        assert doubt.meaning.startswith("Another period")
        change(staffed.staff["worker"], "70,000.01")
        (doubt,) = doubts(MAXIMUM, MAY)
        assert doubt.meaning.startswith("Above even the maximum of twelve months, by £0.01")
        assert doubt.pounds == Decimal("17500.01")

    def test_without_a_national_maximum_nothing_is_doubted(self, leicester):
        leicester.says("worker", None, per="post", months=9)
        leicester.row("Aylestone", worker="999,999.00")
        assert said(MAXIMUM) == []


class TestListsHeld:
    def prints(self, table, patients, source=None):
        return make.ListSizeFactory.create(
            organisation=table.networks["Knighton"].organisation,
            patients=Decimal(patients),
            as_at=date(2023, 5, 1),
            source=source or table.source,
        )

    def test_a_document_that_prints_another_list_than_it_pays_on_is_doubted(self, leicester):
        size = self.prints(leicester, 33_439)
        ((stated, found, patients, pounds),) = said(OWN_LIST)
        assert stated == "Knighton: 33,439 patients, stated for 1 May 2023"
        assert found.endswith("imply 33,339 patients")
        assert (patients, pounds) == (100, Decimal("366.90"))
        size.patients = Decimal(33_339)
        size.save()
        assert said(OWN_LIST) == []

    def test_each_list_that_the_payments_imply_is_held_against_the_documents_own(self, leicester):
        self.prints(leicester, 33_439)
        assert len(said(OWN_LIST)) == 1
        change(leicester.printed["Knighton"]["core"], "50,010.00")
        assert [(found, patients) for _, found, patients, _ in said(OWN_LIST)] == [
            ("Director £24,304.13 and Hours £48,008.16 imply 33,339 patients", 100),
            ("Core £50,010.00 implies 33,340 patients", 99),
        ]

    def test_a_list_of_another_document_is_no_contradiction(self, leicester):
        self.prints(leicester, 33_439, make.SourceFactory.create(title="Another document"))
        assert said(OWN_LIST) == []


def test_nothing_is_known_before_the_document_was_published(leicester):
    change(leicester.printed["Aylestone"]["core"], "80,577.00")
    assert doubts(APART, date(2023, 5, 1)) == []
    assert len(doubts(APART, date(2023, 5, 2))) == 1
