"""What comes on an agenda by itself, and in which order."""

from datetime import date

import pytest

from governance.agenda import closed_to, may_read_paper
from governance.models import Action, AgendaItem, BetweenMeetings, Meeting, StandingItem
from governance.workflow.agenda import set_up_agenda, take_off
from governance.workflow.meetings import plan_meeting
from tests import factories as make
from tests.claims import one_event, refused
from tests.governance.agenda.making import (
    item_of,
    meeting_of,
    member_called,
    now,
    order,
    outline,
    paper_of,
    pdf,
    publish,
    read,
    seen,
    where,
)
from tests.harrow import Harrow


@pytest.fixture
def meeting(harrow: Harrow):
    return meeting_of(harrow)


def stands(harrow, title, is_last=False, **facts):
    count = StandingItem.objects.count() + 1
    return StandingItem.objects.create(
        body=harrow.committee, position=count, title=title, purpose="note", is_last=is_last, **facts
    )


def set_up(harrow, meeting, **facts):
    held = now(meeting)
    set_up_agenda(held, by=harrow.user("secretary"), seen=held.version, **facts)


def between(harrow, day, what="Extended a deadline."):
    return BetweenMeetings.objects.create(
        body=harrow.committee,
        commissioner=harrow.ccg,
        kind="chair",
        text=what,
        why="It ended before the meeting.",
        taken_on=day,
        recorded_by=harrow.user("chair"),
    )


def earlier_item(harrow, title, **facts):
    past = harrow.meeting(harrow.committee, date(2019, 4, 15))
    return item_of(harrow, past, title, **({"stood_over_because": "It was not quorate."} | facts))


def action(harrow, **facts):
    return Action.objects.create(body=harrow.committee, commissioner=harrow.ccg, text="Ask again.", **facts)


def titles(meeting):
    return [text.partition(". ")[2] for text in order(meeting)]


def test_actions_between_meetings_come_first_and_the_closing_items_last(harrow: Harrow, meeting):
    item_of(harrow, meeting, "Primary Care Networks")
    stands(harrow, "Any other business", is_last=True)
    stands(harrow, "Welcome")
    stands(harrow, "Declarations of interest")
    earlier_item(harrow, "Estates")
    action(harrow)
    made = between(harrow, date(2019, 5, 10))
    with one_event(meeting, "set up the agenda", harrow.user("secretary"), items=6):
        set_up(harrow, meeting)
    assert titles(meeting) == [
        "To ratify: Chair’s action of 10 May 2019",
        "Welcome",
        "Declarations of interest",
        "Primary Care Networks",
        "Estates",
        "Open actions",
        "Any other business",
    ]
    assert [item.position for item in meeting.items.all()] == [1, 2, 3, 4, 5, 6, 7]
    assert now(made).item.kind == AgendaItem.Kind.RATIFY


def test_what_is_there_stays_and_nothing_comes_twice(harrow: Harrow, meeting):
    stands(harrow, "Welcome")
    action(harrow)
    set_up(harrow, meeting)
    item_of(harrow, meeting, "Primary Care Networks")
    before = order(meeting)
    with refused("Nothing is missing"):
        set_up(harrow, meeting)
    assert order(meeting) == before
    between(harrow, date(2019, 5, 10))
    set_up(harrow, meeting)
    assert titles(meeting)[1:] == ["Welcome", "Open actions", "Primary Care Networks"]


def test_a_standing_item_that_was_taken_off_does_not_come_back(harrow: Harrow, meeting):
    stands(harrow, "Welcome")
    stands(harrow, "Minutes")
    set_up(harrow, meeting)
    item = meeting.items.get(title="Minutes")
    take_off(item, by=harrow.user("secretary"), seen=seen(meeting), reason="None were written.")
    with refused("Nothing is missing"):
        set_up(harrow, meeting)


def test_a_standing_item_holds_from_a_day_until_a_day(harrow: Harrow, meeting):
    stands(harrow, "Ended", ends_on=make.COMMITTEE_DAY)
    stands(harrow, "To come", starts_on=date(2019, 6, 1))
    stands(harrow, "Stands", minutes=5, presenter="Chair", is_private=True)
    set_up(harrow, meeting)
    item = meeting.items.get()
    assert (item.title, item.duration, item.presenter, item.is_private) == ("Stands", 5, "Chair", True)


