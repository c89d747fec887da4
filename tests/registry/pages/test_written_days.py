"""A day in an address may be written as people write it; what is no day is said so, never passed over."""

from datetime import date

import pytest

from pcnportal import clock
from pcnportal.pages.days import written_day
from tests import factories as make
from tests.reading import signed_in
from tests.registry.pages.reading import words

DAY = date(2019, 12, 31)
PRACTICE, PCN = "/practices/E84039/", "/pcns/dated-pcn/"
PAGES = ["/practices/", "/pcns/", PRACTICE, PCN]


@pytest.fixture
def officer(harrow):
    harrow.practice("E84039")
    make.PCNFactory.create(name="Dated PCN")
    with clock.at(date(2020, 6, 1)):
        yield signed_in(harrow.user("officer"))


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "typed", ["31/12/2019", "31.12.2019", "31 December 2019", " 31 dec 2019 ", "2019-12-31"]
)
def test_every_page_takes_a_written_day(officer, path, typed):
    page = officer.get(path, {"as_at": typed})
    assert "s at 31 December 2019" in words(page)
    assert 'value="2019-12-31"' in page.content.decode()
    assert "There is a problem" not in words(page)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("typed", ["31/12/19", "12/31/2019", "31/02/2019", "soon", "0"])
def test_every_page_says_what_is_no_day(officer, path, typed):
    page = words(officer.get(path, {"as_at": typed}))
    assert "There is a problem" in page
    assert "is not a date" in page or "Enter a date, for example 31/12/2019" in page


def test_a_file_of_no_day_is_refused(officer):
    assert officer.get("/practices/", {"as_at": "soon", "_export": "csv"}).status_code == 400


def test_two_written_days_are_compared_or_swapped(officer):
    asked = {"from": "1 November 2019", "to": "31/12/2019"}
    assert "1 November 2019 and 31 December 2019" in words(officer.get("/register/compare/", asked))
    asked = {"from": "31/12/2019", "to": "1 November 2019"}
    assert "Compare them in the other order" in words(officer.get("/register/compare/", asked))


@pytest.mark.parametrize("typed", ["1/2/2019", "01/02/2019", "1 Feb 2019"])
def test_the_day_comes_before_the_month(typed):
    assert written_day(typed) == date(2019, 2, 1)
