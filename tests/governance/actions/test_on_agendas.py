"""The pages of a meeting, of its agenda and of its ten minutes list the open actions under their item."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.workflow.meetings import add_item
from tests.governance.actions.reading import page
from tests.governance.actions.rows import action_of

PAGES = ("", "agenda/", "brief/")


@pytest.fixture
def june(harrow):
    return harrow.meeting(harrow.committee, date(2019, 6, 17))


def at(meeting, which):
    return f"/governance/meetings/{meeting.pk}/{which}"


@pytest.mark.parametrize("which", PAGES)
def test_they_are_listed_with_their_owners_and_when_they_are_due(harrow, june, action, which):
    shown = page(harrow.user("officer"), at(june, which))
    for said in (action.text, action.get_absolute_url(), "Jo Paul; due: 2 July 2019"):
        assert said in shown
    assert "Overdue" not in shown


@pytest.mark.parametrize("which", PAGES)
def test_those_of_a_private_item_only_for_who_may_read_them(harrow, june, item, secretary, which):
    private = add_item(item.meeting, by=secretary, title="A complaint", is_private=True)
    action_of(private, secretary, text="Write to the complainant.")
    assert "complainant" in page(harrow.user("member"), at(june, which))
    shown = page(harrow.user("officer"), at(june, which))
    assert "complainant" not in shown
    assert f"No action of the {harrow.committee} is open." in shown


@pytest.mark.parametrize("which", PAGES)
def test_many_are_in_the_register_and_cost_the_same(harrow, june, item, secretary, which):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            shown = page(secretary, at(june, which))
        return len(queries), shown

    action_of(item, secretary, text="Action 0")
    asked()
    few, shown = asked()
    assert "All open actions" not in shown
    for number in range(1, 23):
        action_of(item, secretary, text=f"Action {number}")
    many, shown = asked()
    assert many == few
    assert shown.count(">Action ") == 20
    assert "20 of 23 actions." in shown
    (link,) = re.findall(r'href="([^"]+)">All open actions of the', shown)
    register = page(secretary, unescape(link))
    assert "Action 0" in register
    assert "23 actions" in register
