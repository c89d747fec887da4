"""The published table of fifteen networks: each figure as printed, what it implies, and what is doubted."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from funding.models import PublishedAmount, PublishedRate, PublishedTable
from funding.printed import Kind, printed
from tests.funding.published.making import DAY, all_doubts, held

pytestmark = pytest.mark.django_db
LISTS = {
    "Cranbrook": 49_477,
    "Fairlop": 62_063,
    "Loxford": 61_887,
    "Seven Kings": 73_280,
    "Wanstead & Woodford": 80_529,
    "East": 39_932,
    "East One": 37_264,
    "New West": 31_326,
    "North (B&D)": 43_213,
    "North West": 32_805,
    "West": 43_299,
    "Havering Crest": 42_629,
    "Marshall": 45_614,
    "North (Havering)": 83_194,
    "South": 106_704,
}
APART = {("Marshall", "core"): 48_242}
# What the participation payment is nearest to at its rate, and how many pounds off.
NO_WHOLE_NUMBER = {
    "Cranbrook": (42_503, "-0.70"),
    "Fairlop": (57_112, "0.86"),
    "Loxford": (53_612, "0.30"),
    "Seven Kings": (63_204, "0.66"),
    "Wanstead & Woodford": (72_298, "-0.39"),
    "East": (36_068, "-0.28"),
    "East One": (35_869, "0.43"),
    "New West": (28_214, "-0.36"),
    "North (B&D)": (41_843, "-0.30"),
    "North West": (30_843, "0.48"),
    "West": (39_455, "-0.34"),
    "Havering Crest": (41_730, "0.58"),
    "Marshall": (46_188, "0.81"),
    "North (Havering)": (81_748, "0.08"),
    "South": (103_196, "-0.22"),
}


@pytest.fixture(scope="module", autouse=True)
def documents(django_db_setup, django_db_blocker):
    with held(django_db_blocker):
        yield


@pytest.fixture
def table():
    (found,) = printed(DAY)
    return found


def slugs(table):
    return {rate.payment.slug: payment for payment, rate in table.rates.items()}


def test_the_whole_table_is_held_as_printed(table):
    kinds = Counter(PublishedAmount.objects.values_list("kind", flat=True))
    assert kinds == {Kind.ROW: 90, Kind.TOTAL: 18, Kind.GRAND: 3}
    assert Counter(row.group for row in table.rows) == {"Redbridge": 5, "B&D": 6, "Havering": 4}
    for amount in PublishedAmount.objects.all():
        assert Decimal(amount.text.replace("£", "").replace(",", "")) == amount.pounds
    assert sum(row.sum for row in table.every if row.kind == Kind.GRAND) == Decimal("5278052.17")


def test_each_row_is_a_network_of_the_commissioner_that_it_is_printed_under(table):
    groups = {"Redbridge": "08N", "B&D": "07L", "Havering": "08F"}
    for row in table.rows:
        assert row.pcn.commissioner.code == groups[row.group]
        assert row.pcn.commissioner_id == row.commissioner
    assert len({row.pcn.pk for row in table.rows}) == 15


def test_every_core_director_and_hours_amount_is_rate_times_one_whole_number(table):
    for row in table.rows:
        for slug in ("core", "clinical-director", "extended-hours"):
            name = table.named(row)
            one = row.lists[slugs(table)[slug]]
            assert (name, slug, one.patients) == (name, slug, APART.get((name, slug), LISTS[name]))
            assert one.is_exact


def test_every_participation_amount_is_rate_times_no_whole_number(table):
    found = {table.named(row): row.lists[slugs(table)["network-participation"]] for row in table.rows}
    assert {name: (one.patients, str(one.off)) for name, one in found.items()} == NO_WHOLE_NUMBER


def test_only_the_participation_payment_does_not_fit_its_label(table):
    assert table.misfits == {slugs(table)["network-participation"]}
    assert {table.named(row): table.list_of(row) for row in table.rows} == LISTS


def test_each_total_says_which_way_it_was_reckoned(table):
    how: Counter[str] = Counter()
    for total in table.every:
        for payment in total.amounts if total.kind != Kind.ROW else ():
            found = table.sum_of(total, payment)
            assert found.is_right
            how[found.how] += 1
    assert how == {
        "The sum of the rows": 14,
        "Rate × the sum of the lists, rounded once": 4,
        "The sum of the rows with the pence that they leave out": 3,
    }


def test_rates_are_printed_with_their_words_months_and_sums():
    said = {
        rate.payment.slug: (
            *(value and str(value.normalize()) for value in (rate.pounds, rate.monthly, rate.pro_rata_of)),
            rate.per,
            rate.months,
            rate.pro_rata_months,
        )
        for rate in PublishedRate.objects.select_related("payment")
    }
    assert said == {
        "core": ("1.5", "0.125", None, "registered", 12, None),
        "clinical-director": ("0.514", "0.057", None, "registered", 9, None),
        "extended-hours": ("1.099", "0.122", "1.45", "registered", 9, 12),
        "network-participation": ("1.761", "0.147", None, "registered", 12, None),
        "social-prescribing-link-worker": (None, None, None, "post", 9, None),
        "clinical-pharmacist": (None, None, None, "post", 9, None),
    }


def _whose(doubt):
    """The row, with the list where it is the one on which the row's other payments do not agree."""
    name = str(doubt.subject).partition(":")[0].partition(",")[0]
    return (
        f"{name}, on 48,242"
        if "imply 48,242" in doubt.found or ("implies 48,242" in doubt.found and doubt.key)
        else name
    )


