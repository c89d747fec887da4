"""Who came: for which organisation, for whom, and in the chair."""

from datetime import date

import pytest

from governance.models import Meeting, Seat, TurnToChair
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.people.models import Person
from tests import factories as make
from tests.claims import refused
from tests.governance.sitting.recording import attend, person, row
from tests.harrow import Harrow

DAY = make.COMMITTEE_DAY
MEMBER, DEPUTY = "Dr Genevieve Small", "Javina Sehgal"


@pytest.fixture
def meeting(harrow: Harrow):
    return harrow.meeting(harrow.committee, DAY)


def test_what_they_came_for_and_for_whom_is_held(harrow: Harrow, meeting):
    attend(
        harrow,
        meeting,
        row(MEMBER, "apologies", "Chair"),
        row(DEPUTY, in_place_of_name="dr genevieve  small", organisation=harrow.ccg),
        stated_attendance=44,
    )
    came = meeting.attendances.get(person__name=DEPUTY)
    assert (came.in_place_of, came.organisation) == (person(MEMBER), harrow.ccg)
    assert Meeting.objects.get().stated_attendance == 44


def test_a_deputy_for_somebody_who_sits_on_the_body_need_not_list_them(harrow: Harrow, meeting):
    sits = make.PersonFactory.create(name=MEMBER)
    Seat.objects.create(body=harrow.committee, person=sits)
    attend(harrow, meeting, row(DEPUTY, in_place_of_name=MEMBER))
    assert meeting.attendances.get().in_place_of == sits


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [row(DEPUTY, in_place_of_name="Dr Nobody")],
            "No member of Primary Care Commissioning Committee is called “Dr Nobody”, "
            "and nobody who is listed.",
        ),
        (
            [row(MEMBER), row(DEPUTY, in_place_of_name=MEMBER)],
            f"{DEPUTY} is deputy for {MEMBER}, who was there.",
        ),
        ([row(DEPUTY, in_place_of_name=DEPUTY)], f"{DEPUTY} can’t be their own deputy."),
        (
            [row(MEMBER, "apologies", took_the_chair=True)],
            f"{MEMBER} took the chair, so was there.",
        ),
        (
            [row(f"Dr {n}", took_the_chair=True) for n in range(3)],
            "One person takes the chair, or two together.",
        ),
    ],
)
def test_what_cannot_have_been_is_refused(harrow: Harrow, meeting, rows, sentence):
    with refused(sentence):
        attend(harrow, meeting, *rows)


def test_two_may_take_the_chair_together(harrow: Harrow, meeting):
    attend(harrow, meeting, row(MEMBER, took_the_chair=True), row(DEPUTY, took_the_chair=True), row("Dr A"))
    assert meeting.attendances.filter(took_the_chair=True).count() == 2


def test_nobody_was_at_a_meeting_that_was_cancelled(harrow: Harrow, meeting):
    Meeting.objects.update(is_cancelled=True, cancelled_because="Election.")
    with refused(f"{meeting} is cancelled: nobody was there."):
        attend(harrow, meeting, row(MEMBER))


def test_once_the_minutes_are_published_a_correction_says_why(harrow: Harrow, meeting):
    Meeting.objects.update(minutes_published_at=clock.now())
    with refused("The minutes are published: say why the attendance is corrected.", "reason"):
        attend(harrow, meeting, row(MEMBER))
    attend(harrow, meeting, row(MEMBER), reason="Left out by mistake.")
    assert events_of(meeting)[0].reason == "Left out by mistake."


def test_the_partner_whose_person_took_the_chair_had_the_turn(harrow: Harrow, meeting):
    trust, other = (make.OrganisationFactory.create(name=name, kind="provider") for name in ("Trust", "GPs"))
    TurnToChair.objects.create(body=harrow.committee, organisation=trust, position=1)
    TurnToChair.objects.create(
        body=harrow.committee, organisation=other, position=2, ends_on=date(2019, 5, 1)
    )
    attend(harrow, meeting, row(MEMBER, organisation=other, took_the_chair=True))
    assert Meeting.objects.get().chaired_by is None
    attend(harrow, meeting, row(MEMBER, organisation=trust, took_the_chair=True))
    assert Meeting.objects.get().chaired_by == trust
    attend(harrow, meeting, row(MEMBER, organisation=trust))
    assert Meeting.objects.get().chaired_by == trust


def test_a_new_person_is_of_the_organisation_they_came_for(harrow: Harrow, meeting):
    attend(harrow, meeting, row("Somebody New", organisation=harrow.havering))
    assert Person.objects.get(name="Somebody New").organisation == harrow.havering
