"""The pages of meetings: planning one, its agenda, who withdrew, and what that means for the quorum."""

import re
from datetime import date, time

import pytest

from governance.models import Meeting
from governance.workflow.meetings import add_item, plan_meeting
from pcnportal.people.models import Person
from tests import factories as make
from tests.governance.pages.attending import KELSHIKER, LIST, SEHGAL, SMALL, attend, leave, page
from tests.harrow import Harrow
from tests.reading import buttons, rows, signed_in
from tests.registry.pages.reading import errors, main, words

NEW = "/governance/meetings/new/"


@pytest.fixture
def stranger(harrow: Harrow):
    user = make.UserFactory.create(email="secretary@havering.example")
    make.RoleFactory.create(user=user, organisation=harrow.havering, role="secretary")
    return signed_in(user)


def typed(harrow, **other):
    return {
        "body": harrow.committee.pk,
        "commissioner": harrow.ccg.pk,
        "held_on_day": "17",
        "held_on_month": "6",
        "held_on_year": "2019",
        "starts_at": "14:00",
        "place": "The Heights, Harrow",
    } | other


def test_a_meeting_is_planned_and_shown(harrow, secretary):
    said = words(secretary.post(NEW, typed(harrow), follow=True))
    assert "The meeting is planned." in said
    assert "Primary Care Commissioning Committee, 17 June 2019 Planned in 28 days" in said
    assert "Time 14:00 Place The Heights, Harrow" in said
    assert "Nothing is on the agenda yet." in said
    assert "The attendance is not held." in said


def test_the_body_of_the_page_before_is_chosen(harrow, secretary):
    chosen = main(secretary.get(NEW, {"body": harrow.panel.pk})).partition("checked")[0].split("<input")[-1]
    assert f'value="{harrow.panel.pk}"' in chosen


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"body": ""}, "#id_body"),
        ({"held_on_day": "31"}, "#id_held_on_day"),
        ({"held_on_day": "", "held_on_month": "", "held_on_year": ""}, "#id_held_on_day"),
        ({"starts_at": "at two"}, "#id_starts_at"),
        ({"place": "x" * 201}, "#id_place"),
    ],
)
def test_wrong_input_keeps_what_was_typed_and_names_the_field(harrow, secretary, wrong, field):
    response = secretary.post(NEW, typed(harrow, **wrong))
    assert list(errors(response)) == [field]
    kept = typed(harrow, **wrong)
    for name in ("held_on_day", "held_on_month", "held_on_year", "starts_at", "place"):
        assert not kept[name] or f'value="{kept[name]}"' in main(response), name
    assert not Meeting.objects.exists()


def test_a_second_meeting_at_that_time_is_refused_at_the_date(harrow, secretary):
    plan_meeting(
        harrow.committee,
        by=harrow.user("secretary"),
        commissioner=harrow.ccg,
        held_on=date(2019, 6, 17),
        starts_at=time(14),
    )
    response = secretary.post(NEW, typed(harrow))
    assert errors(response) == {
        "#id_held_on_day": "Primary Care Commissioning Committee already has a meeting on 17 June 2019"
        " at that time."
    }


def test_the_quorum_of_each_item_is_tested_before_and_after_a_withdrawal(harrow, secretary, meeting):
    make.QuorumRuleFactory.create(body=harrow.committee, offices=[{"office": "Chair", "at_least": 1}])
    first, _ = (add_item(meeting, by=harrow.user("secretary"), title=title) for title in ("PCNs", "Minutes"))
    assert "Quorum of each item: Not held: the attendance." in words(page(secretary, meeting))
    said = words(attend(secretary, meeting, SMALL, KELSHIKER, SEHGAL))
    rule = "the rule: at least 2 voting members, 1 Chair."
    assert f"Quorum of each item: Quorate. 2 voting present; {rule}" in said
    said = words(leave(secretary, harrow, first, "Dr Amol Kelshiker"))
    assert "The withdrawal is recorded" in said
    lacking = f"Not quorate: 1 more voting. 1 voting present after 1 withdrew; {rule}"
    assert f"1. PCNs To decide Quorum: {lacking}" in said
    assert "Dr Amol Kelshiker withdrew from the item: Director of the PCN." in said
    assert f"2. Minutes To decide Quorum: Quorate. 2 voting present; {rule}" in said


