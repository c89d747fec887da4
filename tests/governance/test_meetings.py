"""Meetings: planned once, with an agenda, an attendance and those who left for an item."""

from datetime import date, time

import pytest

from governance.models import AgendaItem, Meeting
from governance.withdrawn import withdrew
from governance.workflow.meetings import (
    PERMISSIONS,
    add_item,
    plan_meeting,
    record_attendance,
    record_withdrawal,
    take_off,
)
from pcnportal.people.models import Person
from pcnportal.people.roles import PERMISSIONS as KNOWN
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale
from tests.harrow import Harrow

DAY = make.COMMITTEE_DAY


def plan(harrow, body=None, by="secretary", commissioner=None, **facts):
    facts = {"held_on": DAY} | facts
    body, commissioner = body or harrow.committee, commissioner or harrow.ccg
    return plan_meeting(body, by=harrow.user(by), commissioner=commissioner, **facts)


@pytest.fixture
def meeting(harrow: Harrow):
    return plan(harrow)


def add(harrow, meeting, title="Primary Care Networks", by="secretary", **facts):
    return add_item(meeting, by=harrow.user(by), title=title, **facts)


def row(name, presence="present", office="Member", is_voting=True):
    return {"name": name, "office": office, "is_voting": is_voting, "presence": presence}


def attend(harrow, meeting, *rows, by="secretary", seen=None):
    held = Meeting.objects.get(pk=meeting.pk)
    record_attendance(held, by=harrow.user(by), seen=seen or held.version, present=rows)


def leave(harrow, item, name, by="secretary", seen=None, reason="Director of the PCN."):
    held = AgendaItem.objects.select_related("meeting__commissioner").get(pk=item.pk)
    person = Person.objects.get(name=name)
    return record_withdrawal(
        held, by=harrow.user(by), seen=seen or held.meeting.version, person=person, reason=reason
    )


def attended(meeting):
    return [str(attendance) for attendance in meeting.attendances.order_by("person__name")]


def test_a_meeting_is_of_a_body_for_a_commissioner_on_a_day(harrow: Harrow):
    made = plan(harrow, harrow.panel, held_on=make.PANEL_DAY, starts_at=time(14), place="Room 1")
    assert str(made) == "North West London Health and Care Partnership panel, 24 May 2019"
    assert (made.commissioner, made.place, made.version) == (harrow.ccg, "Room 1", 1)


def test_planning_is_in_the_history_of_the_commissioner(harrow: Harrow):
    other = plan(harrow, held_on=date(2019, 6, 17))
    with one_event(other, "added the agenda item", harrow.user("secretary")):
        add(harrow, other)
    assert plan(harrow).commissioner == harrow.ccg


def test_a_body_meets_only_for_those_it_serves(harrow: Harrow):
    secretary = harrow.user("secretary")
    make.RoleFactory.create(user=secretary, organisation=harrow.havering, role="secretary")
    with refused(f"{harrow.panel} does not serve NHS Havering CCG.", "body"):
        plan(harrow, harrow.panel, commissioner=harrow.havering)
    harrow.panel.serves.add(harrow.havering)
    assert plan(harrow, harrow.panel, commissioner=harrow.havering).commissioner == harrow.havering


@pytest.mark.parametrize("at", [None, time(14)])
def test_a_body_does_not_meet_twice_at_one_time(harrow: Harrow, at):
    plan(harrow, starts_at=at)
    with refused("Primary Care Commissioning Committee already has a meeting on 20 May 2019", "held_on"):
        plan(harrow, starts_at=at)
    plan(harrow, starts_at=time(18))
    plan(harrow, held_on=date(2019, 5, 21), starts_at=at)


def test_items_are_numbered_as_they_come_and_may_be_about_something(harrow: Harrow, meeting):
    first, second = add(harrow, meeting), add(harrow, meeting, "Minutes", subject=harrow.ccg)
    assert [str(item) for item in meeting.items.all()] == ["1. Primary Care Networks", "2. Minutes"]
    assert (first.subject, second.subject) == (None, harrow.ccg)
    assert first.commissioner == harrow.ccg


def test_an_item_is_taken_off_once_with_a_reason_and_keeps_its_number(harrow: Harrow, meeting):
    first = add(harrow, meeting)
    with refused("Say why it is taken off the agenda.", "reason"):
        take_off(first, by=harrow.user("secretary"), reason=" ")
    with one_event(meeting, "took the item off the agenda", harrow.user("secretary")):
        take_off(first, by=harrow.user("secretary"), reason="No paper.")
    with refused("“Primary Care Networks” is off the agenda already."):
        take_off(first, by=harrow.user("secretary"), reason="No paper.")
    assert add(harrow, meeting, "Minutes").position == 2


