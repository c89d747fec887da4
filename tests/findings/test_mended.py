"""What somebody mends with a dated change of the register is doubted no more."""

from datetime import date

import pytest

from pcnportal import clock
from pcnportal.findings.models import Finding
from pcnportal.findings.refresh import refresh
from registry.findings import RULES
from tests.findings.making import DAY, directs, joins, live, pcn, practice
from tests.reading import signed_in

pytestmark = pytest.mark.django_db
SINCE = {"on_day": "1", "on_month": "10", "on_year": "2019"}
WHY = {"reason": "They wrote to us.", "held_source": "named", "source_title": "Letter of the practice"}


@pytest.fixture(autouse=True)
def _december():
    with clock.at(DAY):
        yield


@pytest.fixture
def send(officer, django_capture_on_commit_callbacks):
    def post(path, typed):
        with django_capture_on_commit_callbacks(execute=True):
            return officer.post(path, typed).status_code

    return post


@pytest.fixture
def officer(harrow):
    return signed_in(harrow.user("officer"))


@pytest.fixture
def east(harrow):
    return pcn("Harrow East PCN", of=harrow.ccg)


def doubted(rule):
    refresh(RULES)
    return Finding.objects.filter(rule=rule).values_list("gone_on", flat=True)


def test_a_closed_practice_that_left_its_pcn(harrow, send, east):
    gone = practice("Honeypot Medical Centre", "E84039", of=harrow.ccg, closed_on=date(2019, 9, 1))
    joins(gone, east)
    held = doubted("closed-practice-a-member")
    assert list(held) == [None]
    assert send("/practices/E84039/leave/", {}) == 200
    assert list(held.all()) == [None]
    assert send("/practices/E84039/leave/", SINCE | WHY) == 302
    assert list(held.all()) == [DAY]


def test_a_pcn_whose_director_was_appointed(harrow, send, east):
    sphere = pcn("Sphere PCN", of=harrow.ccg)
    live(east)
    live(sphere)
    directs("Dr Ashok Kelshiker", sphere)
    held = doubted("pcn-without-director")
    assert list(held) == [None]
    name = {"name": "Dr Meena Thakur"}
    assert send("/pcns/harrow-east-pcn/directors/appoint/", SINCE | WHY | name) == 302
    assert list(held.all()) == [DAY]
