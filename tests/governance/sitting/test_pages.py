"""The pages of a sitting: many people at once, and what stands over."""

import re

import pytest

from governance.models import AgendaItem, Attendance, Meeting, Seat
from governance.workflow.meetings import add_item
from pcnportal import clock
from pcnportal.people.models import Person
from tests import factories as make
from tests.governance.pages.attending import people
from tests.governance.sitting.recording import JULY, JUNE, attend, over, resolve, row
from tests.harrow import Harrow
from tests.reading import signed_in
from tests.registry.pages.reading import errors, main, words

SMALL = "Dr Genevieve Small"


def page(client, meeting):
    return client.get(f"/governance/meetings/{meeting.pk}/attendance/")


def send(client, meeting, *cards, **other):
    """Cards as dicts; those of the attendance's own fields in `other`."""
    data = people(meeting, **other) | {"people-TOTAL_FORMS": str(len(cards))}
    for number, card in enumerate(cards):
        data |= {f"people-{number}-{name}": value for name, value in ({"presence": "present"} | card).items()}
    return client.post(f"/governance/meetings/{meeting.pk}/attendance/", data, follow=True)


def values(response, name):
    found = re.findall(rf'<input[^>]*name="people-\d+-{name}"[^>]*>', main(response))
    return [(re.findall(r'value="([^"]*)"', box) or [""])[0] for box in found]


@pytest.fixture
def seats(harrow: Harrow):
    def sit(name="", **facts):
        person = make.PersonFactory.create(name=name) if name else None
        return Seat.objects.create(body=harrow.committee, person=person, **facts)

    member = sit(SMALL, office="Chair", chairs="chair", organisation=harrow.ccg)
    sit(office="Lay member", organisation=harrow.havering)
    sit("Javina Sehgal", part="deputy", deputises=member, is_voting=None)
    sit("Taff Moraga", part="in_attendance", is_voting=False)


def test_it_begins_with_the_seats_of_the_day(secretary, meeting, seats):
    shown = page(secretary, meeting)
    assert values(shown, "name") == [SMALL, "", "Taff Moraga", "Javina Sehgal"]
    said = words(shown)
    assert "Person 2: to be named, NHS Havering CCG, Lay member" in said
    assert "NHS Harrow CCG, Chair, voting, took the chair" in said
    assert "Deputy for Dr Genevieve Small, voting" in said
    assert "Without a vote" in said


def test_a_seat_to_be_named_and_a_deputy_who_did_not_come_are_not_recorded(harrow, secretary, meeting, seats):
    send(
        secretary,
        meeting,
        {"name": SMALL, "took_the_chair": "on", "organisation": "nhs harrow ccg"},
        {"seat": "Lay member", "name": "", "office": "Lay member"},
        {"name": "Javina Sehgal", "presence": "out", "in_place_of": SMALL},
        stated_attendance="44",
    )
    came = meeting.attendances.get()
    assert (came.person.name, came.organisation, came.took_the_chair) == (SMALL, harrow.ccg, True)
    said = words(secretary.get(f"/governance/meetings/{meeting.pk}/"))
    assert f"In the chair: {SMALL}." in said
    assert "44 people are stated to have been there; 1 is named." in said


def test_a_deputy_is_shown_with_whom_they_stood_for(secretary, meeting, seats):
    send(
        secretary,
        meeting,
        {"name": SMALL, "presence": "apologies"},
        {"name": "Javina Sehgal", "in_place_of": SMALL, "office": "Managing Director"},
    )
    said = words(secretary.get(f"/governance/meetings/{meeting.pk}/"))
    assert "Managing Director Deputy for Dr Genevieve Small" in said


def test_many_are_pasted_one_a_line_and_looked_at_before_they_are_saved(harrow, secretary, meeting, seats):
    lines = [f"Dr Number {n}, NHS Havering CCG, Nurse" for n in range(42)]
    shown = send(secretary, meeting, {"name": "Dr First"}, pasted="\n".join([SMALL, *lines, "Dr Last"]))
    assert not Attendance.objects.exists()
    assert "44 people added at the end of the list: check them, then save." in words(shown)
    names = values(shown, "name")
    assert names[:3] == ["Dr First", SMALL, "Dr Number 0"]
    assert len(names) == 45
    assert values(shown, "organisation")[1:3] == ["NHS Harrow CCG", "NHS Havering CCG"]
    assert "Chair, voting" in words(shown)
    assert words(shown).lower().count("without a vote") == 44
    send(secretary, meeting, *({"name": name} for name in names))
    assert meeting.attendances.count() == 45


