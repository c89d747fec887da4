"""Items in their order, with times and numbers; after publishing a change is a correction."""

from datetime import time

import pytest

from governance.agenda import overrun, slots_of
from governance.models import AgendaItem, Meeting
from governance.workflow import agenda, standing
from pcnportal.history.models import Event
from tests.claims import not_allowed, one_event, refused, stale
from tests.governance.agenda.making import (
    item_of,
    meeting_of,
    now,
    order,
    paper_of,
    pdf,
    publish,
    read,
    seen,
    told,
)
from tests.harrow import Harrow


@pytest.fixture
def meeting(harrow: Harrow):
    meeting = meeting_of(harrow)
    for title in ("Welcome", "Networks", "Estates", "Close"):
        item_of(harrow, meeting, title, duration=10)
    return meeting


def item(meeting, title):
    return AgendaItem.objects.select_related("meeting__commissioner").get(meeting=meeting, title=title)


def move(harrow, meeting, title, how, by="secretary", **facts):
    facts = {"seen": seen(meeting)} | facts
    agenda.move_item(item(meeting, title), by=harrow.user(by), how=how, **facts)


def change(harrow, meeting, which, /, by="secretary", **facts):
    facts = {"seen": seen(meeting)} | facts
    agenda.change_item(item(meeting, which), by=harrow.user(by), **facts)


def titles(meeting):
    return [text.partition(". ")[2] for text in order(meeting)]


def test_an_item_moves_one_place_and_positions_stay_whole(harrow: Harrow, meeting):
    with one_event(meeting, "ordered the agenda", harrow.user("secretary")):
        move(harrow, meeting, "Networks", "down")
    assert order(meeting) == ["1. Welcome", "2. Estates", "3. Networks", "4. Close"]
    move(harrow, meeting, "Networks", "up")
    assert titles(meeting) == ["Welcome", "Networks", "Estates", "Close"]


def test_the_ends_hold(harrow: Harrow, meeting):
    with refused("It is the first item already."):
        move(harrow, meeting, "Welcome", "up")
    with refused("It is the last item already."):
        move(harrow, meeting, "Close", "down")
    with refused("Choose whether it moves up or down.", "how"):
        move(harrow, meeting, "Close", "sideways")


def test_an_item_passes_over_those_that_are_off_the_agenda(harrow: Harrow, meeting):
    off = item(meeting, "Networks")
    agenda.take_off(off, by=harrow.user("secretary"), seen=seen(meeting), reason="No paper.")
    move(harrow, meeting, "Estates", "up")
    assert order(meeting) == ["1. Estates", "2. Welcome", "3. Close"]
    with refused("The item is off the agenda."):
        move(harrow, meeting, "Networks", "up")


def test_any_order_can_be_given_at_once(harrow: Harrow, meeting):
    wanted = list(meeting.items.order_by("-position").values_list("pk", flat=True))
    agenda.order_agenda(now(meeting), by=harrow.user("secretary"), seen=seen(meeting), order=wanted)
    assert titles(meeting) == ["Close", "Estates", "Networks", "Welcome"]
    with refused("The items are in this order already."):
        agenda.order_agenda(now(meeting), by=harrow.user("secretary"), seen=seen(meeting), order=wanted)


def test_an_order_of_other_items_is_of_an_older_page(harrow: Harrow, meeting):
    known = list(meeting.items.values_list("pk", flat=True))
    item_of(harrow, meeting, "Late")
    with stale():
        agenda.order_agenda(now(meeting), by=harrow.user("secretary"), seen=seen(meeting), order=known)


def test_two_secretaries_do_not_undo_each_others_order(harrow: Harrow, meeting):
    before = seen(meeting)
    move(harrow, meeting, "Networks", "down")
    with stale():
        move(harrow, meeting, "Networks", "down", seen=before)


def test_items_follow_one_another_from_the_meetings_start(harrow: Harrow, meeting):
    items = list(meeting.items.all())
    slots = slots_of(now(meeting), items)
    assert [(slot.starts_at, slot.ends_at) for slot in slots.values()] == [
        (time(14), time(14, 10)),
        (time(14, 10), time(14, 20)),
        (time(14, 20), time(14, 30)),
        (time(14, 30), time(14, 40)),
    ]
    assert overrun(now(meeting), slots.values()) == ""


def test_printed_times_win_and_an_unknown_length_takes_no_time(harrow: Harrow, meeting):
    change(harrow, meeting, "Welcome", duration=None)
    change(harrow, meeting, "Estates", starts_at=time(15, 55), ends_at=time(16, 5), duration=None)
    slots = list(slots_of(now(meeting), meeting.items.all()).values())
    assert [slot.starts_at for slot in slots] == [time(14), time(14), time(15, 55), time(16, 5)]
    assert [slot.is_printed for slot in slots] == [False, False, True, False]
    assert overrun(now(meeting), slots) == "The items take until 16:15, the meeting ends at 16:00."


def test_nothing_is_said_past_midnight(harrow: Harrow, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=time(23, 45), ends_at=None)
    slots = list(slots_of(now(meeting), meeting.items.all()).values())
    assert [slot.starts_at for slot in slots] == [time(23, 45), time(23, 55), None, None]


