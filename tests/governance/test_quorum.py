"""Is an item quorate? By the body's rule on the day, after who left; never guessed."""

from datetime import date

import pytest

from governance.models import Conflict
from governance.quorum import must_be_quorate, quorum_of, quorums_of
from pcnportal.people.models import Person
from tests import factories as make
from tests.claims import refused
from tests.harrow import Harrow

DOCTOR, OFFICER = "Dr Genevieve Small", "Javina Sehgal"


@pytest.fixture
def item(harrow: Harrow):
    return make.AgendaItemFactory.create(meeting=make.MeetingFactory.create(body=harrow.committee))


def come(item, *names, **facts):
    for name in names:
        person = make.PersonFactory.create(name=name)
        make.AttendanceFactory.create(meeting=item.meeting, person=person, **facts)


def leave(item, name):
    item.withdrawals.create(person=make.PersonFactory.create(name=name), reason="Director of the PCN.")


def rule(item, **facts):
    return make.QuorumRuleFactory.create(body=item.meeting.body, **facts)


def test_without_rule_or_attendance_nothing_is_said(item):
    assert (quorum_of(item).met, quorum_of(item).working) == (
        None,
        "Not held: the quorum rule and the attendance.",
    )
    come(item, DOCTOR)
    assert quorum_of(item).working == "Not held: the quorum rule."
    item.meeting.attendances.all().delete()
    rule(item)
    assert quorum_of(item).working == "Not held: the attendance."
    assert quorum_of(item).met is None


@pytest.mark.parametrize(("present", "met"), [(1, False), (2, True), (3, True)])
def test_voting_members_present_are_counted(item, present, met):
    rule(item, voting_members=2)
    come(item, *[f"Dr {number}" for number in range(present)])
    assert quorum_of(item).met is met


def test_who_sent_apologies_or_has_no_vote_is_not_counted(item):
    rule(item, voting_members=2)
    come(item, DOCTOR)
    come(item, OFFICER, presence="apologies")
    come(item, "Sean Harriss", presence="absent")
    come(item, "Taff Moraga", is_voting=False)
    assert quorum_of(item).working == (
        "Not quorate: 1 more voting. 1 voting present; the rule: at least 2 voting members."
    )


def test_offices_that_have_to_be_present_are_named_where_they_lack(item):
    rule(item, voting_members=1, offices=[{"office": "Lay member", "at_least": 2}])
    come(item, DOCTOR, office="lay member")
    assert quorum_of(item).working == (
        "Not quorate: 1 more: Lay member. 1 voting present; the rule: at least 1 voting member, 2 Lay member."
    )
    come(item, OFFICER, office="Lay Member", is_voting=False)
    assert quorum_of(item).met


def test_who_left_for_the_item_is_not_counted_for_it_and_for_no_other(item):
    rule(item, voting_members=2)
    come(item, DOCTOR, OFFICER)
    other = make.AgendaItemFactory.create(meeting=item.meeting, position=99)
    leave(item, DOCTOR)
    assert quorum_of(item).working == (
        "Not quorate: 1 more voting. 1 voting present after 1 withdrew; the rule: at least 2 voting members."
    )
    assert quorum_of(other).met


def test_the_rule_of_the_day_of_the_meeting_counts(item):
    rule(item, voting_members=5, ends_on=date(2019, 5, 20))
    rule(item, voting_members=1, starts_on=date(2019, 5, 20))
    rule(item, voting_members=9, starts_on=date(2019, 5, 21))
    come(item, DOCTOR)
    assert quorum_of(item).met


def test_the_rule_of_another_body_does_not_count(harrow: Harrow, item):
    make.QuorumRuleFactory.create(body=harrow.panel, voting_members=1)
    come(item, DOCTOR)
    assert quorum_of(item).met is None


def test_any_number_of_items_takes_eight_queries(item, django_assert_num_queries):
    rule(item)
    come(item, DOCTOR, OFFICER)
    after = range(item.position + 1, item.position + 41)
    items = [make.AgendaItemFactory.create(meeting=item.meeting, position=n) for n in after]
    leave(items[7], DOCTOR)
    with django_assert_num_queries(8):
        found = quorums_of(item.meeting, items)
    assert [found[item.pk].met for item in items].count(False) == 1


LAY = {"office": "Lay member", "at_least": 1}


