"""Each doubt of a budget comes with a changed figure and goes when it is put right."""

from datetime import date
from decimal import Decimal

import pytest

from pcnportal.people.models import Organisation
from tests.findings.making import states
from tests.funding.budgets.making import Made, change
from tests.funding.published.making import BY_SLUG, doubts

pytestmark = pytest.mark.django_db
JUNE = date(2023, 6, 1)
FIGURE, SECOND = "budget-figure-against-its-lines", "rounded-figure-against-its-lines"
HEADING, LINE = "heading-against-split", "budget-line-against-its-words"
PERIOD, WAY = "second-place-for-another-period", "second-place-funded-otherwise"
HEADS, TWICE = "sum-a-head-against-population", "one-figure-for-two-lines"


def said(slug):
    return [(doubt.stated, doubt.found, doubt.pounds) for doubt in doubts(slug, JUNE)]


@pytest.fixture
def visiting(db):
    """A budget that adds up: two sections, their totals, a split and a slide."""
    made = Made()
    made.team = made.section(
        "Team, by contribution", "40,000", "2,500", funder="alliance", how="contribution"
    )
    made.lead = made.section("Lead, in kind", "9,000", funder="alliance", how="in_kind")
    made.sub = made.figure("subtotal", "42,500", section=made.team)
    made.running = made.figure("running", "51,500", section=made.lead)
    made.grand = made.figure("grand", "51,500")
    made.cash = made.figure("split", "42,500", funder="alliance", how="contribution")
    made.kind = made.figure("split", "9,000", funder="alliance", how="in_kind")
    made.slide = made.figure(
        "rounded", "£43K", amount="43000", covers=[str(made.team.position)], precision=Decimal(1000)
    )
    return made


def test_a_budget_that_adds_up_is_not_doubted(visiting):
    assert [slug for slug, rule in BY_SLUG.items() if list(rule.find(JUNE))] == []


def test_a_subtotal_is_doubted_once_and_not_what_only_adds_it_up(visiting):
    for one, text in ((visiting.sub, "42,600"), (visiting.running, "51,600"), (visiting.grand, "51,600")):
        change(one, text)
    change(visiting.cash, "42,600")
    ((stated, found, pounds),) = said(FIGURE)
    assert stated == "Team, by contribution, Subtotal: 42,600"
    assert (found, pounds) == ("£42,500.00, added up from 2 lines", Decimal(100))
    (doubt,) = doubts(FIGURE, JUNE)
    assert (doubt.subject, doubt.commissioner) == (visiting.sub, visiting.ccg.pk)


def test_a_total_that_does_not_even_add_up_the_printed_ones_is_doubted_itself(visiting):
    change(visiting.grand, "52,500")
    assert [(stated, pounds) for stated, _, pounds in said(FIGURE)] == [("Grand: 52,500", Decimal(1000))]
    change(visiting.grand, "51,500")
    assert said(FIGURE) == []


def test_a_pound_may_be_what_rounding_leaves(visiting):
    change(visiting.grand, "51,501")
    (doubt,) = doubts(FIGURE, JUNE)
    assert doubt.meaning.startswith("Rounding of the lines may leave as much")


def test_a_slide_that_the_lines_do_not_round_to_is_doubted(visiting):
    change(visiting.slide, "44,000")
    assert [(found, pounds) for _, found, pounds in said(SECOND)] == [
        ("£42,500.00, added up from 2 lines", Decimal(1500))
    ]
    change(visiting.team.lines.first(), "41,200")
    assert said(SECOND) == []


def test_a_heading_that_names_another_way_than_the_split_is_doubted(visiting):
    change(visiting.cash, "0")
    change(visiting.kind, "51,500")
    assert said(FIGURE) == []
    ((stated, found, pounds),) = said(HEADING)
    assert stated == "“Team, by contribution”"
    assert found == "The split counts its £42,500.00 in “Split: 51,500”"
    assert pounds == 42_500
    (doubt,) = doubts(HEADING, JUNE)
    assert "“Split” is £42,500.00" in doubt.meaning
    visiting.team.how = "in_kind"
    visiting.team.save()
    assert said(HEADING) == []


