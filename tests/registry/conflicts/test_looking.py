"""The portal looks for conflicts when a case comes on an agenda, and again before the meeting."""

from datetime import date

import pytest

from governance.models import Body, Conflict, Seat
from governance.workflow.conflicts import handle_conflict, judge_conflict
from governance.workflow.interests import declare, withdraw_interest
from governance.workflow.meetings import record_attendance
from governance.workflow.seats import add_seat, end_seat, name_seat
from pcnportal import clock
from pcnportal.refusals import NotAllowed, Refused, Stale
from registry.concerned import As
from registry.conflicts import OF
from registry.papers import papers_are_closed_to
from registry.workflow.conflicts import look_again, look_at, look_for
from registry.workflow.outcomes import item_for
from tests import factories as make
from tests import steps
from tests.registry.conflicts.concerning import organisation, sits


def test_what_the_rules_name_is_proposed_when_the_case_comes_on_the_agenda(harrow):
    case = steps.recommended(harrow)
    person = sits(harrow.committee, organisation=organisation("GP Direct"))
    case = steps.do(
        harrow,
        case,
        "put_on_agenda",
        "secretary",
        meeting=harrow.meeting(harrow.committee, make.COMMITTEE_DAY),
    )
    item = item_for(case, harrow.committee)
    assert item
    found = item.conflicts.all()
    rules = {OF[As.MEMBER].slug, OF[As.PAYEE].slug}
    assert {(row.person, row.rule, row.judgement) for row in found} == {(person, rule, "") for rule in rules}


def test_who_joins_the_body_before_the_meeting_is_found_by_looking_again(harrow, item):
    secretary = harrow.user("secretary")
    look_again(item, by=secretary, seen=1)
    assert not item.conflicts.exists()
    sits(harrow.committee, organisation=organisation("Honeypot Medical Centre"))
    look_again(item, by=secretary, seen=2)
    assert item.conflicts.count() == 1


def test_looking_again_is_for_who_judges_and_of_the_version_that_was_shown(harrow, item):
    with pytest.raises(NotAllowed):
        look_again(item, by=harrow.user("chair"), seen=1)
    with pytest.raises(Stale):
        look_again(item, by=harrow.user("secretary"), seen=7)


def test_after_the_meeting_nobody_looks_again(harrow, item):
    with clock.at(date(2019, 5, 21)), pytest.raises(Refused, match="over"):
        look_again(item, by=harrow.user("secretary"), seen=1)


def test_of_an_item_about_nothing_that_the_rules_know_it_says_so(harrow):
    other = make.AgendaItemFactory.create(meeting__body=harrow.committee)
    with pytest.raises(Refused, match="No rule speaks"):
        look_again(other, by=harrow.user("secretary"), seen=1)


@pytest.fixture
def member(harrow):
    """The account of a member of the committee of whom nothing else is held."""
    user = harrow.user("member")
    user.person = sits(harrow.committee)
    user.save()
    return user


def test_what_a_member_declares_is_proposed_at_once_and_goes_when_it_is_withdrawn(harrow, item, member):
    look_again(item, by=harrow.user("secretary"), seen=1)
    assert [row.is_warning for row in item.conflicts.all()] == [True]
    held = declare(
        by=member,
        commissioner=harrow.ccg,
        then=look_for,
        kind="financial",
        role="partner",
        organisation=organisation("Honeypot Medical Centre"),
        organisation_named="",
        nature="Partner.",
        starts_on=None,
        ends_on=None,
    )
    warning, found = item.conflicts.order_by("pk")
    assert (warning.gone_on, found.interest) == (make.COMMITTEE_DAY, held)
    withdraw_interest(held, by=member, seen=1, reason="Not so.", then=look_for)
    warning.refresh_from_db()
    found.refresh_from_db()
    assert (warning.gone_on, found.gone_on) == (None, make.COMMITTEE_DAY)


def test_what_somebody_declares_changes_nothing_of_past_meetings_and_other_bodies(harrow, item, member):
    make.AgendaItemFactory.create(meeting__body=harrow.panel, meeting__commissioner=harrow.ccg)
    with clock.at(date(2019, 5, 21)):
        look_for(member.person, harrow.ccg, harrow.user("secretary"))
    assert not Conflict.objects.exists()


def leaves(harrow, item, member, handling):
    sits_with = harrow.user("secretary")
    look_again(item, by=sits_with, seen=item.meeting.version)
    (conflict,) = item.conflicts.all()
    judge_conflict(conflict, by=sits_with, seen=1, judgement="confirmed")
    handle_conflict(conflict, by=harrow.user("chair"), seen=2, handling=handling)


@pytest.mark.parametrize(
    ("handling", "is_private", "closed"),
    [
        ("leaves", True, True),
        ("leaves", False, False),
        ("no_paper", True, True),
        ("no_paper", False, True),
        ("no_vote", True, False),
    ],
)
def test_who_is_to_leave_does_not_read_the_papers_of_the_case(
    harrow, case, item, member, handling, is_private, closed
):
    type(item).objects.filter(pk=item.pk).update(is_private=is_private)
    leaves(harrow, item, member, handling)
    assert papers_are_closed_to(member, case) is closed
    assert papers_are_closed_to(harrow.user("officer"), case) is False


def test_a_seat_that_is_added_named_or_ended_is_looked_at_at_once(harrow, item):
    secretary, body, honeypot = harrow.user("secretary"), harrow.committee, "Honeypot Medical Centre"
    by = {"by": secretary, "then": look_at}
    person = make.PersonFactory.create(name="Dr Meena Thakur", organisation=organisation(honeypot))
    seat = add_seat(body, **by, seen=version(body), person=person, part="member")
    assert item.conflicts.get().person == person
    with clock.at(date(2019, 5, 18)):
        end_seat(seat, **by, seen=version(body), ends_on=date(2019, 5, 18), reason="She resigned.")
    assert item.conflicts.get().gone_on == date(2019, 5, 18)
    free = Seat.objects.create(body=body, office="GP member")
    name_seat(free, **by, seen=version(body), starts_on=date(2019, 5, 19), person=person)
    row = item.conflicts.get()
    assert (row.person, row.gone_on) == (person, None)


def test_who_is_recorded_as_there_is_looked_at_at_once_and_nothing_that_is_over(harrow, item):
    person = make.PersonFactory.create(organisation=organisation("Honeypot Medical Centre"))
    came = {"person": person, "office": "", "is_voting": True, "presence": "present"}
    facts = {"by": harrow.user("secretary"), "present": [came], "then": look_at}
    with clock.at(date(2019, 5, 21)):
        record_attendance(item.meeting, seen=1, **facts)
    assert not item.conflicts.exists()
    record_attendance(item.meeting, seen=2, **facts)
    assert item.conflicts.get().person == person


def test_the_pages_of_seats_and_attendance_have_the_rules_asked(harrow, item, client):
    client.force_login(harrow.user("secretary"))
    body = harrow.committee
    typed = {"seen": version(body), "name": "Dr New", "part": "member", "is_voting": ""}
    client.post(f"/governance/bodies/{body.slug}/seats/add/", typed)
    assert [row.person.name for row in item.conflicts.all()] == ["Dr New"]


def version(body):
    return Body.objects.get(pk=body.pk).version
