"""Is an item quorate? By the body's rule on the day, after who left; never guessed."""

from datetime import date

import pytest

from governance.quorum import quorum_of, quorums_of
from tests import factories as make
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


def test_any_number_of_items_takes_three_queries(item, django_assert_num_queries):
    rule(item)
    come(item, DOCTOR, OFFICER)
    items = [make.AgendaItemFactory.create(meeting=item.meeting, position=n) for n in range(50, 90)]
    leave(items[7], DOCTOR)
    with django_assert_num_queries(3):
        found = quorums_of(item.meeting, items)
    assert [found[item.pk].met for item in items].count(False) == 1
