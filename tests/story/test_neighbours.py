"""Havering, its neighbours and Hammersmith & Fulham, as their documents print them; nothing more is held."""

from datetime import date
from decimal import Decimal

import pytest

from pcnportal import story
from pcnportal.findings.models import Statement
from pcnportal.people.models import Office, Organisation, Succession
from registry.models import PCN, ClinicalDirector, ListSize, Membership, Practice
from tests.demo import load
from tests.reading import signed_in
from tests.registry.pages.reading import words

DECK = "havering-pcn-deck-2019-07-24"
HAVERING = {
    "havering-crest-pcn": (8, 42_663),
    "havering-north-pcn": (14, 82_231),
    "havering-south-pcn": (17, 106_280),
    "havering-marshall-pcn": (4, 47_990),
}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded(db):
    load()


def test_havering_has_43_practices_in_4_networks_whose_lists_add_up_as_printed():
    assert Practice.objects.filter(commissioner__code="08F").count() == 43
    held = PCN.objects.filter(commissioner__code="08F").values_list("organisation__slug", flat=True)
    assert set(held) == set(HAVERING)
    for slug, (count, printed) in HAVERING.items():
        practices = Membership.objects.filter(pcn__organisation__slug=slug).values("practice")
        lists = ListSize.objects.filter(organisation__in=practices, source__slug=DECK)
        total = ListSize.objects.get(organisation__slug=slug, source__slug=DECK)
        assert lists.count() == count
        assert sum(size.patients for size in lists) == total.patients == printed
        assert {size.as_at for size in lists} == {date(2019, 7, 24)}


def test_what_the_slides_do_not_say_is_not_held():
    assert set(Membership.objects.values_list("starts_on", "ends_on")) == {(None, None)}
    assert set(ClinicalDirector.objects.values_list("share", "practice", "starts_on")) == {(None,) * 3}
    localities = Organisation.objects.filter(kind="locality", part_of__code="08F")
    assert localities.count() == 3
    assert not any(locality.parts.exists() for locality in localities)


def test_the_clinical_directors_are_those_of_the_slide():
    found = ClinicalDirector.objects.order_by("pcn__organisation__slug", "person__name")
    assert list(found.values_list("pcn__organisation__slug", "person__name")) == [
        ("havering-crest-pcn", "Dr A Imran"),
        ("havering-crest-pcn", "Dr N Kullar"),
        ("havering-marshall-pcn", "Dr I Quigley"),
        ("havering-marshall-pcn", "Dr N Rao"),
        ("havering-north-pcn", "Dr G Singh"),
        ("havering-north-pcn", "Dr J Gupta"),
        ("havering-south-pcn", "Dr J O Moore"),
        ("havering-south-pcn", "Dr N Rao"),
    ]
    # The slide prints a line "Havering" and a line "Crest": that both mean Havering Crest is an assumption.
    assumed = found.filter(source__kind="assumed").values_list("pcn__organisation__slug", flat=True)
    assert set(assumed) == {"havering-crest-pcn"}


def test_dr_josephs_list_was_taken_on_by_north_street_on_a_day_that_is_not_held():
    taken_on = Succession.objects.get(kind="taken_on")
    assert (taken_on.predecessor.code, taken_on.successor.code, taken_on.on) == ("F82639", "F82009", None)
    assert taken_on.predecessor.is_dormant
    chair = Office.objects.get(title="Chair")
    assert (str(chair.person), str(chair.organisation)) == ("Dr Dan Weaver", "Havering Health Limited")


def test_the_neighbours_networks_are_held_by_name_only():
    for code, count in (("07L", 6), ("08N", 5)):
        pcns = PCN.objects.filter(commissioner__code=code)
        assert pcns.count() == count
        assert not Membership.objects.filter(pcn__in=pcns).exists()
        assert not ListSize.objects.filter(organisation__in=pcns.values("pk")).exists()


def test_gp_at_hand_has_far_more_patients_registered_than_resident():
    stated = Statement.objects.filter(about="gp-at-hand-pcn")
    assert dict(stated.values_list("what", "number")) == {
        "registered": Decimal(71_000),
        "resident": Decimal(17_000),
    }
    # The minutes give no day of count, nor have they a date: so neither figure is a list size of a day.
    assert set(stated.values_list("on", "source__published_on")) == {(None, None)}
    assert not ListSize.objects.filter(organisation__slug="gp-at-hand-pcn").exists()


def test_the_page_of_gp_at_hand_says_both_figures_as_printed_and_that_no_day_is_held():
    officer = story.open_accounts()["officer@harrow.example"]
    page = words(signed_in(officer).get("/pcns/gp-at-hand-pcn/"))
    assert "Who is registered and who is resident are two separate facts" in page
    assert "“patients that were part of the GP At Hand network (approximately 71,000)”" in page
    assert "“of which only 17, 000 were resident within the Borough”" in page
    assert page.count("Day of count not held") == 2
    assert "the date of the document is not held" in page
    assert "Stated list size not held" in page


def test_commissioners_follow_one_another_each_on_a_day_that_a_source_gives():
    found = Succession.objects.filter(kind="succeeded").order_by("on", "predecessor__code")
    assert list(found.values_list("predecessor__code", "successor__code", "on")) == [
        ("07L", "A3A8R", date(2021, 4, 1)),
        ("08C", "W2U3Z", date(2021, 4, 1)),
        ("08E", "W2U3Z", date(2021, 4, 1)),
        ("08F", "A3A8R", date(2021, 4, 1)),
        ("08N", "A3A8R", date(2021, 4, 1)),
        ("W2U3Z", "QRV", date(2022, 7, 1)),
    ]
    assert all(succession.source for succession in found)
