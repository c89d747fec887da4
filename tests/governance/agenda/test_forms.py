"""The forms of an agenda: what they do, and what is kept of a wrong one."""

import pytest

from governance.models import Paper, StandingItem
from pcnportal.history.models import Event
from tests.governance.agenda.making import (
    item_of,
    now,
    order,
    pdf,
    publish,
    seen,
    upload,
)
from tests.governance.agenda.sending import ITEM, agenda, item_page, paper_page, said, send
from tests.harrow import Harrow
from tests.reading import signed_in


def test_an_item_is_added_with_all_that_is_known(harrow: Harrow, meeting, secretary):
    address = f"/governance/meetings/{meeting.pk}/agenda/add/"
    send(secretary, meeting, address, **ITEM | {"is_private": "on", "asked": "To note it."})
    item = meeting.items.get(title="Estates")
    assert (item.duration, item.is_private, item.asked, item.purpose) == (15, True, "To note it.", "note")


@pytest.mark.parametrize(
    ("wrong", "sentence", "field"),
    [
        ({"title": ""}, "Fill in: Item", "title"),
        ({"starts_at": "noon"}, "Enter a time, for example 14:00", "starts_at"),
        ({"duration": "-1"}, "Enter 0 or more", "duration"),
        ({"ends_at": "15:00"}, "An item that ends at a time starts at one too.", "starts_at"),
    ],
)
def test_a_wrong_item_keeps_what_was_typed(harrow: Harrow, meeting, secretary, wrong, sentence, field):
    typed = ITEM | {"presenter": "Javina Sehgal"} | wrong
    answer = send(secretary, meeting, f"/governance/meetings/{meeting.pk}/agenda/add/", **typed)
    page = said(answer)
    assert sentence in page
    assert f'href="#id_{field}"' in page
    assert "Javina Sehgal" in page
    assert not meeting.items.filter(title="Estates").exists()


def test_a_change_after_someone_elses_is_kept_and_shown_as_stale(harrow: Harrow, meeting, secretary):
    old = seen(meeting)
    item_of(harrow, meeting, "Other")
    send(secretary, meeting, item_page(meeting, "Close", "change"), **ITEM | {"title": "Closing"})
    typed = ITEM | {"title": "The end", "seen": old}
    answer = secretary.post(item_page(meeting, "Closing", "change"), typed, follow=True)
    assert answer.status_code == 409
    assert "The end" in said(answer)


def test_buttons_move_an_item_at_once(harrow: Harrow, meeting, secretary):
    answer = send(secretary, meeting, item_page(meeting, "Networks", "move"), how="down")
    assert answer.redirect_chain[0][0].endswith(f"#item-{meeting.items.get(title='Networks').pk}")
    assert order(meeting)[:2] == ["1. Close", "2. Networks"]


def test_places_are_typed_or_sent_by_dragging(harrow: Harrow, meeting, secretary):
    address = f"/governance/meetings/{meeting.pk}/agenda/order/"
    first, second, third = meeting.items.order_by("position")
    places = {f"place_{first.pk}": 3, f"place_{second.pk}": 2, f"place_{third.pk}": 3}
    send(secretary, meeting, address, **places)
    assert list(meeting.items.order_by("position")) == [second, third, first]
    places = {f"place_{second.pk}": 1, f"place_{third.pk}": 2, f"place_{first.pk}": 1}
    send(secretary, meeting, address, **places)
    assert list(meeting.items.order_by("position")) == [first, second, third]
    answer = send(secretary, meeting, address, **places | {f"place_{first.pk}": "9"})
    assert "Enter 3 or less" in said(answer)


def test_after_publishing_forms_ask_why_and_nothing_is_dragged(harrow: Harrow, meeting, secretary):
    publish(harrow, meeting)
    page = said(agenda(secretary, meeting))
    assert "Published" in page
    for gone in ("agenda.js", "data-handle", "Publish the agenda"):
        assert gone not in page
    address = item_page(meeting, "Networks", "move")
    assert "Why the published agenda is changed" in said(secretary.get(f"{address}?how=down"))
    assert "Fill in: Why the published agenda is changed" in said(
        send(secretary, meeting, address, how="down")
    )
    send(secretary, meeting, address, how="down", reason="The presenter is late.")
    assert order(meeting)[:2] == ["2. Close", "1. Networks"]
    assert Event.objects.latest("pk").reason == "The presenter is late."


def test_an_item_is_taken_off_with_a_reason_that_is_shown(harrow: Harrow, meeting, secretary):
    send(secretary, meeting, item_page(meeting, "Close", "take-off"), reason="No time.")
    assert "Close: No time." in said(agenda(secretary, meeting))


def test_papers_are_added_replaced_and_withdrawn(harrow: Harrow, meeting, secretary):
    address = item_page(meeting, "Close", "papers/add")
    send(secretary, meeting, address, title="Map", file=upload(pdf("The map"), "map.pdf"), author="CCG")
    map_ = Paper.objects.get(title="Map")
    assert map_.file
    assert (map_.file.name, map_.author, map_.is_late) == ("map.pdf", "CCG", False)
    answer = send(secretary, meeting, address, title="", file=upload(pdf("x")), cover="Kept words")
    assert "Choose the file again" in said(answer)
    assert "Kept words" in said(answer)
    assert 'value="Map"' in said(secretary.get(paper_page("Map", "replace/")))
    answer = send(secretary, meeting, paper_page("Map", "replace/"), title="New map", cover="x", reason="")
    assert "Fill in: Why it is replaced" in said(answer)
    send(secretary, meeting, paper_page("Map", "replace/"), title="New map", cover="x", reason="Wrong scale.")
    assert "Wrong scale." in said(agenda(secretary, meeting))
    send(secretary, meeting, paper_page("New map", "withdraw/"), reason="It names a patient.")
    assert "New map" not in said(agenda(secretary, meeting))
    assert signed_in(harrow.user("member")).get(paper_page("New map")).status_code == 404
    assert "It names a patient." in said(secretary.get(paper_page("New map")))


def test_the_agenda_is_set_up_and_published_by_buttons(harrow: Harrow, meeting, secretary):
    StandingItem.objects.create(body=harrow.committee, position=1, title="Welcome", purpose="note")
    address = f"/governance/meetings/{meeting.pk}/"
    send(secretary, meeting, f"{address}agenda/set-up/")
    assert order(meeting)[0] == "1. Welcome"
    answer = send(secretary, meeting, f"{address}agenda/set-up/")
    assert "Nothing is missing" in said(answer)
    answer = send(secretary, meeting, f"{address}publish-agenda/")
    assert answer.redirect_chain[0][0] == f"{address}agenda/"
    assert now(meeting).agenda_published_at