def test_two_items_may_have_the_same_printed_number(harrow: Harrow, meeting):
    change(harrow, meeting, "Welcome", number="6")
    change(harrow, meeting, "Estates", number="6")
    assert order(meeting) == ["6. Welcome", "2. Networks", "6. Estates", "4. Close"]


def test_a_change_says_which_fields_and_no_words_of_a_private_item(harrow: Harrow, meeting):
    with one_event(meeting, "changed the agenda item", harrow.user("secretary"), fields=["asked", "title"]):
        change(harrow, meeting, "Estates", title="Contract of Zain", asked="To end it.")
    with refused("Nothing was changed."):
        change(harrow, meeting, "Contract of Zain", asked="To end it.")
    change(harrow, meeting, "Contract of Zain", is_private=True)
    assert "Zain" not in str(told())
    assert str(item(meeting, "Contract of Zain")) == "3. An item in the private part"


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        ({"title": " "}, "Say what the item is.", "title"),
        ({"starts_at": time(9), "ends_at": time(9)}, "It ends after it starts.", "ends_at"),
        ({"ends_at": time(9)}, "An item that ends at a time starts at one too.", "starts_at"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field(harrow: Harrow, meeting, facts, sentence, field):
    with refused(sentence, field):
        change(harrow, meeting, "Estates", **facts)


def test_publishing_gives_numbers_that_stay(harrow: Harrow, meeting):
    off = item(meeting, "Networks")
    agenda.take_off(off, by=harrow.user("secretary"), seen=seen(meeting), reason="No paper.")
    with one_event(meeting, "published the agenda", harrow.user("secretary")):
        publish(harrow, meeting)
    assert order(meeting) == ["1. Welcome", "2. Estates", "3. Close"]
    move(harrow, meeting, "Close", "up", reason="The presenter is late.")
    assert order(meeting) == ["1. Welcome", "3. Close", "2. Estates"]
    assert read(meeting).page_labels == ["i", "ii", "1", "3", "2"]
    added = agenda.add_agenda_item(
        now(meeting), by=harrow.user("secretary"), seen=seen(meeting), title="Flooding", reason="Today."
    )
    assert str(added) == "4. Flooding"
    assert read(meeting).page_labels == ["i", "ii", "1", "3", "2", "2a"]
    with refused("The agenda is published already."):
        publish(harrow, meeting)


def test_after_publishing_every_change_needs_a_reason(harrow: Harrow, meeting):
    publish(harrow, meeting)
    sentence = "The agenda is published: say why it is changed."
    with refused(sentence, "reason"):
        move(harrow, meeting, "Close", "up")
    with refused(sentence, "reason"):
        change(harrow, meeting, "Close", asked="To close.")
    with refused(sentence, "reason"):
        paper_of(harrow, item(meeting, "Close"), "Letter", pdf("x"))
    change(harrow, meeting, "Close", asked="To close.", reason="It was missing.")
    assert Event.objects.latest("pk").reason == "It was missing."


def test_what_can_not_be_published(harrow: Harrow):
    empty = meeting_of(harrow)
    with refused("There is no item on the agenda."):
        publish(harrow, empty)
    item_of(harrow, empty, "Welcome")
    Meeting.objects.filter(pk=empty.pk).update(held_on=None)
    with refused("The date of the meeting is not held."):
        publish(harrow, empty)


def test_who_may_not(harrow: Harrow, meeting):
    for name in ("officer", "chair", "member", "auditor", "admin"):
        with not_allowed():
            move(harrow, meeting, "Close", "up", by=name)
        with not_allowed():
            agenda.publish_agenda(now(meeting), by=harrow.user(name), seen=seen(meeting))


def add_standing(harrow, title, **facts):
    body = now(harrow.committee)
    return standing.add_standing(
        body, by=harrow.user("secretary"), seen=body.version, title=title, purpose="note", **facts
    )


def test_standing_items_are_added_changed_ordered_and_ended(harrow: Harrow):
    secretary = harrow.user("secretary")
    first, second = (add_standing(harrow, title) for title in ("Welcome", "Minutes"))
    last = add_standing(harrow, "Close", is_last=True)
    standing.move_standing(now(second), by=secretary, seen=seen_body(harrow), how="up")
    rows = harrow.committee.standing_items.order_by("is_last", "position")
    assert [row.title for row in rows] == ["Minutes", "Welcome", "Close"]
    for row, how in ((now(second), "up"), (now(first), "down"), (now(last), "up")):
        with refused("It can't move further."):
            standing.move_standing(row, by=secretary, seen=seen_body(harrow), how=how)
    standing.change_standing(now(first), by=secretary, seen=seen_body(harrow), title="Opening")
    standing.end_standing(now(second), by=secretary, seen=seen_body(harrow), reason="No longer read.")
    assert [row.title for row in rows.filter(ends_on=None)] == ["Opening", "Close"]
    with refused("This item stands no longer."):
        standing.change_standing(now(second), by=secretary, seen=seen_body(harrow), title="Again")
    with stale():
        standing.end_standing(now(first), by=secretary, seen=1, reason="x")


def seen_body(harrow):
    return now(harrow.committee).version
