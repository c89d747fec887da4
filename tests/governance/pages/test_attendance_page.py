"""Who was there: a card for each person, kept whatever goes wrong."""

from governance.models import Seat
from governance.workflow.meetings import add_item
from tests import factories as make
from tests.governance.pages.attending import KELSHIKER, LIST, SEHGAL, SMALL, attend, leave
from tests.registry.pages.reading import errors, main, words


def test_the_attendance_is_recorded_in_cards(harrow, secretary, meeting):
    said = words(attend(secretary, meeting, SMALL, SEHGAL))
    assert "The attendance is recorded." in said
    assert "Dr Genevieve Small Office Chair Vote Yes Was there Present" in said
    assert "Javina Sehgal Office Managing Director Vote No Was there Apologies" in said
    again = main(secretary.get(f"{LIST}{meeting.pk}/attendance/"))
    assert 'value="Dr Genevieve Small"' in again
    assert 'value="Managing Director"' in again


def test_the_cards_begin_with_who_sits_on_the_body(harrow, secretary, meeting):
    Seat.objects.create(body=harrow.committee, person=make.PersonFactory.create(), office="GP member")
    gone = make.PersonFactory.create(name="Dr Amol Kelshiker")
    Seat.objects.create(body=harrow.committee, person=gone, ends_on=make.COMMITTEE_DAY)
    cards = main(secretary.get(f"{LIST}{meeting.pk}/attendance/"))
    assert 'value="Dr Meena Thakur"' in cards
    assert "Kelshiker" not in cards


def test_nobody_is_recorded_twice_and_nothing_typed_is_lost(secretary, meeting):
    response = attend(secretary, meeting, SMALL, ("Dr  genevieve small", "present", "", True))
    assert "Dr Genevieve Small is listed twice." in words(response)
    assert 'value="Dr  genevieve small"' in main(response)
    assert not meeting.attendances.exists()


def test_a_card_without_a_name_says_so(secretary, meeting):
    response = attend(secretary, meeting, SMALL, ("", "apologies", "Lay member", False))
    assert errors(response) == {"#id_people-1-name": "Fill in: Name"}
    assert 'value="Lay member"' in main(response)


def test_a_card_is_added_and_removed_without_losing_the_others(secretary, meeting):
    more = main(attend(secretary, meeting, SMALL, **{"people-add": "1"}))
    assert "Person 2" in more
    assert 'value="Dr Genevieve Small"' in more
    fewer = main(attend(secretary, meeting, SMALL, KELSHIKER, **{"people-remove": "0"}))
    assert 'value="Dr Amol Kelshiker"' in fewer
    assert "Genevieve" not in fewer
    assert not meeting.attendances.exists()


def test_who_saves_second_hears_who_was_first_and_keeps_the_cards(secretary, meeting):
    attend(secretary, meeting, SMALL)
    response = attend(secretary, meeting, KELSHIKER, seen="1")
    assert response.status_code == 409
    assert 'value="Dr Amol Kelshiker"' in main(response)
    assert meeting.attendances.get().person.name == "Dr Genevieve Small"


def test_who_withdrew_from_an_item_cannot_be_left_out(harrow, secretary, meeting):
    item = add_item(meeting, by=harrow.user("secretary"), title="Primary Care Networks")
    attend(secretary, meeting, SMALL, KELSHIKER)
    leave(secretary, harrow, item, "Dr Amol Kelshiker")
    response = attend(secretary, meeting, SMALL)
    assert "Dr Amol Kelshiker withdrew from an item of this meeting, so was there." in words(response)


def test_an_empty_card_gives_way_to_who_was_pasted(secretary, meeting):
    shown = main(attend(secretary, meeting, SMALL, ("", "present", "", True), pasted="Dr Amol Kelshiker"))
    assert shown.count("<legend") == 2
    assert 'id="id_people-1-name"' in shown
    assert 'value="Dr Amol Kelshiker"' in shown
    assert 'name="people-1-is_voting" checked' not in " ".join(shown.split())