def test_only_who_was_present_and_has_not_left_can_withdraw(harrow, secretary, meeting):
    item = add_item(meeting, by=harrow.user("secretary"), title="PCNs")
    attend(secretary, meeting, SMALL, KELSHIKER, SEHGAL)
    leave(secretary, harrow, item, "Dr Amol Kelshiker")
    form = words(secretary.get(f"/governance/items/{item.pk}/withdrawal/"))
    assert "Dr Genevieve Small, Chair" in form
    assert "Kelshiker" not in form
    assert "Sehgal" not in form


def test_a_withdrawal_asks_who_and_why(harrow, secretary, meeting):
    item = add_item(meeting, by=harrow.user("secretary"), title="PCNs")
    attend(secretary, meeting, SMALL)
    response = secretary.post(f"/governance/items/{item.pk}/withdrawal/", {"seen": meeting.version})
    assert list(errors(response)) == ["#id_attendance", "#id_reason"]
    assert not item.withdrawals.exists()


def test_who_only_reads_finds_nothing_to_record(harrow, secretary, meeting):
    item = add_item(meeting, by=harrow.user("secretary"), title="PCNs")
    attend(secretary, meeting, SMALL)
    member = signed_in(harrow.user("member"))
    said = words(page(member, meeting))
    for words_of_a_link in ("Somebody withdrew", "Correct the attendance"):
        assert words_of_a_link in words(page(secretary, meeting))
        assert words_of_a_link not in said
    assert buttons(member.get(LIST)) == []
    for path in (NEW, f"{LIST}{meeting.pk}/attendance/", f"/governance/items/{item.pk}/withdrawal/"):
        assert member.get(path).status_code == 403


def test_another_commissioners_meeting_is_not_there(harrow, secretary, stranger, meeting):
    item = add_item(meeting, by=harrow.user("secretary"), title="PCNs")
    for path in (
        f"{LIST}{meeting.pk}/",
        f"{LIST}{meeting.pk}/attendance/",
        f"/governance/items/{item.pk}/withdrawal/",
        f"/governance/bodies/{harrow.committee.slug}/",
    ):
        assert stranger.get(path).status_code == 404
    assert rows(stranger.get(LIST, {"_export": "csv"})) == []
    assert not Person.objects.filter(name="Dr Genevieve Small").exists()


def test_meetings_are_listed_newest_first_with_their_stage(harrow, secretary, meeting):
    harrow.meeting(harrow.committee, date(2019, 4, 15))
    harrow.meeting(harrow.panel, make.PANEL_DAY)
    found = rows(secretary.get(LIST, {"_export": "csv"}))
    assert [(row["held_on"], row["status"]) for row in found] == [
        ("2019-05-24", "Planned"),
        ("2019-05-20", "Planned"),
        ("2019-04-15", "Held"),
    ]
    assert len(rows(secretary.get(LIST, {"_export": "csv", "when": "past"}))) == 1
    assert len(rows(secretary.get(LIST, {"_export": "csv", "body": "panel"}))) == 1


def test_a_card_that_is_added_is_preset_as_the_first(secretary, meeting):
    address = f"{LIST}{meeting.pk}/attendance/"
    first = main(secretary.get(address))
    sent = {"people-TOTAL_FORMS": "0", "people-INITIAL_FORMS": "0", "people-add": "1", "seen": "1"}
    added = main(secretary.post(address, sent))
    for shown in (first, added):
        ticked = re.findall(r"<input[^>]*? checked[^>]*>", shown)
        assert [re.findall(r'name="([^"]*)"', box) for box in ticked] == [["people-0-is_voting"]]
        assert re.search(r'<option value="present" selected', shown)
