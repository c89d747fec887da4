"""The register of actions: what it shows, how it is filtered, and what of it leads the first page."""

from datetime import date
from typing import Any

import pytest

from governance.workflow.actions import finish_action
from tests import factories as make
from tests.governance.actions.reading import LIST, page
from tests.governance.actions.rows import TEXT, action_of
from tests.reading import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(item, secretary, owner, harrow):
    """One overdue, one due soon, one without a date, one done."""
    made: dict[str, dict[str, Any]] = {
        "late": {"text": "Feed back on priorities.", "due_on": date(2019, 5, 10), "owners": [owner]},
        "soon": {"text": "Send comments.", "due_month": date(2019, 5, 1), "kind": "scrutiny"},
        "undated": {"text": "Plan the roadmap.", "owners": [harrow.ccg]},
        "done": {"text": "Recruit link workers.", "due_on": date(2019, 7, 2)},
    }
    found = {name: action_of(item, secretary, **facts) for name, facts in made.items()}
    finish_action(found["done"], by=secretary, seen=1, text="They started.")
    return found


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"late", "soon", "undated", "done"}),
        ({"status": "open"}, {"late", "soon", "undated"}),
        ({"status": "overdue"}, {"late"}),
        ({"status": "due_soon"}, {"soon"}),
        ({"status": "done"}, {"done"}),
        ({"q": "roadmap"}, {"undated"}),
        ({"owner": "all prov"}, {"soon", "done"}),
        ({"owner": "jo paul"}, {"late"}),
        ({"kind": "scrutiny"}, {"soon"}),
        ({"due_from": "2019-05-31", "due_to": "2019-06-30"}, {"soon"}),
        ({"body": "Commissioning Committee"}, {"late", "soon", "undated", "done"}),
        ({"body": "Nobody"}, set()),
        ({"whose": "mine"}, {"late"}),
    ],
)
def test_the_register_is_filtered(harrow, several, asked, names):
    said = page(harrow.user("member"), LIST, **asked)
    assert {name for name, action in several.items() if action.text in said} == names


def test_its_file_has_the_columns_that_stay_first_and_raw_dates(harrow, several):
    said = page(harrow.user("officer"), LIST, _export="csv")
    lines = said.lstrip("\ufeff").splitlines()
    assert lines[0].startswith("text,owner,due_on,status,")
    assert lines[1].startswith("Feed back on priorities.,Jo Paul,2019-05-10,Overdue,")
    assert lines[2].startswith("Send comments.,All providers,2019-05-31,Open,")


@pytest.mark.parametrize("sort", ["due_on", "-due_on", "owner", "body", "kind", "state"])
def test_it_is_sorted(harrow, several, sort):
    assert TEXT not in page(harrow.user("officer"), LIST, sort=sort)


def test_an_empty_register_leads_on(harrow):
    assert "/governance/meetings/" in page(harrow.user("officer"), LIST)


def test_another_commissioner_has_none_of_them(harrow, action):
    havering = harrow.user("officer@havering.example")
    assert action.text not in page(havering, LIST)
    assert signed_in(havering).get(action.get_absolute_url()).status_code == 404


def test_my_work_leads_to_what_is_overdue_and_due_soon(harrow, several):
    shown = page(harrow.user("member"), "/")
    assert "1 action of yours is overdue" in shown
    assert "Feed back on priorities." in shown
    shown = page(harrow.user("secretary"), "/")
    assert "1 action is overdue" in shown
    assert "1 action is due in 14 days" in shown
    assert "overdue" not in page(harrow.user("finance"), "/")


def test_my_work_asks_as_often_for_many(harrow, item, secretary, owner, django_assert_max_num_queries):
    client = signed_in(secretary)
    client.get("/")
    for number in range(30):
        make.PersonFactory.create(name=f"Dr {number}")
        action_of(item, secretary, text=f"Action {number}", due_on=date(2019, 5, number % 20 + 1))
    with django_assert_max_num_queries(60) as asked:
        client.get("/")
    few = len(asked)
    for number in range(30):
        action_of(item, secretary, text=f"More {number}", due_on=date(2019, 5, number % 20 + 1))
    with django_assert_max_num_queries(few):
        client.get("/")


@pytest.mark.parametrize("path", [LIST, "one", "meeting"])
def test_pages_ask_as_often_for_many(harrow, item, secretary, owner, path, django_assert_max_num_queries):
    action = action_of(item, secretary, owners=[owner, harrow.ccg], due_month=date(2019, 7, 1))
    address = {"one": action.get_absolute_url(), "meeting": item.meeting.get_absolute_url()}.get(path, path)
    client = signed_in(secretary)
    client.get(address)
    with django_assert_max_num_queries(10 if path == LIST else 40) as asked:
        client.get(address)
    few = len(asked)
    for number in range(40):
        action_of(
            item,
            secretary,
            text=f"Action {number}",
            owners=[owner, "All"],
            due_body=harrow.committee,
            due_month=date(2019, 7, 1),
        )
    with django_assert_max_num_queries(few):
        client.get(address)
    if path == LIST:
        assert few <= 8
