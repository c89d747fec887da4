"""The pages of an action, as people use them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.models import Action
from governance.workflow.actions import finish_action
from governance.workflow.meetings import add_item, plan_meeting
from pcnportal import clock
from tests.governance.actions.reading import LIST, page, text
from tests.governance.actions.rows import TEXT, action_of
from tests.governance.records import pdf
from tests.reading import signed_in

pytestmark = pytest.mark.django_db
OWNERS = {"owners-TOTAL_FORMS": "1", "owners-INITIAL_FORMS": "0"}


def test_what_was_given_out_in_private_is_not_there_for_who_may_not_read_it(harrow, item, secretary):
    private = add_item(item.meeting, by=secretary, title="A complaint", is_private=True)
    action = action_of(private, secretary, text="Write to the complainant.")
    said = finish_action(action, by=secretary, seen=1, text="Mr Smith.")
    officer = signed_in(harrow.user("officer"))
    for path in (action.get_absolute_url(), reverse("governance:finish_action", args=[action.pk])):
        assert officer.get(path).status_code == 404
    assert "complain" not in text(officer.get(LIST, {"q": "complain"})).replace('value="complain"', "")
    for path in (f"/governance/meetings/{item.meeting_id}/", "/history/", "/"):
        assert "complainant" not in text(officer.get(path))
    assert "Write to the complainant." in page(harrow.user("member"), action.get_absolute_url())
    assert said.text in page(harrow.user("member"), action.get_absolute_url())


def test_who_may_do_nothing_sees_no_button(harrow, action):
    assert "Record it as done" not in page(harrow.user("officer"), action.get_absolute_url())
    assert "Record it as done" in page(harrow.user("member"), action.get_absolute_url())
    assert "Drop it" not in page(harrow.user("member"), action.get_absolute_url())
    assert "Drop it" in page(harrow.user("secretary"), action.get_absolute_url())


def record(user, item, **typed):
    path = reverse("governance:item_action", args=[item.pk])
    facts = {"text": TEXT, "kind": "action", "due": "none", "owners-0-who": "several"}
    return signed_in(user).post(path, {**OWNERS, **facts, "owners-0-name": "All providers", **typed})


def test_it_is_recorded_from_an_item(harrow, item, secretary):
    response = record(secretary, item, due="month", due_month="July 2019")
    action = Action.objects.get()
    assert response["Location"] == action.get_absolute_url()
    assert (action.item, action.due_month, str(action.owners.get())) == (
        item,
        date(2019, 7, 31),
        "All providers",
    )


def test_a_new_person_is_made_and_a_known_one_is_found(harrow, item, secretary, owner):
    for name in ("Jo Paul", "Taff Moraga"):
        record(secretary, item, **{"owners-0-who": "person", "owners-0-person": name})
    persons = [action.owners.get().person for action in Action.objects.order_by("pk")]
    assert persons[0] == owner
    assert str(persons[1]) == "Taff Moraga"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"text": ""}, "Fill in: What is to be done"),
        ({"due": ""}, "Choose an answer: When it is due"),
        ({"due": "day"}, "Enter the date"),
        ({"due": "month", "due_month": "sometime"}, "Enter a month, for example July 2019"),
        ({"due": "body", "body_month": "July 2019"}, "Choose the body"),
        ({"due": "meeting"}, "Choose the meeting"),
        ({"owners-0-name": ""}, "Enter what they are called"),
        (
            {"owners-0-who": "organisation", "owners-0-organisation": "Nowhere"},
            "No organisation has the code",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(harrow, item, secretary, typed, said):
    response = record(secretary, item, **typed)
    assert response.status_code == 200
    shown = text(response)
    assert said in shown
    for name, value in ({"text": TEXT, "owners-0-name": "All providers"} | typed).items():
        if value and name in ("text", "due_month", "body_month", "owners-0-name"):
            assert value in shown
    assert not Action.objects.exists()


def test_another_owner_is_added_without_losing_what_was_typed(harrow, item, secretary):
    shown = text(record(secretary, item, **{"owners-add": "1"}))
    assert "Owner 2" in shown
    assert TEXT in shown
    assert "error" not in shown.lower().split("<form")[1].split("</form")[0]


def test_it_is_recorded_by_hand_at_a_meeting_that_is_planned(harrow, secretary):
    meeting = plan_meeting(harrow.committee, by=secretary, commissioner=harrow.ccg, held_on=date(2019, 6, 17))
    facts = {"body": harrow.committee.pk, "commissioner": harrow.ccg.pk, "text": TEXT, "kind": "action"}
    due = {"due": "meeting", "due_meeting": meeting.pk}
    owner = {"owners-0-who": "organisation", "owners-0-organisation": "08E"}
    response = signed_in(secretary).post(f"{LIST}new/", {**facts, **due, **OWNERS, **owner})
    assert response.status_code == 302, text(response)
    action = Action.objects.get()
    assert (action.due_meeting, action.owners.get().organisation) == (meeting, harrow.ccg)


def test_its_owner_records_it_as_done_with_a_file_that_can_be_read(harrow, action):
    member = signed_in(harrow.user("member"))
    path = reverse("governance:finish_action", args=[action.pk])
    empty = member.post(path, {"seen": 1, "text": ""})
    assert "Say what shows that it is done" in text(empty)
    file = SimpleUploadedFile("plan.pdf", pdf(), "application/pdf")
    assert member.post(path, {"seen": 1, "text": "", "file": file}).status_code == 302
    shown = text(member.get(action.get_absolute_url()))
    assert "plan.pdf" in shown
    kept = member.get(reverse("governance:action_file", args=[action.updates.get().pk]))
    assert b"".join(kept.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]


def test_who_comes_second_keeps_what_they_typed(harrow, action, secretary):
    path = reverse("governance:update_action", args=[action.pk])
    client = signed_in(secretary)
    assert client.post(path, {"seen": 1, "text": "First."}).status_code == 302
    response = client.post(path, {"seen": 1, "text": "Second."})
    assert response.status_code == 409
    assert "Second." in text(response)


def test_the_earlier_date_and_its_reason_are_shown(harrow, action, secretary):
    path = reverse("governance:change_due", args=[action.pk])
    typed = {"seen": 1, "due": "month", "due_month": "9/2019", "reason": "Comments came late."}
    assert signed_in(secretary).post(path, typed).status_code == 302
    shown = page(harrow.user("officer"), action.get_absolute_url())
    for said in ("September 2019", "Before: 2 July 2019", "Comments came late."):
        assert said in shown


def test_the_owners_of_an_action_stand_in_its_form(harrow, action, secretary):
    path = reverse("governance:change_action", args=[action.pk])
    assert "Jo Paul" in page(secretary, path)


def test_open_actions_are_shown_below_their_item_of_the_next_agenda(harrow, action, secretary):
    meeting = plan_meeting(harrow.committee, by=secretary, commissioner=harrow.ccg, held_on=date(2019, 6, 17))
    shown = page(harrow.user("officer"), meeting.get_absolute_url())
    assert action.text in shown
    assert action.text in page(harrow.user("officer"), f"/governance/meetings/{action.item.meeting_id}/")


def test_what_is_due_is_told_on_its_day(harrow, action):
    with clock.at(date(2019, 7, 3)):
        assert "Overdue" in page(harrow.user("officer"), action.get_absolute_url())
