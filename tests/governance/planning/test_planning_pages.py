"""The pages on which meetings are planned, moved, cancelled and found."""

from datetime import date, time, timedelta

import pytest

from governance.models import Meeting, Rhythm
from governance.workflow.meetings import add_item, plan_meeting
from governance.workflow.timing import cancel_meeting, move_meeting
from tests import factories as make
from tests.reading import rows, signed_in
from tests.registry.pages.reading import errors, main, words

DAY, NEXT = date(2019, 5, 20), date(2019, 6, 3)
LIST = "/governance/meetings/"


@pytest.fixture
def meeting(harrow, board):
    return plan_meeting(
        board, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=NEXT, starts_at=time(14)
    )


def next_of(board):
    return f"/governance/bodies/{board.slug}/next/"


def day(name, when):
    return {f"{name}_day": when.day, f"{name}_month": when.month, f"{name}_year": when.year}


def ticked(*firsts, **other):
    """What the page of the next dates sends, each ticked on its own day."""
    return {
        "periods": [str(first) for first in firsts],
        **{name: value for first in firsts for name, value in day(f"day_{first}", first).items()},
        "starts_at": "14:00",
        **other,
    }


def moved(to_day, **other):
    return {"seen": 1, "to_time": "14:00", "reason": "The chair is away."} | day("to_day", to_day) | other


def test_the_next_dates_are_proposed_with_why_one_was_moved_and_whose_turn_it_is(
    harrow, secretary, board, fortnightly, partners
):
    said = words(secretary.get(next_of(board)))
    assert "Every 2 weeks, on a Monday, counted from 20 May 2019." in said
    assert "Monday 20 May 2019" in said
    assert (
        "Tuesday 27 August 2019 Not Monday 26 August 2019, which is a bank holiday: Late Summer Bank "
        "Holiday. This is the nearest working day of the same period." in said
    )
    assert "The turn to chair is that of Harrow Council." in said


def test_those_that_are_ticked_are_planned_and_then_shown_as_planned(secretary, board, fortnightly):
    said = words(secretary.post(next_of(board), ticked(DAY, NEXT), follow=True))
    assert "2 meetings planned: 20 May 2019 and 3 June 2019." in said
    assert "Planned already Monday 20 May 2019 Monday 3 June 2019" in said
    assert [m.starts_at for m in Meeting.objects.all()] == [time(14), time(14)]


def test_one_is_planned_on_another_day_of_its_period(secretary, board, fortnightly):
    wanted = ticked(NEXT) | day(f"day_{NEXT}", date(2019, 6, 6))
    said = words(secretary.post(next_of(board), wanted, follow=True))
    assert "Thursday 6 June 2019, by the rule 3 June 2019" in said


def test_a_wrong_day_keeps_what_was_typed_and_is_named(secretary, board, fortnightly):
    wanted = ticked(DAY, NEXT, place="Room 1") | day(f"day_{NEXT}", date(2019, 6, 8))
    response = secretary.post(next_of(board), wanted)
    assert errors(response) == {
        f"#id_day_{NEXT}_day": "8 June 2019 is a Saturday. Choose a working day.",
    }
    assert 'value="Room 1"' in main(response)
    assert main(response).count(" checked") == 2
    assert not Meeting.objects.exists()
    assert list(errors(secretary.post(next_of(board), {"starts_at": "two"}))) == [
        "#id_periods",
        "#id_starts_at",
    ]


def test_where_no_date_follows_the_page_says_what_is_lacking(secretary, board):
    assert "How often it meets is not held." in words(secretary.get(next_of(board)))
    Rhythm.objects.create(body=board, every=2, unit="week", stated="Fortnightly")
    said = words(secretary.get(next_of(board)))
    assert "Every 2 weeks. As stated: “Fortnightly”." in said
    assert (
        "No dates follow from it: the day from which it is counted and the day of the week are not held."
        in said
    )
    assert "Plan a meeting on another day" in said