def sit(item, name, office="", **facts):
    person = make.PersonFactory.create(name=name) if name else None
    return item.meeting.body.seats.create(person=person, office=office, **facts)


def conflict(item, name, user, **facts):
    person = Person.objects.get(name=name)
    judged = {"judgement": "confirmed", "judged_by": user} | facts
    if judged.get("handling"):
        judged["handled_by"] = user
    return Conflict.objects.create(item=item, person=person, key=name, because="Director.", **judged)


def test_a_deputy_counts_in_the_office_of_the_member(item):
    rule(item, voting_members=1, offices=[LAY])
    member = make.PersonFactory.create(name=DOCTOR)
    come(item, DOCTOR, office="Lay member", presence="apologies")
    come(item, OFFICER, office="Director", in_place_of=member)
    assert quorum_of(item).met
    item.meeting.attendances.filter(person=member).delete()
    assert quorum_of(item).met is False
    sit(item, DOCTOR, "Lay member")
    assert quorum_of(item).met


def test_a_member_and_their_deputy_are_one(item):
    rule(item, voting_members=2)
    come(item, DOCTOR)
    come(item, OFFICER, in_place_of=make.PersonFactory.create(name=DOCTOR))
    assert quorum_of(item).met is False


def test_any_of_several_offices(item):
    rule(item, voting_members=1, offices=[{"offices": ["Lay member", "Nurse"], "at_least": 1}])
    come(item, DOCTOR, office="Chair")
    assert "Not quorate: 1 more: Lay member or Nurse." in quorum_of(item).working
    come(item, OFFICER, office="nurse")
    assert quorum_of(item).met


@pytest.mark.parametrize(
    ("handling", "met"),
    [("stays", True), ("no_vote", False), ("leaves", False), ("no_paper", False), ("vice_chair", False)],
)
def test_what_the_chair_decided_about_a_conflict_counts(harrow: Harrow, item, handling, met):
    rule(item, voting_members=2)
    come(item, DOCTOR, OFFICER)
    conflict(item, DOCTOR, harrow.user("chair"), handling=handling)
    assert quorum_of(item).met is met


def test_who_stays_without_a_vote_still_holds_the_office(harrow: Harrow, item):
    rule(item, voting_members=1, offices=[LAY])
    come(item, DOCTOR, office="Lay member")
    come(item, OFFICER)
    conflict(item, DOCTOR, harrow.user("chair"), handling="no_vote")
    assert quorum_of(item).met


def test_it_says_who_could_restore_the_quorum(harrow: Harrow, item):
    rule(item, voting_members=1, offices=[LAY])
    come(item, DOCTOR, office="Chair")
    come(item, OFFICER, office="Lay member", presence="apologies")
    come(item, "Taff Moraga", office="lay member", presence="absent")
    come(item, "Sean Harriss", office="Chair", presence="apologies")
    conflict(item, "Taff Moraga", harrow.user("chair"))
    assert quorum_of(item).restore == ("It could be restored by Javina Sehgal, Lay member (sent apologies).")
    member = sit(item, "Sanjay Dighe", "Lay member")
    sit(item, "Tony Bruce", "", part="deputy", deputises=member)
    sit(item, "", "Lay member")
    assert quorum_of(item).restore == (
        "It could be restored by Javina Sehgal, Lay member (sent apologies); "
        "Sanjay Dighe, Lay member (not recorded); Tony Bruce, deputy for Sanjay Dighe (not recorded); "
        "the member still to be named as Lay member."
    )


def test_where_nobody_is_left_it_says_so(item):
    rule(item, voting_members=2)
    come(item, DOCTOR)
    assert quorum_of(item).restore.startswith("Who sits on the body is not held")
    sit(item, DOCTOR)
    assert quorum_of(item).restore == "Of those who sit on the body nobody is left who could restore it."


def test_an_item_that_is_not_quorate_or_stands_over_is_not_decided(item):
    assert must_be_quorate(item).met is None
    rule(item, voting_members=2)
    come(item, DOCTOR)
    with refused(str(quorum_of(item)), "quorum_note"):
        must_be_quorate(item)
    come(item, OFFICER)
    assert must_be_quorate(item).met
    item.stood_over_because = "No time was left."
    with refused("This item stands over to a later meeting, so nothing is decided at this one."):
        must_be_quorate(item)
