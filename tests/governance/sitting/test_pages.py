"""The pages of a sitting: many people at once, what stands over, and what was done between meetings."""

import re
from datetime import date

import pytest

from governance.models import Attendance, BetweenMeetings, Meeting, QuorumRule, Seat
from governance.workflow.meetings import add_item
from tests import factories as make
from tests.governance.pages.attending import people
from tests.governance.sitting.recording import JULY, JUNE, attend, over, row
from tests.harrow import Harrow
from tests.reading import rows, signed_in
from tests.registry.pages.reading import errors, main, words

LIST = "/governance/between-meetings/"
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


def test_without_a_later_meeting_it_says_that_it_waits(secretary, meeting, item):
    address = f"/governance/items/{item.pk}/stand-over/"
    assert "No later meeting is planned." in words(secretary.get(address))
    said = words(secretary.post(address, {"seen": "2", "because": "No time."}, follow=True))
    assert "Stands over to the next meeting that is planned. No time." in said


def typed(**other):
    return {
        "kind": "chair",
        "text": "The letter was signed.",
        "why": "It was due before the meeting.",
        "taken_on_day": "20",
        "taken_on_month": "5",
        "taken_on_year": "2019",
        "name": SMALL,
    } | other


@pytest.fixture
def new(harrow: Harrow):
    return f"/governance/bodies/{harrow.committee.slug}/between-meetings/new/"


def test_a_chair_records_an_action_and_finds_it_on_the_next_agenda(harrow, new):
    june = harrow.meeting(harrow.committee, JUNE)
    chair = signed_in(harrow.user("chair"))
    assert "Record an action between meetings" in words(
        chair.get(f"/governance/bodies/{harrow.committee.slug}/")
    )
    form = main(chair.get(new))
    sent = typed(commissioner=re.findall(r'name="commissioner" value="(\d+)"', form)[0])
    said = words(chair.post(new, sent, follow=True))
    assert "To be ratified What was done The letter was signed." in said
    assert f"On the agenda of {june}, item 1." in said
    assert "1. To ratify: Chair’s action of 20 May 2019" in words(
        chair.get(f"/governance/meetings/{june.pk}/")
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "#id_kind"),
        ({"text": ""}, "#id_text"),
        ({"why": ""}, "#id_why"),
        ({"taken_on_year": "2020"}, "#id_taken_on_day"),
        ({"name": ""}, "#id_taken_by"),
        ({"taken_by": "Nobody"}, "#id_taken_by"),
    ],
)
def test_wrong_input_of_an_action_keeps_what_was_typed(harrow, secretary, new, wrong, field):
    shown = secretary.post(new, typed(commissioner=harrow.ccg.pk, **wrong))
    assert list(errors(shown)) == [field]
    assert wrong.get("why") == "" or "It was due before the meeting." in main(shown)
    assert not BetweenMeetings.objects.exists()


def test_actions_are_listed_searched_and_exported(harrow, secretary, new):
    for text, kind in (("Signed.", "chair"), ("Paid.", "urgent")):
        secretary.post(new, typed(commissioner=harrow.ccg.pk, text=text, kind=kind))
    found = rows(secretary.get(LIST, {"_export": "csv", "kind": "urgent"}))
    assert [(row["text"], row["kind"], row["taken_by"], row["status"]) for row in found] == [
        ("Paid.", "Urgent action", SMALL, "To be ratified")
    ]
    assert len(rows(secretary.get(LIST, {"_export": "csv", "q": "sign", "status": "waits"}))) == 1
    assert rows(secretary.get(LIST, {"_export": "csv", "status": "ratified"})) == []
    assert "2 actions between meetings" in words(secretary.get(LIST))


def test_another_commissioners_actions_are_not_there(harrow, secretary, new):
    secretary.post(new, typed(commissioner=harrow.ccg.pk))
    other = signed_in(harrow.user("officer@havering.example"))
    assert rows(other.get(LIST, {"_export": "csv"})) == []
    assert other.get(f"{LIST}{BetweenMeetings.objects.get().pk}/").status_code == 404
    assert other.get(new).status_code in (403, 404)


def test_the_secretary_sets_the_quorum_rule_with_its_source(harrow, secretary):
    make.QuorumRuleFactory.create(
        body=harrow.committee, offices=[{"offices": ["Lay member", "Nurse"], "at_least": 1}]
    )
    address = f"/governance/bodies/{harrow.committee.slug}/quorum/"
    assert "1 Lay member or Nurse" in main(secretary.get(address))
    sent = {
        "voting_members": "4",
        "offices": "1 Chair\n2 Lay member or Nurse",
        "starts_on_day": "1",
        "starts_on_month": "6",
        "starts_on_year": "2019",
        "source_title": "Terms of reference",
        "seen": str(harrow.committee.version),
    }
    assert list(errors(secretary.post(address, sent | {"offices": "Chair"}))) == ["#id_offices"]
    assert list(errors(secretary.post(address, sent | {"source_title": ""}))) == ["#id_source_title"]
    assert "The quorum rule is set." in words(secretary.post(address, sent, follow=True))
    rule = QuorumRule.objects.get(starts_on=date(2019, 6, 1))
    assert str(rule) == "at least 4 voting members, 1 Chair, 2 Lay member or Nurse"


def test_a_meeting_tells_of_what_stands_over_in_constant_queries(
    harrow, secretary, meeting, item, django_assert_max_num_queries
):
    for number in range(12):
        over(harrow, add_item(meeting, by=harrow.user("secretary"), title=f"Item {number}"))
    with django_assert_max_num_queries(40):
        secretary.get(f"/governance/meetings/{Meeting.objects.get(pk=meeting.pk).pk}/")