def test_a_move_is_shown_struck_with_its_reason(secretary, meeting):
    address = f"{LIST}{meeting.pk}/"
    response = secretary.post(f"{address}move/", moved(date(2019, 6, 4)), follow=True)
    assert "The meeting is moved." in words(response)
    assert "<del>3 June 2019, 14:00</del>, because: The chair is away." in main(response)
    assert "Date 4 June 2019" in words(response)


def test_a_bank_holiday_is_doubted_once_and_the_box_moves_it(secretary, meeting):
    address = f"{LIST}{meeting.pk}/move/"
    assert "All the same" not in words(secretary.get(address))
    response = secretary.post(address, moved(date(2019, 8, 26)))
    assert list(errors(response)) == ["#id_sure"]
    assert "26 August 2019 is a bank holiday: Late Summer Bank Holiday." in words(response)
    assert "The chair is away." in main(response)
    said = words(secretary.post(address, moved(date(2019, 8, 26), sure="on"), follow=True))
    assert "Date 26 August 2019" in said


def test_planning_by_hand_doubts_a_weekend_too(harrow, secretary, board):
    typed = {"body": board.pk, "commissioner": harrow.ccg.pk} | day("held_on", date(2019, 6, 8))
    response = secretary.post(f"{LIST}new/", typed)
    assert list(errors(response)) == ["#id_sure"]
    secretary.post(f"{LIST}new/", typed | {"sure": "on"})
    assert Meeting.objects.get().held_on == date(2019, 6, 8)


def test_a_cancelled_meeting_says_so_on_its_page(harrow, secretary, meeting):
    add_item(meeting, by=harrow.user("secretary"), title="PCNs")
    address = f"{LIST}{meeting.pk}/cancel/"
    said = words(secretary.get(address))
    assert "1 item on its agenda stands over: no later meeting is planned" in said
    said = words(secretary.post(address, {"seen": 1, "reason": "Nobody can come."}, follow=True))
    assert "Cancelled Nobody can come." in said
    for gone in ("Move the meeting", "Cancel the meeting", "Time and place"):
        assert gone not in said
    assert "This meeting was cancelled: Nobody can come." in words(secretary.get(address))


def test_who_only_reads_is_offered_the_calendar_alone(harrow, meeting):
    member = signed_in(harrow.user("member"))
    said = words(member.get(f"{LIST}{meeting.pk}/"))
    assert "Put it in my calendar" in said
    assert "Move the meeting" not in said
    for verb in ("move", "cancel", "turn", "time-and-place"):
        assert member.get(f"{LIST}{meeting.pk}/{verb}/").status_code == 403


def test_time_and_place_are_saved(secretary, meeting):
    assert 'value="14:00"' in main(secretary.get(f"{LIST}{meeting.pk}/time-and-place/"))
    typed = {"seen": 1, "starts_at": "14:00", "ends_at": "16:00", "place": "Room 1"}
    said = words(secretary.post(f"{LIST}{meeting.pk}/time-and-place/", typed, follow=True))
    assert "Time 14:00 to 16:00 Place Room 1" in said


def test_another_partner_takes_the_chair(secretary, meeting, partners):
    address = f"{LIST}{meeting.pk}/"
    assert "Chair Central London Community Healthcare Its turn" in words(secretary.get(address))
    typed = {"seen": 1, "partner": partners[2].pk, "reason": "They asked to swap."}
    said = words(secretary.post(f"{address}turn/", typed, follow=True))
    assert "Chair Harrow Council" in said


def test_whose_turn_it_was_does_not_say_who_took_the_chair(harrow, secretary, board, partners):
    held = make.MeetingFactory.create(
        body=board, commissioner=harrow.ccg, held_on=make.COMMITTEE_DAY - timedelta(days=7)
    )
    said = words(secretary.get(f"{LIST}{held.pk}/"))
    assert "Its turn, in the order of partners; who took the chair is not held" in said


