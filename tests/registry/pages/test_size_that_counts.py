"""Which size of a PCN its page and the list show and check, and that no sum leaves a member out silently."""

from datetime import date
from decimal import Decimal

import pytest

from registry.models import ListSize, Membership, PCNPeriod
from tests import factories as make
from tests.reading import signed_in
from tests.registry.pages.reading import words
from tests.registry.pages.test_register_lists import file

pytestmark = pytest.mark.django_db
EAST, LIST = "/pcns/harrow-east-pcn/", "/pcns/"
BEFORE, AFTER = {"as_at": "2019-07-31"}, {"as_at": "2019-08-01"}
STATED = "32,716 patients stated at 1 January 2019: in range, 30,000 to 50,000"


@pytest.fixture
def officer(harrow):
    return signed_in(harrow.user("officer"))


@pytest.fixture
def east(harrow):
    """Harrow East PCN, stated with 32,716 patients for two practices, of which one leaves in August."""
    pcn = make.PCNFactory.create(name="Harrow East PCN")
    PCNPeriod.objects.create(pcn=pcn, status="live", starts_on=make.GO_LIVE)
    size(pcn, 32716)
    for code, until, patients in (("E84039", None, "23698.75"), ("E84075", date(2019, 8, 1), "9017.25")):
        member = harrow.practice(code)
        Membership.objects.create(pcn=pcn, practice=member, starts_on=make.GO_LIVE, ends_on=until)
        size(member, patients)
    return pcn


def size(of, patients):
    make.ListSizeFactory.create(organisation=of.organisation, patients=Decimal(patients), as_at=make.JANUARY)


def test_a_stated_size_is_checked_while_its_members_are_those(officer, east):
    assert f"{STATED} · 2 practices" in words(officer.get(EAST, BEFORE))
    assert "Stated list size 32,716 Size check In range" in words(officer.get(LIST, BEFORE))


def test_for_other_members_the_lists_are_checked_and_the_stated_size_stays_shown(officer, east):
    said = words(officer.get(EAST, AFTER))
    assert STATED not in said
    assert (
        "23,698.75 patients on the practices’ lists, 1 January 2019: 6,301 below 30,000 · 1 practice" in said
    )
    assert "The stated 32,716 at 1 January 2019 was for other members than those as at 1 August 2019" in said
    assert "Stated list size 32,716 at 1 January 2019, for other members" in said
    assert (
        "Stated list size 32,716 Size check 6,301 below 30,000 "
        "(by the practices’ lists; the stated size was for other members)"
    ) in words(officer.get(LIST, AFTER))


def test_the_bars_draw_what_is_checked(harrow, officer, east):
    other = make.PCNFactory.create(name="Sphere PCN")
    size(other, 41212)
    assert "practices’ lists, 6,301 below 30,000" in words(officer.get(EAST, AFTER))
    said = words(officer.get(LIST, AFTER | {"commissioner": "harrow"}))
    assert "practices’ lists, 6,301 below 30,000" in said.partition("Beside each other")[2]
    assert "stated, in range" in said.partition("Beside each other")[2]


def test_a_sum_without_a_members_list_says_so_and_is_not_checked(harrow, officer, east):
    Membership.objects.create(pcn=east, practice=harrow.practice("E84014"), starts_on=date(2019, 8, 1))
    said = words(officer.get(EAST, AFTER))
    assert "Not checked: the stated size was for other members; 1 of 2 lists not held" in said
    assert "Practices’ lists 23,698.75, 1 January 2019; 1 of 2 not held" in said
    assert "Added up from the practices below whose lists are held." in said
    listed = words(officer.get(LIST, AFTER))
    assert "Practices’ lists 23,698.75 (1 of 2 not held)" in listed
    row = file(officer, LIST, **AFTER)[0]
    assert (row["stated_list_size"], row["practice_list_size"]) == ("32716.00", "")
    assert row["practice_lists_not_held"] == "1"
    assert file(officer, LIST, **BEFORE)[0]["practice_list_size"] == "32716.00"


def test_a_stated_size_of_these_members_counts_though_a_list_is_missing(officer, east):
    ListSize.objects.filter(organisation__code="E84075").delete()
    said = words(officer.get(EAST, BEFORE))
    assert STATED in said
    assert "1 of 2 not held" in said
