"""Harrow's budgets as printed: what they add up to, and what is doubted."""

from datetime import date
from decimal import Decimal

import pytest

from funding.budgeting import budgeted
from funding.models import Budget, BudgetFigure, BudgetLine
from funding.showing import Page
from tests.funding.budgets.making import change
from tests.funding.published.making import DAY, all_doubts, held

pytestmark = pytest.mark.django_db
CARE, FINANCE = "harrow-integrated-care-2019-20", "harrow-primary-care-finance-2018-19"


@pytest.fixture(scope="module", autouse=True)
def documents(django_db_setup, django_db_blocker):
    with held(django_db_blocker):
        yield


@pytest.fixture
def pages():
    return {budget.record.slug: Page(budget) for budget in budgeted(DAY)}


def test_the_programmes_lines_add_up_to_a_pound_more_than_its_grand_total(pages):
    page = pages[CARE]
    assert (page.grand.record.amount, page.added, page.grand.off) == (616_027, 616_028, -1)
    assert page.grand.said == "£1.00 less printed: it adds up the totals as printed"


def test_each_section_has_its_lines_with_band_and_wte():
    lines = BudgetLine.objects.filter(section__budget__slug=CARE)
    assert lines.count() == 17
    assert sum(line.wte or 0 for line in lines) == Decimal("9.40")
    assert {line.band for line in lines} >= {"Band 8c", "Band 7", "Band 5", "TBC", "Consultant", "GP"}


def test_running_totals_and_the_split_follow_the_subtotal_that_is_a_pound_off(pages):
    follows = [one.record.text for one in pages[CARE].shown if one.told.beside.follows]
    assert follows == ["504,955", "551,258", "616,027", "292,435"]


def test_the_slides_stand_beside_the_lines_that_each_covers(pages):
    second = {one.shown.record.text: (one.shown.calculated, one.shown.off) for one in pages[CARE].second}
    assert second == {
        "£158.5K": (158_401, 99),
        "£96.5K": (96_388, 112),
        "£22.5K": (22_500, 0),
        "£62.5K": (62_388, 112),
        "£165K": (165_279, -279),
        "£42K": (41_320, 680),
        "70 days": (23_449, 0),
        "£46K": (46_303, -303),
    }


def test_the_split_counts_the_training_in_kind(pages):
    ((moved),) = pages[CARE].budget.added_up.placed.moved
    assert (moved.pounds, moved.said, moved.counted) == (
        46_303,
        ("alliance", "contribution"),
        ("alliance", "in_kind"),
    )


def test_what_is_not_held_stays_empty(pages):
    rolled, core = pages["harrow-integrated-care-roll-forward"], pages["harrow-integrated-care-core-team"]
    assert (rolled.grand, rolled.added) == (None, None)
    assert (core.grand, core.added, core.budget.record.starts_on) == (None, 146_000, None)
    assert core.budget.record.ends_on == date(2019, 7, 1)


def test_the_areas_of_spend_come_to_more_than_their_total(pages):
    page = pages[FINANCE]
    assert (page.grand.record.amount, page.grand.calculated) == (37_128_000, 37_763_000)
    investments = BudgetLine.objects.filter(section__slug=f"{FINANCE}-2")
    assert sum(line.amount for line in investments) == 1_525_000


def test_what_is_doubted_of_the_budgets_in_pounds():
    found = sorted(
        (slug, doubt.subject.text if hasattr(doubt.subject, "text") else "", str(doubt.pounds))
        for slug, doubts in all_doubts().items()
        for doubt in doubts
        if "budget" in doubt.subject._meta.label_lower
    )
    assert found == [
        ("budget-figure-against-its-lines", "227,666", "1.00"),
        ("budget-figure-against-its-lines", "37,128", "635000.00"),
        ("budget-line-against-its-words", "123,959", "30989.75"),
        ("budget-line-against-its-words", "23,449", "51.00"),
        ("budget-line-against-its-words", "70 days", "9400.00"),
        ("heading-against-split", "", "46303.00"),
        ("one-figure-for-two-lines", "3,704", "635000.00"),
        ("rounded-figure-against-its-lines", "£158.5K", "99.00"),
        ("rounded-figure-against-its-lines", "£42K", "680.00"),
        ("rounded-figure-against-its-lines", "£62.5K", "112.00"),
        ("rounded-figure-against-its-lines", "£799,800", "10800.00"),
        ("rounded-figure-against-its-lines", "£96.5K", "112.00"),
        ("second-place-for-another-period", "£42K", "23320.00"),
        ("second-place-funded-otherwise", "£42K", "41320.00"),
        ("second-place-funded-otherwise", "£46K", "46303.00"),
        ("second-place-funded-otherwise", "£96.5K", "96388.00"),
    ]


def test_a_budget_is_known_from_the_day_of_its_document_or_of_what_it_tells():
    slugs = {
        day: sorted(budget.record.slug.removeprefix("harrow-") for budget in budgeted(day))
        for day in (date(2018, 11, 26), date(2018, 11, 27), date(2019, 6, 17), date(2019, 6, 18))
    }
    assert list(slugs.values()) == [
        [],
        ["primary-care-finance-2018-19"],
        ["primary-care-finance-2018-19"],
        [
            "integrated-care-2019-20",
            "integrated-care-core-team",
            "integrated-care-roll-forward",
            "primary-care-finance-2018-19",
        ],
    ]
    assert Budget.objects.count() == 4


def reprinted(label, text):
    """What is doubted after a figure of the programme is printed otherwise, in a transaction taken back."""
    figure = BudgetFigure.objects.get(budget__slug=CARE, label=label[0], text=label[1])
    change(figure, text)
    return all_doubts()


def test_a_subtotal_put_right_leaves_a_pound_in_the_split():
    found = reprinted(("Sub-Total", "227,666"), "227,667")["budget-figure-against-its-lines"]
    (split,) = [doubt for doubt in found if "In Kind" in doubt.stated]
    assert split.pounds == 1
    assert split.found == "£292,436.00, added up from 7 lines"


def test_a_split_misprinted_by_a_pound_still_contradicts_the_heading():
    found = reprinted(("Alliance Partners Funding In Kind", "142,691"), "142,690")
    (heading,) = found["heading-against-split"]
    assert heading.pounds == 46_303
    assert heading.difference.endswith("right but for £1.00")
    assert 1 in [doubt.pounds for doubt in found["budget-figure-against-its-lines"]]