def test_too_many_are_not_lost(secretary, meeting):
    pasted = "\n".join(f"Dr Number {n}" for n in range(111))
    shown = send(secretary, meeting, pasted=pasted)
    assert errors(shown) == {"#id_pasted": "That makes 111 people: there can be 110 at most."}
    assert "Dr Number 110" in main(shown)


@pytest.mark.parametrize(
    ("card", "field", "sentence"),
    [
        (
            {"organisation": "Nowhere"},
            "organisation",
            "Enter an organisation that is held: none has the name or code “Nowhere”",
        ),
        (
            {"presence": "absent", "took_the_chair": "on"},
            "took_the_chair",
            "Choose “Present”: who took the chair was there",
        ),
        ({"presence": ""}, "presence", "Choose an answer: Was there"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_shown(secretary, meeting, card, field, sentence):
    shown = send(secretary, meeting, {"name": SMALL} | card)
    assert errors(shown) == {f"#id_people-0-{field}": sentence}
    assert f'value="{SMALL}"' in main(shown)
    assert field == "presence" or "<details" in main(shown)
    assert not Attendance.objects.exists()


def test_a_code_names_an_organisation_too(harrow, secretary, meeting):
    send(secretary, meeting, {"name": SMALL, "organisation": "08e"})
    assert meeting.attendances.get().organisation == harrow.ccg


def test_the_form_asks_why_once_the_minutes_are_published(secretary, meeting):
    assert "Why the attendance is corrected" not in words(page(secretary, meeting))
    Meeting.objects.update(minutes_published_at=clock.now())
    assert errors(send(secretary, meeting, {"name": SMALL})) == {
        "#id_reason": "Fill in: Why the attendance is corrected"
    }
    assert "The attendance is recorded." in words(send(secretary, meeting, {"name": SMALL}, reason="Late."))


@pytest.fixture
def item(harrow: Harrow, meeting):
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=2)
    attend(harrow, meeting, row(SMALL))
    return add_item(meeting, by=harrow.user("secretary"), title="PCNs")


def test_an_item_stands_over_from_its_page(harrow, secretary, meeting, item):
    add_item(meeting, by=harrow.user("secretary"), title="Minutes")
    june = harrow.meeting(harrow.committee, JUNE)
    harrow.meeting(harrow.committee, JULY)
    said = words(secretary.get(f"/governance/meetings/{meeting.pk}/"))
    assert "Who sits on the body is not held, so neither is who could restore it." in said
    address = f"/governance/items/{item.pk}/stand-over/"
    form = secretary.get(address)
    assert "Not quorate: 1 more voting." in words(form)
    empty = secretary.post(address, {"seen": "2", "because": "", "to": ""})
    assert list(errors(empty)) == ["#id_because", "#id_to"]
    said = words(
        secretary.post(address, {"seen": "2", "because": "Not quorate.", "to": june.pk}, follow=True)
    )
    assert "The item stands over." in said
    assert f"Stands over to {june}. Not quorate." in said
    assert "The item stands over already." in words(secretary.get(address))


def test_of_a_private_item_the_reasons_are_for_who_may_read_it(harrow, secretary, meeting, item):
    AgendaItem.objects.update(is_private=True)
    item.withdrawals.create(person=Person.objects.get(name=SMALL), reason="Director of the bidder.")
    over(harrow, item, because="The bidder asked for it.")
    shown = f"/governance/meetings/{meeting.pk}/"
    assert "The bidder asked for it." in words(secretary.get(shown))
    officer = words(signed_in(harrow.user("officer")).get(shown))
    assert "Stands over to the next meeting that is planned." in officer
    assert "Dr Genevieve Small withdrew from the item." in officer
    assert "bidder" not in officer


def test_what_is_decided_is_not_offered_to_stand_over(secretary, meeting, item):
    shown = f"/governance/meetings/{meeting.pk}/"
    assert "It stands over" in words(secretary.get(shown))
    resolve(item)
    assert "It stands over" not in words(secretary.get(shown))


def test_without_a_later_meeting_it_says_that_it_waits(secretary, meeting, item):
    address = f"/governance/items/{item.pk}/stand-over/"
    assert "No later meeting is planned." in words(secretary.get(address))
    said = words(secretary.post(address, {"seen": "2", "because": "No time."}, follow=True))
    assert "Stands over to the next meeting that is planned. No time." in said


def test_a_meeting_tells_of_what_stands_over_in_constant_queries(
    harrow, secretary, meeting, item, django_assert_max_num_queries
):
    for number in range(12):
        over(harrow, add_item(meeting, by=harrow.user("secretary"), title=f"Item {number}"))
    with django_assert_max_num_queries(40):
        secretary.get(f"/governance/meetings/{Meeting.objects.get(pk=meeting.pk).pk}/")