def test_what_is_doubted_of_it_in_patients_and_pounds():
    found = {
        (slug, _whose(doubt)): (doubt.patients, str(doubt.pounds))
        for slug, doubts in all_doubts().items()
        for doubt in doubts
        if isinstance(doubt.subject, PublishedAmount | PublishedRate)
    }
    publisher = PublishedTable.objects.get().publisher_id
    assert found == {
        ("payments-imply-different-lists", "Marshall (Havering)"): (2628, "3942.00"),
        ("label-against-amounts", "Practice Participation Payment"): (59333, "104483.80"),
        ("published-rate-against-its-words", "Extended Hours"): (833216, "9581.98"),
        ("published-rate-against-the-rate-held", "Practice Participation Payment"): (None, "None"),
        ("published-maximum-against-the-national-one", "Clinical Pharmacist"): (None, "317975.00"),
        ("published-maximum-against-the-national-one", "Social Prescriber"): (None, "136452.00"),
        ("printed-list-against-implied-list", "Havering Crest (Havering)"): (34, "105.84"),
        ("printed-list-against-implied-list", "Marshall (Havering)"): (2376, "3832.48"),
        ("printed-list-against-implied-list", "Marshall (Havering), on 48,242"): (252, "378.00"),
        ("printed-list-against-implied-list", "North (Havering)"): (963, "2997.83"),
        ("printed-list-against-implied-list", "South (Havering)"): (424, "1319.92"),
    }
    commissioners = {
        doubt.commissioner
        for doubts in all_doubts().values()
        for doubt in doubts
        if isinstance(doubt.subject, PublishedAmount | PublishedRate)
    }
    assert commissioners == {publisher}


def test_what_it_costs_to_put_marshall_right_either_way():
    (doubt,) = all_doubts()["payments-imply-different-lists"]
    assert "On 45,614, all of them come to £3,942.00 less." in doubt.meaning
    assert "On 48,242, all of them come to £4,238.96 more." in doubt.meaning


def test_the_pharmacist_is_above_even_the_year_and_the_link_worker_is_for_another_period():
    pharmacist, worker = all_doubts()["published-maximum-against-the-national-one"]
    assert "Above even the maximum of twelve months, by £166,735.00" in pharmacist.meaning
    assert worker.meaning.startswith("Another period than the months it says")
    assert "in 15 networks with 16 posts" in worker.stated


def test_before_its_document_was_published_nothing_of_it_is_known():
    the_day_before = date(2019, 7, 23)
    assert printed(the_day_before) == []
    assert not [
        doubt
        for doubts in all_doubts(the_day_before).values()
        for doubt in doubts
        if isinstance(doubt.subject, PublishedAmount | PublishedRate)
    ]
