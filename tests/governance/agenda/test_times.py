"""The times of items where the length of some is not held."""

from datetime import time

import pytest

from governance.agenda import slots_of
from governance.models import AgendaItem
from governance.workflow.placing import insert
from tests.governance.agenda.making import item_of, meeting_of, now, publish
from tests.harrow import Harrow


@pytest.fixture
def meeting(harrow: Harrow):
    meeting = meeting_of(harrow)
    for title in ("Welcome", "Networks", "Estates", "Close"):
        item_of(harrow, meeting, title, duration=10)
    return meeting


def test_what_comes_late_by_itself_leaves_the_others_their_times(harrow: Harrow, meeting):
    printed = {"starts_at": time(15), "ends_at": time(15, 20), "duration": None}
    meeting.items.filter(title="Estates").update(**printed)
    publish(harrow, meeting)
    held = slots_of(now(meeting), meeting.items.order_by("position"))
    for index, title in enumerate(("To ratify", "Another to ratify")):
        insert(now(meeting), AgendaItem(title=title, kind="ratify"), index)
    slots = slots_of(now(meeting), meeting.items.order_by("position"))
    late = [slots.pop(item.pk) for item in meeting.items.filter(kind="ratify").order_by("position")]
    assert slots == held
    assert all(slot.starts_at for slot in slots.values())
    assert [slot.starts_at for slot in late] == [time(14), None]
    assert [slot.ends_at for slot in late] == [None, None]


def test_without_any_length_only_the_first_has_a_time(meeting):
    meeting.items.update(duration=None)
    slots = slots_of(now(meeting), meeting.items.all()).values()
    assert [slot.starts_at for slot in slots] == [time(14), None, None, None]
