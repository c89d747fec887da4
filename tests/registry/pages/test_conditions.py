"""The list of conditions: what needs attention comes first, with the status that the record gives."""

from datetime import date, timedelta
from typing import Any

import pytest

from pcnportal import clock
from registry.conditions import with_state
from registry.models import Condition
from registry.workflow.conditions import judge, submit_evidence
from tests import steps
from tests.harrow import Harrow
from tests.reading import rows, signed_in
from tests.registry.pages.reading import words

TODAY = date(2019, 6, 3)
ADDRESS = "/conditions/"
# In the order in which they need attention.
WANTED: dict[str, dict[str, Any]] = {
    "overdue": {"due_on": date(2019, 6, 2)},
    "overdue with evidence": {"due_on": date(2019, 6, 2)},
    "evidence": {"due_on": date(2019, 9, 1)},
    "today": {"due_on": TODAY},
    "in 14 days": {"due_on": TODAY + timedelta(days=14)},
    "in 15 days": {"due_on": TODAY + timedelta(days=15)},
    "an event": {"due_on": None, "due_event": "When the contracts merge"},
    "met": {"due_on": date(2019, 6, 1)},
}


@pytest.fixture
def asked(harrow: Harrow) -> dict[str, Condition]:
    """One condition in each state, set on 20 May 2019."""
    wanted = [
        steps.wanted(harrow, text=text, discharge_role="secretary", **other) for text, other in WANTED.items()
    ]
    case = steps.approved(harrow, conditions=wanted[::-1])
    held = {condition.text: condition for condition in case.conditions.all()}
    for text in ("overdue with evidence", "evidence", "met"):
        submit_evidence(held[text], by=harrow.user("officer"), seen=version(held[text]), text="A letter")
    secretary = harrow.user("secretary")
    judge(held["met"], by=secretary, seen=version(held["met"]), judgement="met", note="It says so.")
    return held


def version(condition: Condition) -> int:
    condition.case.refresh_from_db()
    return condition.case.version


@pytest.fixture(autouse=True)
def on_3_june_2019() -> Any:
    with clock.at(TODAY):
        yield


def listed(harrow: Harrow, **query: str) -> list[str]:
    response = signed_in(harrow.user("officer")).get(ADDRESS, query | {"_export": "csv"})
    return [row["text"] for row in rows(response)]


def test_what_needs_attention_comes_first(harrow, asked):
    found = listed(harrow)
    assert set(found[:2]) == {"overdue", "overdue with evidence"}
    assert found[2:] == list(WANTED)[2:]


def test_the_list_says_the_status_that_the_condition_says(asked):
    found = with_state(Condition.objects.all(), TODAY)
    assert {row.text: row.state for row in found} == {row.text: row.status for row in found}
    assert {row.state for row in found} == {"Overdue", "Evidence submitted", "Open", "Met"}


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("open", set(WANTED) - {"met"}),
        ("due_soon", {"today", "in 14 days"}),
        ("overdue", {"overdue", "overdue with evidence"}),
        ("evidence_submitted", {"evidence", "overdue with evidence"}),
        ("met", {"met"}),
        ("waived", set()),
    ],
)
def test_a_filter_leaves_the_conditions_of_that_status(harrow, asked, status, left):
    assert set(listed(harrow, status=status)) == left


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"pcn": "gp dir"}, 8),
        ({"pcn": "Sphere"}, 0),
        ({"owner": "GP DIRECT"}, 8),
        ({"owner": "Zain"}, 0),
        ({"year": "2019/20"}, 8),
        ({"status": "open", "pcn": "direct", "year": "2019/20"}, 7),
    ],
)
def test_the_list_is_filtered_by_pcn_owner_and_year(harrow, asked, query, number):
    assert len(listed(harrow, **query)) == number


@pytest.mark.parametrize(("sort", "first"), [("due_on", "met"), ("-due_on", "evidence")])
def test_ordered_by_the_due_day_what_has_none_comes_last(harrow, asked, sort, first):
    found = listed(harrow, sort=sort)
    assert (found[0], found[-1]) == (first, "an event")


@pytest.mark.parametrize("sort", ["pcn", "owner", "timing", "state", "-state"])
def test_it_is_ordered_by_each_column(harrow, asked, sort):
    assert set(listed(harrow, sort=sort)) == set(WANTED)


def test_an_unknown_filter_shows_its_error_and_no_rows(harrow, asked):
    page = words(signed_in(harrow.user("officer")).get(ADDRESS, {"status": "lost"}))
    assert "There is a problem" in page
    assert "overdue" not in page.replace("Overdue", "")


def test_the_file_has_the_columns_that_stay(harrow, asked):
    response = signed_in(harrow.user("officer")).get(ADDRESS, {"_export": "csv", "status": "met"})
    (row,) = rows(response)
    assert list(row)[:5] == ["id", "pcn", "text", "due_on", "status"]
    assert list(row.values())[:5] == [
        str(asked["met"].pk),
        "GP Direct PCN",
        "met",
        "2019-06-01",
        "Met",
    ]


def test_the_page_says_how_far_the_due_day_is_or_names_the_event(harrow, asked):
    page = words(signed_in(harrow.user("member")).get(ADDRESS))
    assert "2 June 2019, yesterday" in page
    assert "17 June 2019, in 14 days" in page
    assert "When the contracts merge" in page
    assert "1 June 2019, 2 days ago" not in page  # it is met
    assert "Overdue Evidence submitted" in page


def test_long_words_are_shortened_on_the_page_and_whole_in_the_file(harrow):
    text = "Show how its patients will be served. " * 10
    steps.approved(harrow, conditions=[steps.wanted(harrow, text=text)])
    assert text.strip() not in words(signed_in(harrow.user("officer")).get(ADDRESS))
    assert listed(harrow) == [text]


def test_another_commissioner_finds_none_of_them(harrow, asked):
    response = signed_in(harrow.user("officer@havering.example")).get(ADDRESS)
    assert "No condition has been set." in words(response)
    assert "/registrations/" in response.content.decode()


def test_who_may_see_no_case_is_refused_the_list(harrow, asked):
    assert signed_in(harrow.user("admin")).get(ADDRESS).status_code == 403


def test_the_list_takes_as_many_queries_for_2_conditions_as_for_200(harrow, django_assert_num_queries):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow), steps.wanted(harrow)])
    client = signed_in(harrow.user("officer"))
    client.get(ADDRESS)  # renews the session
    with django_assert_num_queries(6):  # session, user, roles, years, count, page
        client.get(ADDRESS)
    another = case.conditions.get(number=2)
    for number in range(3, 201):
        another.pk, another.number = None, number
        another.save()
    with django_assert_num_queries(6):
        page = client.get(ADDRESS, {"per_page": "100", "status": "open"})
    assert "200 conditions" in words(page)
