"""The ten-minute page: what each reader is told of tonight's items, and of their own interests in them."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.advice import is_next
from governance.models import AgendaItem, Conflict, Paper
from governance.workflow.meetings import add_item, plan_meeting
from governance.workflow.standing_over import stand_over
from governance.workflow.timing import cancel_meeting
from registry.models import ChecklistItem
from registry.workflow.outcomes import item_for
from tests import factories as make
from tests import steps
from tests.governance.interests.rows import interest
from tests.harrow import Harrow
from tests.reading import signed_in
from tests.registry.pages.reading import main, words

JUNE = date(2019, 6, 17)


@pytest.fixture
def case(harrow: Harrow):
    return steps.before_committee(harrow)


@pytest.fixture
def item(harrow: Harrow, case):
    return item_for(case, harrow.committee)


@pytest.fixture
def thakur(harrow: Harrow):
    person = make.PersonFactory.create()
    member = harrow.user("member")
    member.person = person
    member.save()
    return person


def at(meeting):
    return f"/governance/meetings/{meeting.pk}/brief/"


def read(harrow, meeting, who="member"):
    return words(signed_in(harrow.user(who)).get(at(meeting)))


def test_a_registration_is_told_in_brief(harrow, case, item):
    said = read(harrow, item.meeting)
    assert "Today. 1 item, 1 to decide." in said
    assert f"What is asked To approve the registration of {case}, with conditions or without" in said
    assert "3 practices, 34,406 patients stated (in range)" in said
    assert "Recommended Approve" in said
    assert steps.REASONS[0] in said
    assert "What fails, and why Nothing fails." in said
    assert "If you say no The network can’t be confirmed; the practices may hand in a new form." in said
    assert "Confirmation is due by 31 May 2019, and networks start on 1 July 2019." in said


def test_what_fails_says_why_with_its_working(harrow, case, item):
    line = case.lines.get(rule="population")
    line.parameters = {"minimum": 40000, "maximum": 50000}
    line.save()
    said = read(harrow, item.meeting)
    assert "34,406 is 5,594 below 40,000" in said
    assert "No reason is given for the departure." in said


def test_what_was_written_on_the_agenda_comes_before_what_follows_from_the_workflow(harrow, item):
    AgendaItem.objects.filter(pk=item.pk).update(asked="Approve it tonight.", if_not="It waits until June.")
    said = read(harrow, item.meeting)
    assert "What is asked Approve it tonight." in said
    assert "If you say no It waits until June." in said


def test_the_panel_is_asked_to_endorse(harrow, case):
    meeting = harrow.meeting(harrow.panel, make.COMMITTEE_DAY)
    add_item(meeting, by=harrow.user("secretary"), title="Directors", subject=case)
    said = read(harrow, meeting)
    assert f"To endorse the registration of {case} and its directors, or decline to." in said
    assert "It goes back to the review, and the committee decides anew." in said


def test_who_does_not_see_registrations_is_told_nothing_of_them(harrow, case, item):
    stranger = make.UserFactory.create(email="reader@harrow.example")
    make.RoleFactory.create(user=stranger, organisation=harrow.havering, role="member")
    assert signed_in(stranger).get(at(item.meeting)).status_code == 404


def test_a_private_item_is_told_to_who_may_read_it(harrow, case, item, thakur):
    AgendaItem.objects.filter(pk=item.pk).update(is_private=True, asked="Say so in private.")
    assert "Say so in private." in read(harrow, item.meeting)
    officer = read(harrow, item.meeting, "officer")
    assert "An item in the private part" in officer
    assert "Say so in private." not in officer
    assert "Recommended" not in officer
    conflict(item, thakur, judgement="confirmed", handling="leaves", by=harrow.user("chair"))
    said = read(harrow, item.meeting)
    assert "You leave for this item." in said
    assert "Say so in private." not in said
    assert "Recommended" not in said


def conflict(item, person, by, **facts):
    facts |= {"judged_by": by, "handled_by": by if facts.get("handling") else None}
    return Conflict.objects.create(
        item=item, person=person, key="x", because="Partner of GP Direct.", **facts
    )


def test_own_interests_are_told_and_those_of_others_not(harrow, item, thakur):
    other = make.PersonFactory.create(name="Dr Other")
    by = harrow.user("secretary")
    Conflict.objects.create(item=item, person=other, key="y", because="Director of the network.")
    assert "No interest of yours in any of these items is held." in read(harrow, item.meeting)
    conflict(item, thakur, by=by, judgement="confirmed")
    said = read(harrow, item.meeting)
    assert "You have an interest in item 1, or may have one." in said
    assert "Confirmed Partner of GP Direct. The chair records what was done." in said
    assert "Director of the network." not in said


def test_what_was_declared_in_a_member_practice_is_told_once(harrow, item, thakur):
    practice = harrow.practice("E84005").organisation
    held = interest(person=thakur, organisation=practice, nature="Partner since 2004.")
    said = read(harrow, item.meeting)
    assert f"Declared {practice}: Partner since 2004." in said
    Conflict.objects.create(item=item, person=thakur, key="z", because="As declared.", interest=held)
    said = read(harrow, item.meeting)
    assert "Proposed As declared." in said
    assert "Partner since 2004." not in said


def test_an_account_that_is_no_person_is_told_so(harrow, item):
    assert "Your account stands for no person in the register" in read(harrow, item.meeting)


def test_papers_are_one_tap_away_and_private_ones_kept(harrow, item):
    Paper.objects.create(item=item, enclosure=1, title="The form", cover="Words.")
    Paper.objects.create(item=item, enclosure=2, title="The dispute", cover="Words.", is_private=True)
    member = main(signed_in(harrow.user("member")).get(at(item.meeting)))
    assert f"/governance/papers/{item.papers.get(enclosure=1).pk}/" in member
    assert "The dispute" in member
    assert f"/governance/meetings/{item.meeting.pk}/private-pack.pdf" in member
    officer = main(signed_in(harrow.user("officer")).get(at(item.meeting)))
    assert "The form" in officer
    assert "The dispute" not in officer
    assert "private-pack.pdf" not in officer


def test_the_quorum_is_said_once_where_it_is_the_same_for_all(harrow, item):
    add_item(item.meeting, by=harrow.user("secretary"), title="The budget")
    said = read(harrow, item.meeting)
    assert said.count("Not held: the quorum rule and the attendance.") == 1
    assert "If you say no not held" in said


def test_an_item_that_stands_over_or_was_taken_off(harrow, item):
    by = harrow.user("secretary")
    stand_over(item, by=by, seen=item.meeting.version, because="Not quorate.")
    AgendaItem.objects.create(
        meeting=item.meeting, position=9, title="Gone", is_taken_off=True, taken_off_because="No paper."
    )
    said = read(harrow, item.meeting)
    assert "Stands over. Not quorate." in said
    assert "Gone" not in said


def test_an_empty_agenda_leads_to_the_meeting(harrow):
    meeting = harrow.meeting(harrow.committee, JUNE)
    said = main(signed_in(harrow.user("member")).get(at(meeting)))
    assert "Nothing is on the agenda yet." in said
    assert f'href="/governance/meetings/{meeting.pk}/"' in said


def test_it_is_linked_from_the_meeting_and_from_my_work(harrow, item):
    later = harrow.meeting(harrow.committee, JUNE)
    add_item(later, by=harrow.user("secretary"), title="The budget")
    client = signed_in(harrow.user("member"))
    for page in ("/", f"/governance/meetings/{item.meeting.pk}/"):
        assert at(item.meeting) in client.get(page).text
    assert at(later) not in client.get(f"/governance/meetings/{later.pk}/").text
    assert at(later) not in client.get("/").text


def test_which_meeting_is_the_next(harrow):
    by, facts = harrow.user("secretary"), {"commissioner": harrow.ccg, "held_on": JUNE}
    june = plan_meeting(harrow.committee, by=by, starts_at=time(14), **facts)
    july = harrow.meeting(harrow.committee, date(2019, 7, 15))
    assert is_next(june, make.COMMITTEE_DAY)
    assert not is_next(july, make.COMMITTEE_DAY)
    assert is_next(july, date(2019, 6, 18))
    assert not is_next(june, date(2019, 6, 18))
    cancel_meeting(june, by=by, seen=june.version, reason="Nobody can come.")
    assert is_next(july, make.COMMITTEE_DAY)


def test_it_costs_as_much_for_many_items(harrow, case, item, thakur):
    client, meeting = signed_in(harrow.user("member")), item.meeting
    interest(person=thakur, organisation=harrow.practice("E84005").organisation)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(meeting)).status_code == 200
        return len(queries)

    asked()
    few = asked()
    for number in range(2, 12):
        AgendaItem.objects.create(meeting=meeting, position=number, title="Again", subject=case)
    assert asked() == few
    assert ChecklistItem.objects.exists()
