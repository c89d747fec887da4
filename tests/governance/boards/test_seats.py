"""Seats: of organisations, persons or offices; to be named, named and ended."""

from datetime import date
from typing import Any

import pytest

from governance.models import Attendance, Seat
from governance.workflow.seats import add_seat, end_seat, name_seat
from pcnportal.history.models import Event
from pcnportal.people.models import Person
from pcnportal.refusals import NotAllowed, Refused
from tests import factories as make
from tests.governance.boards.making import BEGINS, board, seat, slides

JULY = date(2019, 7, 1)


def add(harrow, body, who="secretary", **facts):
    body.refresh_from_db()
    return add_seat(body, by=harrow.user(who), seen=body.version, **facts)


def name(harrow, of, **facts):
    of.body.refresh_from_db()
    return name_seat(of, by=harrow.user("secretary"), seen=of.body.version, **{"starts_on": JULY} | facts)


def test_a_partners_seat_is_to_be_named_until_it_is(harrow):
    trust = make.OrganisationFactory.create(name="Central London Community Healthcare", kind="provider")
    made = add(harrow, harrow.committee, organisation=trust, office="Team Lead", is_voting=None)
    assert (made.who, str(made), made.vote_in_words) == (
        "To be named",
        "Central London Community Healthcare, Team Lead",
        "not held",
    )
    named = name(harrow, made, name="Dr  New Lead")
    made.refresh_from_db()
    assert (made.who, made.ends_on) == ("To be named", JULY)
    assert (named.who, named.office, named.starts_on, named.is_voting) == (
        "Dr New Lead",
        "Team Lead",
        JULY,
        None,
    )
    assert named.person.organisation == trust
    assert Event.objects.latest("pk").verb == "named a seat"


def test_a_seat_that_begins_on_the_day_is_named_itself(harrow):
    held = seat(harrow.committee, office="Lay member", starts_on=JULY)
    named = name(harrow, held, name="Dr Lay")
    assert named.pk == held.pk
    assert Seat.objects.get().person.name == "Dr Lay"


def test_who_is_known_is_chosen_and_not_made_anew(harrow):
    thakur = make.PersonFactory.create()
    held = seat(harrow.committee, office="GP member")
    for facts, sentence in (
        ({"person": thakur, "name": "Dr Meena Thakur"}, "not both"),
        ({}, "Say who it is"),
        ({"person": thakur, "starts_on": date(2020, 1, 1)}, None),
    ):
        if sentence:
            with pytest.raises(Refused, match=sentence):
                name(harrow, held, **facts)
        else:
            assert name(harrow, held, **facts).person == thakur
    assert Person.objects.filter(name=thakur.name).count() == 1


def test_whoever_deputises_goes_on_for_who_is_named(harrow):
    held = seat(harrow.committee, office="Chair of the CCG")
    deputy = add(harrow, harrow.committee, name="Dr Deputy", part="deputy", deputises=held)
    named = name(harrow, held, name="Dr Small")
    deputy.refresh_from_db()
    assert deputy.deputises == named
    with pytest.raises(Refused, match="named already"):
        name(harrow, named, name="Dr Other")


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "organisation"),
        ({"name": "Dr Guest", "part": "in_attendance", "is_voting": True}, "is_voting"),
        ({"name": "Dr Small", "chairs": "chair"}, "chairs"),
        ({"name": "Dr Small", "is_guardian": True}, "is_guardian"),
        ({"office": "Lay member", "starts_on": JULY, "ends_on": JULY}, "ends_on"),
    ],
)
def test_a_seat_that_can_t_be_is_refused_at_its_field(harrow, facts, field):
    seat(harrow.committee, "Dr Chair", chairs="chair", is_guardian=True, starts_on=BEGINS)
    with pytest.raises(Refused) as refused:
        add(harrow, harrow.committee, **facts)
    assert refused.value.field == field
    assert Seat.objects.count() == 1


def test_after_the_chairs_seat_ends_another_may_take_the_chair(harrow):
    chair = seat(harrow.committee, "Dr Chair", chairs="chair", starts_on=BEGINS)
    harrow.committee.refresh_from_db()
    end_seat(
        chair, by=harrow.user("secretary"), seen=harrow.committee.version, ends_on=JULY, reason="Retired"
    )
    add(harrow, harrow.committee, name="Dr Next", chairs="chair", starts_on=JULY)
    harrow.committee.refresh_from_db()
    with pytest.raises(Refused, match="ended already, on 1 July 2019"):
        end_seat(chair, by=harrow.user("secretary"), seen=harrow.committee.version, ends_on=JULY, reason="x")


def test_where_partners_take_turns_nobody_has_the_chair(harrow):
    body = board(harrow, "Provider Management Board", chair_rule="rotating")
    with pytest.raises(Refused, match="rotates by partner"):
        add(harrow, body, name="Dr Small", chairs="chair")
    assert add(harrow, body, name="Dr Small", chairs="vice_chair")


def test_somebody_sits_once_on_a_body(harrow):
    thakur = make.PersonFactory.create()
    add(harrow, harrow.committee, person=thakur)
    with pytest.raises(Refused, match="Dr Meena Thakur has a seat as member already"):
        add(harrow, harrow.committee, person=thakur)
    assert add(harrow, harrow.committee, person=thakur, part="in_attendance", is_voting=False)


def test_a_deputy_is_of_the_same_body_and_only_a_deputy_deputises(harrow):
    elsewhere = seat(harrow.panel, "Dr Panel")
    here = seat(harrow.committee, "Dr Here")
    with pytest.raises(Refused, match="another body"):
        add(harrow, harrow.committee, name="Dr D", part="deputy", deputises=elsewhere)
    with pytest.raises(Refused, match="Only a deputy"):
        add(harrow, harrow.committee, name="Dr D", part="member", deputises=here)


def test_only_who_keeps_the_body_seats_somebody(harrow):
    with pytest.raises(NotAllowed):
        add(harrow, harrow.committee, "chair", name="Dr Small")


def test_a_seat_without_a_start_ends_after_what_is_known_of_it(harrow):
    stated = seat(harrow.committee, "Dr Stated", source=slides())
    came = seat(harrow.committee, "Dr Came")
    assert came.person
    meeting = make.MeetingFactory.create(body=harrow.committee, held_on=date(2019, 5, 7))
    Attendance.objects.create(meeting=meeting, person=came.person, presence="present")
    facts: Any = {"by": harrow.user("secretary"), "seen": harrow.committee.version, "reason": "Left."}
    for held, ends_on, sentence in (
        (stated, date(1999, 1, 1), "choose 18 June 2019 or a later day"),
        (stated, date(2019, 6, 17), "choose 18 June 2019 or a later day"),
        (came, date(2019, 5, 7), "Dr Came first came on 7 May 2019: choose a day after it"),
    ):
        with pytest.raises(Refused, match=sentence) as refused:
            end_seat(held, ends_on=ends_on, **facts)
        assert refused.value.field == "ends_on"
    end_seat(came, ends_on=date(2019, 5, 8), **facts)
    came.refresh_from_db()
    assert came.ends_on == date(2019, 5, 8)
