"""Findings on my work."""

import pytest

from pcnportal.findings.answers import accept
from tests import factories as make
from tests.findings.making import finding
from tests.reading import signed_in
from tests.registry.pages.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def east(harrow):
    return make.PCNFactory.create()


@pytest.fixture
def found(harrow, east):
    return finding(east, harrow.ccg)


def client(harrow, name="officer"):
    return signed_in(harrow.user(name))


class TestMyWork:
    def test_open_findings_are_work_for_an_officer_and_a_figure_at_a_glance(self, harrow, east, found):
        finding(east, harrow.havering)
        page = words(client(harrow).get("/"))
        assert "1 finding: what the portal doubts" in page
        assert "1 finding open" in page

    def test_what_was_accepted_is_no_work(self, harrow, found):
        accept(found, by=harrow.user("officer"), seen=found.version, reason="Fine.")
        page = words(client(harrow).get("/"))
        assert "what the portal doubts" not in page
        assert "No finding open" in page