def test_the_attendance_is_recorded_whole(harrow: Harrow, meeting):
    with one_event(meeting, "recorded the attendance", harrow.user("secretary")):
        attend(harrow, meeting, row("Dr Genevieve Small"), row("Javina Sehgal", "apologies"))
    assert attended(meeting) == ["Dr Genevieve Small: Present", "Javina Sehgal: Apologies"]
    attend(harrow, meeting, row("Javina Sehgal", office="Managing Director"))
    assert attended(meeting) == ["Javina Sehgal: Present"]
    assert meeting.attendances.get().office == "Managing Director"


def test_nobody_attends_twice(harrow: Harrow, meeting):
    with refused("Dr Genevieve Small is listed twice."):
        attend(harrow, meeting, row("Dr Genevieve Small"), row("Dr  genevieve small"))


def test_a_name_is_the_member_who_sits_on_the_body_or_came_before(harrow: Harrow, meeting):
    sits = make.PersonFactory.create(
        name="Dr Genevieve Small", organisation=harrow.practice("E84058").organisation
    )
    harrow.committee.seats.create(person=sits, office="Chair")
    attend(harrow, meeting, row("dr genevieve small"))
    assert meeting.attendances.get().person == sits
    elsewhere = plan(harrow, harrow.panel, held_on=make.PANEL_DAY)
    attend(harrow, elsewhere, row("Dr Genevieve Small"))
    assert elsewhere.attendances.get().person != sits


def test_who_was_present_may_leave_for_one_item_once(harrow: Harrow, meeting):
    item, other = add(harrow, meeting), add(harrow, meeting, "Minutes")
    attend(harrow, meeting, row("Dr Amol Kelshiker"), row("Javina Sehgal", "apologies"))
    with refused("Javina Sehgal is not recorded as present at this meeting.", "person"):
        leave(harrow, item, "Javina Sehgal")
    with one_event(meeting, "recorded a withdrawal from the item", harrow.user("secretary")):
        made = leave(harrow, item, "Dr Amol Kelshiker")
    assert str(made) == "Dr Amol Kelshiker withdrew from the item"
    with refused("Dr Amol Kelshiker already withdrew from this item.", "person"):
        leave(harrow, item, "Dr Amol Kelshiker")
    leave(harrow, other, "Dr Amol Kelshiker")


def test_who_withdrew_stays_in_the_attendance(harrow: Harrow, meeting):
    item = add(harrow, meeting)
    attend(harrow, meeting, row("Dr Amol Kelshiker"))
    leave(harrow, item, "Dr Amol Kelshiker")
    with refused("Dr Amol Kelshiker withdrew from an item of this meeting, so was there."):
        attend(harrow, meeting, row("Javina Sehgal"))


def test_a_user_who_withdrew_as_a_person_is_known_to_have(harrow: Harrow, meeting):
    item, other = add(harrow, meeting), add(harrow, meeting, "Minutes")
    attend(harrow, meeting, row("Dr Amol Kelshiker"))
    leave(harrow, item, "Dr Amol Kelshiker")
    member = harrow.user("member")
    assert not withdrew(member, item)
    member.person = Person.objects.get(name="Dr Amol Kelshiker")
    assert withdrew(member, item)
    assert not withdrew(member, other)


def test_every_verb_of_meetings_has_a_permission_that_some_role_holds():
    assert set(PERMISSIONS.values()) <= KNOWN


def test_who_may_not_and_who_is_of_another_commissioner(harrow: Harrow, meeting):
    item = add(harrow, meeting)
    attend(harrow, meeting, row("Dr Amol Kelshiker"))
    stranger = make.UserFactory.create(email="secretary@havering.example")
    make.RoleFactory.create(user=stranger, organisation=harrow.havering, role="secretary")
    harrow.users[stranger.email] = stranger
    acts = [
        lambda by: plan(harrow, held_on=make.PANEL_DAY, by=by),
        lambda by: add(harrow, meeting, by=by),
        lambda by: take_off(item, by=harrow.user(by), reason="No paper."),
        lambda by: attend(harrow, meeting, by=by),
        lambda by: leave(harrow, item, "Dr Amol Kelshiker", by=by),
    ]
    for act in acts:
        for role in ("officer", "chair", "member", "auditor", "admin"):
            with not_allowed():
                act(role)
        with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
            act(stranger.email)


def test_two_secretaries_do_not_overwrite_each_other(harrow: Harrow, meeting):
    item = add(harrow, meeting)
    attend(harrow, meeting, row("Dr Amol Kelshiker"), seen=1)
    with stale():
        attend(harrow, meeting, row("Javina Sehgal"), seen=1)
    with stale():
        leave(harrow, item, "Dr Amol Kelshiker", seen=1)