def test_what_stood_over_is_put_again_with_what_was_said_of_it_and_once(harrow: Harrow, meeting):
    old = earlier_item(harrow, "Estates", asked="To agree it.", number="7", subject=harrow.ccg)
    set_up(harrow, meeting)
    new = meeting.items.get()
    assert (new.stands_over, new.asked, new.subject, new.number) == (old, "To agree it.", harrow.ccg, "")
    later = plan_meeting(
        harrow.committee, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=date(2019, 6, 17)
    )
    assert not later.items.exists()


def test_a_standing_item_that_stood_over_comes_once(harrow: Harrow, meeting):
    row = stands(harrow, "Minutes")
    old = earlier_item(harrow, "Minutes", standing=row, kind="standing")
    set_up(harrow, meeting)
    assert meeting.items.get().stands_over == old


def test_an_action_whose_item_stood_over_is_put_to_the_next_meeting(harrow: Harrow, meeting):
    made = between(harrow, date(2019, 4, 1))
    old = earlier_item(harrow, "To ratify", kind="ratify")
    BetweenMeetings.objects.filter(pk=made.pk).update(item=old)
    set_up(harrow, meeting)
    assert now(made).item == meeting.items.get(kind="ratify")


def test_another_commissioners_actions_stay_away(harrow: Harrow, meeting):
    Action.objects.create(body=harrow.committee, commissioner=harrow.havering, text="Ask.")
    made = between(harrow, date(2019, 5, 10))
    BetweenMeetings.objects.filter(pk=made.pk).update(commissioner=harrow.havering)
    with refused("Nothing is missing"):
        set_up(harrow, meeting)


def test_an_action_after_the_meeting_is_for_the_next(harrow: Harrow, meeting):
    between(harrow, date(2019, 5, 21))
    with refused("Nothing is missing"):
        set_up(harrow, meeting)


def test_planning_a_meeting_sets_up_its_agenda(harrow: Harrow):
    stands(harrow, "Welcome")
    made = plan_meeting(
        harrow.committee, by=harrow.user("secretary"), commissioner=harrow.ccg, held_on=date(2019, 6, 17)
    )
    assert titles(made) == ["Welcome"]


def test_after_publishing_it_needs_a_reason_and_numbers_stay(harrow: Harrow, meeting):
    item_of(harrow, meeting, "Welcome")
    publish(harrow, meeting)
    between(harrow, date(2019, 5, 10))
    with refused("The agenda is published: say why it is changed.", "reason"):
        set_up(harrow, meeting)
    set_up(harrow, meeting, reason="It was taken today.")
    assert order(meeting) == ["0a. To ratify: Chair’s action of 10 May 2019", "1. Welcome"]


def test_a_cancelled_meeting_takes_nothing(harrow: Harrow, meeting):
    stands(harrow, "Welcome")
    Meeting.objects.filter(pk=meeting.pk).update(is_cancelled=True, cancelled_because="Snow.")
    with refused("Primary Care Commissioning Committee, 20 May 2019 is cancelled."):
        set_up(harrow, meeting)


def test_the_papers_of_what_stood_over_come_along_and_stay_closed_to_who_left(harrow: Harrow, meeting):
    old = earlier_item(harrow, "Estates")
    paper_of(harrow, old, "Plan", pdf("The plan"))
    advice = paper_of(harrow, old, "Advice", pdf("The advice"), is_private=True)
    set_up(harrow, meeting)
    new = meeting.items.get()
    paper_of(harrow, new, "Answer", pdf("The answer"))
    member = member_called(harrow, "Dr Amol Kelshiker")
    private = read(meeting, member)
    assert where(private, "The plan") == ["2"]
    assert where(private, "The answer") == ["3"]
    assert where(private, "The advice") == ["4"]
    assert (1, "Paper 1 of 15 April 2019: Plan", 3) in outline(private)
    new.withdrawals.create(person=member.person, reason="Landlord.")
    assert where(read(meeting, member), "The advice") == []
    assert not may_read_paper(member, now(advice))
    assert closed_to(member, meeting, [now(old), now(new)]) == {old.pk, new.pk}


def test_conflicts_of_what_stood_over_are_proposed_again(harrow: Harrow, meeting):
    old = earlier_item(harrow, "Estates")
    person = make.PersonFactory.create()
    old.conflicts.create(person=person, rule="partner", key="partner", because="Partner.")
    set_up(harrow, meeting)
    assert meeting.items.get().conflicts.get().person == person
