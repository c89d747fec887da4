"""3 July 2019: what the partnership meeting of 18 June agreed, and the item in Hammersmith & Fulham."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from governance.actions import due_words, owners_in_words, with_state
from governance.models import Action, AgendaItem, Body, Meeting
from governance.workflow.meetings import plan_meeting
from pcnportal import clock
from pcnportal.people.models import Organisation, User
from tests.demo import played, undone
from tests.reading import signed_in

DAY, HELD = date(2019, 7, 3), date(2019, 6, 18)


@pytest.fixture(scope="module", autouse=True)
def users(django_db_setup: Any, django_db_blocker: Any) -> Iterator[dict[str, User]]:
    with played(django_db_blocker, DAY) as users, clock.at(DAY):
        yield users


def meeting() -> Meeting:
    return Meeting.objects.get(held_on=HELD)


def actions_of(code: str) -> list[Any]:
    return list(with_state(Action.objects.filter(commissioner__code=code), DAY).order_by("pk"))


def shown(users: dict[str, User], name: str, path: str) -> str:
    response = signed_in(users[name]).get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def test_its_agenda_is_as_printed_with_two_numbers_twice():
    items = list(meeting().items.order_by("position"))
    assert [item.number for item in items] == ["1", "2", "3", "4", "5", "6", "7", "6", "7"]
    assert [item.starts_at for item in items][1:] == [item.ends_at for item in items][:-1]
    assert (items[0].starts_at, items[-1].ends_at) == (time(17, 30), time(19, 30))
    assert [item.presenter for item in items[3:6]] == ["Jo Paul", "Javina Sehgal", "Taf Mugwagwa"]


def test_two_chaired_it_and_only_they_are_named_of_44():
    rows = list(meeting().attendances.select_related("person"))
    assert {row.person.name for row in rows} == {"Dr Genevieve Small", "Sean Harriss"}
    assert all(row.took_the_chair for row in rows)
    assert meeting().stated_attendance == 44


def test_five_agreements_are_resolutions_of_their_items():
    items = AgendaItem.objects.filter(meeting=meeting(), resolutions__isnull=False).order_by("position")
    assert [item.position for item in items] == [3, 4, 5, 7, 8]
    found = [resolution for item in items for resolution in item.resolutions.all()]
    assert [resolution.number for resolution in found] == ["1", "2", "3", "4", "5"]
    assert {(r.outcome, r.quorum_basis) for r in found} == {("agreed", "attested")}
    assert "roll forward the investment" in found[3].text


def test_its_actions_have_the_owners_and_dates_that_the_report_gives():
    found = [
        (owners_in_words(action), due_words(action), action.due_day, action.state)
        for action in actions_of("08E")
    ]
    september = ("Executive to Executive meeting, September 2019", date(2019, 9, 30), "Open")
    assert found == [
        ("All providers", "ICP Commissioning Board, July 2019", date(2019, 7, 31), "Open"),
        ("All providers", *september),
        ("Taff Moraga, Mo Girach", "2 July 2019", date(2019, 7, 2), "Overdue"),
        ("", "", None, "Open"),
        ("", *september),
        ("", *september),
    ]


def test_they_come_back_on_the_next_agenda_and_fall_due_on_its_day(users):
    body = Body.objects.get(slug="harrow-executive-to-executive")
    harrow = Organisation.objects.get(code="08E")
    with undone():
        coming = plan_meeting(
            body, by=users["secretary@harrow.example"], commissioner=harrow, held_on=date(2019, 9, 17)
        )
        said = shown(users, "officer@harrow.example", coming.get_absolute_url())
        assert "Develop a detailed resource plan" in said
        assert {a.due_day for a in actions_of("08E") if a.due_body == body} == {date(2019, 9, 17)}


def test_the_governance_structure_is_a_working_model():
    assert Body.objects.get(slug="harrow-joint-management-board").status == "working"


def test_the_item_in_hammersmith_and_fulham_has_no_date_and_its_resolution():
    held = Meeting.objects.get(commissioner__code="08C")
    assert (held.held_on, held.attendances.count()) == (None, 0)
    assert "not held" in str(held.body)
    item = held.items.get()
    assert "approximately 71,000" in item.minutes.get().text
    assert str(item.resolutions.get()) == "RESOLVED that the Board noted the report"
    kinds = [action.kind for action in actions_of("08C")]
    assert (kinds.count("commitment"), kinds.count("scrutiny")) == (3, 2)
    assert {action.due_day for action in actions_of("08C")} == {None}


@pytest.mark.parametrize("name", ["officer@harrow.example", "officer@havering.example"])
def test_its_published_minutes_are_everybodys(users, name):
    held = Meeting.objects.get(commissioner__code="08C")
    said = shown(users, name, f"/governance/meetings/{held.pk}/minutes/")
    for words in ("the Board noted the report", "Councillor Richardson", "date not held"):
        assert words in said


def test_the_accounts_of_chair_and_member_are_persons_without_a_seat(users):
    for name in ("chair", "member"):
        person = users[f"{name}@harrow.example"].person
        assert person
        assert not person.seats.exists()
        assert str(person) == f"Harrow committee {name}"