def test_a_meeting_whose_date_is_not_held_breaks_nothing(harrow, secretary, board, partners):
    undated = make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=None)
    page = words(secretary.get(f"{LIST}{undated.pk}/"))
    assert "Provider Management Board, date not held Date not held" in page
    assert "Put it in my calendar" not in page
    for verb in ("move", "cancel", "turn", "time-and-place"):
        assert secretary.get(f"{LIST}{undated.pk}/{verb}/").status_code == 200
    assert "date of this meeting of the Provider Management Board is not held" in words(
        secretary.get(f"{LIST}{undated.pk}/move/")
    )
    assert "Provider Management Board Date not held" in words(secretary.get(LIST))
    (row,) = rows(secretary.get(LIST, {"_export": "csv"}))
    assert (row["held_on"], row["status"]) == ("", "Date not held")


def test_events_about_it_name_it(harrow, secretary, board):
    undated = make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=None)
    add_item(undated, by=harrow.user("secretary"), title="PCNs")
    assert "Provider Management Board, date not held" in words(secretary.get("/history/"))


@pytest.fixture
def several(harrow, board, secretary):
    """Held, planned, moved, cancelled and undated."""
    by, made = harrow.user("secretary"), {}
    for name, when in (("held", -30), ("planned", 7), ("moved", 14), ("cancelled", 21)):
        made[name] = plan_meeting(
            board, by=by, commissioner=harrow.ccg, held_on=DAY + timedelta(days=when), place=name
        )
    move_meeting(made["moved"], by=by, seen=1, to_day=DAY + timedelta(days=15), reason="Illness.")
    cancel_meeting(made["cancelled"], by=by, seen=1, reason="Illness.")
    made["undated"] = make.MeetingFactory.create(
        body=board, commissioner=harrow.ccg, held_on=None, place="undated"
    )
    return made


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["cancelled", "moved", "planned", "held", "undated"]),
        ({"status": "planned"}, ["moved", "planned"]),
        ({"status": "held"}, ["held"]),
        ({"status": "cancelled"}, ["cancelled"]),
        ({"status": "undated"}, ["undated"]),
        ({"when": "coming"}, ["cancelled", "moved", "planned"]),
        ({"held_after": "2019-05-27", "held_before": "2019-06-04"}, ["moved", "planned"]),
        ({"q": "PLANN"}, ["planned"]),
        ({"q": "harrow ccg", "status": "held"}, ["held"]),
        ({"body": "provider", "status": "held"}, ["held"]),
        ({"whose": "mine"}, []),
    ],
)
def test_the_list_is_filtered(secretary, several, asked, found):
    assert [row["place"] for row in rows(secretary.get(LIST, {"_export": "csv"} | asked))] == found


def test_the_list_shows_the_day_that_a_meeting_was_moved_from(secretary, several):
    said = words(secretary.get(LIST))
    assert "4 June 2019 was 3 June 2019" in said
    moved_rows = [row for row in rows(secretary.get(LIST, {"_export": "csv"})) if row["moved_from"]]
    assert [(row["held_on"], row["moved_from"]) for row in moved_rows] == [("2019-06-04", "2019-06-03")]


def test_titles_of_the_private_part_are_not_searched(harrow, secretary, meeting):
    add_item(meeting, by=harrow.user("secretary"), title="Dismissal", is_private=True)
    add_item(meeting, by=harrow.user("secretary"), title="Estates")
    assert len(rows(secretary.get(LIST, {"_export": "csv", "q": "estates"}))) == 1
    assert rows(secretary.get(LIST, {"_export": "csv", "q": "dismissal"})) == []


def test_mine_are_those_of_the_bodies_on_which_i_sit(harrow, board, several):
    user = harrow.user("member")
    user.person = make.PersonFactory.create()
    user.save()
    board.seats.create(person=user.person)
    harrow.meeting(harrow.committee, make.PANEL_DAY)
    found = rows(signed_in(user).get(LIST, {"_export": "csv", "whose": "mine"}))
    assert {row["body"] for row in found} == {"Provider Management Board"}