def test_a_line_is_held_against_its_quantity_and_its_days(visiting):
    line = visiting.line(visiting.lead, "0", quantity=Decimal(12), each=Decimal("31.50"))
    assert [found for _, found, _ in said(LINE)] == ["12 × £31.50 is £378.00"]
    change(line, "378")
    assert said(LINE) == []
    people = visiting.line(visiting.lead, "30,000", wte=Decimal("0.4"), leads=3, days=Decimal(1))
    assert [(found, pounds) for _, found, pounds in said(LINE)] == [
        ("3 × 1 of 5 days a week is 0.6 WTE", Decimal("15000.00"))
    ]
    people.wte = Decimal("0.6")
    people.save()
    assert said(LINE) == []


def test_a_quantity_that_a_second_place_gives_otherwise_is_doubted(visiting):
    visiting.line(visiting.lead, "378", quantity=Decimal(12), each=Decimal("31.50"))
    covers = [f"{visiting.lead.position}.2"]
    slide = visiting.figure("rounded", "20 days", amount=None, quantity=Decimal(20), covers=covers)
    assert [(stated, pounds) for stated, _, pounds in said(LINE)] == [("Rounded: 20 days", Decimal("252.00"))]
    slide.quantity = Decimal(12)
    slide.save()
    assert said(LINE) == []


def test_a_sum_a_head_is_held_against_the_population_of_the_same_document(visiting):
    line = visiting.line(visiting.lead, "300,000", each=Decimal(3))
    assert said(HEADS) == []
    stated = states(visiting.source, Organisation, "04C", "patients", "101,000 patients", 101_000)
    ((_, found, pounds),) = said(HEADS)
    assert found.startswith("£3.00 a head implies 100,000 heads")
    assert pounds == 3000
    change(line, "303,000")
    assert said(HEADS) == []
    stated.what, stated.number = "patients:over", 100_000
    stated.save()
    assert said(HEADS) == []


def test_one_figure_for_two_lines_is_doubted_until_one_is_put_right(visiting):
    line = visiting.line(visiting.team, "2,500")
    ((stated, found, pounds),) = said(TWICE)
    assert (stated, found, pounds) == ("Line 3: 2,500", "Line 2: 2,500", Decimal(2500))
    (doubt,) = doubts(TWICE, JUNE)
    assert "would be right" not in doubt.meaning
    change(visiting.sub, "43,700")
    (doubt,) = doubts(TWICE, JUNE)
    assert "“Subtotal: 43,700” would be right if one of them were £1,200.00" in doubt.meaning
    change(line, "2,600")
    assert said(TWICE) == []


def test_nothing_is_known_before_the_document_was_published(visiting):
    change(visiting.grand, "99,999")
    assert doubts(FIGURE, date(2023, 5, 1)) == []
    assert len(doubts(FIGURE, date(2023, 5, 2))) == 1


def test_a_second_place_for_another_period_is_doubted(visiting):
    of, slide = visiting.record, visiting.slide
    of.period, of.starts_on, of.ends_on = "Q2-Q4", date(2023, 7, 1), date(2024, 4, 1)
    of.save()
    slide.period, slide.months = "over 18 months", 18
    slide.save()
    ((stated, found, pounds),) = said(PERIOD)
    assert stated == "Rounded: £43K, “over 18 months”"
    assert found == "£42,500.00 by the lines, for Q2-Q4: 9 months"
    assert pounds == 21_000
    slide.months = 9
    slide.save()
    assert said(PERIOD) == []


def test_a_second_place_that_leaves_open_how_it_is_funded_is_doubted(visiting):
    slide = visiting.slide
    slide.said_how, slide.ways = "In kind or cash", ["in_kind", "contribution"]
    slide.save()
    assert said(WAY) == [("Rounded: “In kind or cash”", "“Team, by contribution”", Decimal(42_500))]
    slide.ways = ["contribution"]
    slide.save()
    assert said(WAY) == []
