"""What search finds of a kind is what the list behind "all of them" shows."""

import re
from html import unescape

import pytest

from pcnportal import clock
from pcnportal.pages.search import asked
from pcnportal.people.models import Organisation
from pcnportal.search import FLOORS
from tests import factories as make
from tests.harrow import Harrow
from tests.reading import rows, signed_in
from tests.registry.pages.reading import main

LISTS = {"Practices": "name", "Primary Care Networks": "name", "Registrations": "pcn"}


@pytest.fixture
def many(harrow: Harrow) -> Harrow:
    """Twelve of each kind that match, and one that doesn't."""
    for number in range(12):
        make.PracticeFactory.create(code=f"E8400{number:02}", name=f"Pinner Road Surgery {number:02}")
        pcn = make.PCNFactory.create(name=f"Pinner Road PCN {number:02}")
        make.CaseFactory.create(pcn=pcn, round=harrow.round)
        Organisation.objects.filter(pk=pcn.pk).update(postcode=f"HA5 {number % 9}AA", opened_on=make.JANUARY)
    make.PracticeFactory.create(code="Y05080", name="First Choice Medical")
    return harrow


@pytest.mark.parametrize(
    "text", ["pinner road", "road pinner", "PINNER", "surgery 0", "e840", "ha51", "ha5", "&"]
)
def test_search_finds_what_the_list_behind_it_shows(many, text):
    officer = many.user("officer")
    client = signed_in(officer)
    for floor in FLOORS:
        for found in floor.search_of(officer, asked(text), clock.today()):
            if found.title in LISTS:
                listed = [row[LISTS[found.title]] for row in rows(client.get(f"{found.more}&_export=csv"))]
                names = [row.text.partition(":")[0] for row in found.found]
                assert set(names) <= set(listed)
                assert (len(listed) > len(names)) == found.has_more
                assert len(names) == min(len(listed), 10)


def test_the_link_to_all_of_them_keeps_what_was_typed(many):
    page = main(signed_in(many.user("officer")).get("/search/", {"q": "pinner road"}))
    links = [unescape(href) for href in re.findall(r'href="([^"?]*[?][^"]*pinner[^"]*)"', page)]
    assert links == ["/practices/?q=pinner+road", "/pcns/?q=pinner+road", "/registrations/?name=pinner+road"]
