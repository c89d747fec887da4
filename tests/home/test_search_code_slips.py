"""Search forgives a slip in a code or a postcode, the likeliest first, at the same cost for any register."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pcnportal.pages.near_codes import near_codes
from pcnportal.people.models import FormerDetail, Organisation
from tests import factories as make
from tests.home.test_search import found, search
from tests.reading import signed_in
from tests.registry.pages.reading import words


@pytest.fixture
def harrow(harrow):
    for code, name, place in (
        ("E84653", "Elliott Hall", "HA5 4EA"),
        ("E84053", "Belmont", "HA3 7LT"),
        ("E84698", "Far Away", "HA8 0AD"),
    ):
        practice = make.PracticeFactory.create(code=code, name=name)
        Organisation.objects.filter(pk=practice.pk).update(postcode=place)
    pcn = make.PCNFactory.create(name="Coded PCN")
    Organisation.objects.filter(pk=pcn.pk).update(code="U12345")
    return harrow


def names(response):
    return [text for group in found(response).values() for text, _, _ in group]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("E84563", "Elliott Hall"),  # two swapped
        ("E84635", "Elliott Hall"),
        ("e84 635", "Elliott Hall"),
        ("E84O53", "Belmont"),  # the letter O
        ("F84653", "Elliott Hall"),  # one other
        ("84653", "Elliott Hall"),  # one missing
        ("E884653", "Elliott Hall"),  # one too many
        ("U12354", "Coded PCN"),
        ("UI2345", "Coded PCN"),
        ("HA8 OAD", "Far Away"),
        ("ha80da", "Far Away"),
        ("HA8 0AB", "Far Away"),
    ],
)
def test_a_slip_in_a_code_or_a_postcode_is_forgiven(harrow, typed, name):
    response = search(harrow, typed)
    assert names(response) == [name]
    assert f"No exact match for “{typed}”. Nearest:" in words(response)


def test_what_is_found_exactly_has_no_near_ones_beside_it(harrow):
    assert names(search(harrow, "HA5 4EA")) == ["Elliott Hall"]
    assert names(search(harrow, "E8465")) == ["Elliott Hall"]
    assert search(harrow, "E84653")["Location"] == "/practices/E84653/"


def test_two_swapped_are_likelier_than_one_other(harrow):
    make.PracticeFactory.create(code="E84536", name="One Other")
    assert names(search(harrow, "E84635")) == ["Elliott Hall"]


def test_a_former_code_is_found_with_a_slip(harrow):
    belmont = Organisation.objects.get(code="E84053")
    FormerDetail.objects.create(organisation=belmont, what="code", value="Y01234", until=make.JANUARY)
    assert names(search(harrow, "Y01243")) == ["Belmont"]


@pytest.mark.parametrize("typed", ["E84635", "HA8 0AB", "OOOOOOO1", "0I0I0I0I"])
def test_few_codes_are_asked_for(typed):
    assert all(0 < len(some) <= 1_500 for some in near_codes(typed))


@pytest.mark.parametrize("typed", ["", "zain", "Elliott Hall 1", "123456789", "ÄÖ12", "٣٤٥٦"])
def test_what_is_no_code_has_no_near_ones(typed):
    assert not list(near_codes(typed))


def test_a_slip_in_a_code_costs_the_same_for_few_and_for_many(harrow):
    client = signed_in(harrow.user("officer"))

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/", {"q": "F84999"})
        return len(asked)

    make.PracticeFactory.create(code="E84999", name="Kenton Surgery")
    for _ in range(2):
        queries()  # begins the session
    few = queries()
    for number in range(10):
        make.PracticeFactory.create(code=f"F8499{chr(65 + number)}", name=f"Kenton Surgery {number}")
    assert queries() <= few <= 32
