"""Interests declared late, conflicts that nobody settled, votes of who had left."""

from datetime import date

import pytest

from governance.findings.interests import declared_late, unsettled, voted_all_the_same
from governance.interests_work import tasks_of
from governance.models import Conflict, Resolution, Vote, Withdrawal
from pcnportal.people.models import Person
from tests import factories as make
from tests.governance.interests.rows import add_interests, interest

BEGAN, DAY, NEXT = date(2019, 4, 1), make.COMMITTEE_DAY, date(2019, 5, 21)


@pytest.fixture
def item(harrow):
    return make.AgendaItemFactory.create(meeting__body=harrow.committee, title="A secret", is_private=True)


@pytest.mark.parametrize(
    ("declared", "count"), [(date(2019, 4, 29), 0), (date(2019, 4, 30), 1), (date(2019, 5, 22), 0), (None, 0)]
)
def test_what_was_declared_after_28_days_is_doubted_once_it_was(harrow, declared, count):
    interest(starts_on=BEGAN, declared_on=declared)
    assert len(list(declared_late(NEXT))) == count


def test_of_a_late_one_nobody_is_named(harrow):
    interest(starts_on=BEGAN, declared_on=DAY)
    (doubt,) = declared_late(DAY)
    assert (doubt.stated, doubt.found) == ("Began on 1 April 2019", "Declared on 20 May 2019")
    assert "Thakur" not in str(doubt.subject)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, "Nobody judged it"),
        ({"judgement": "confirmed"}, "The chair recorded nothing that was done"),
        ({"judgement": "confirmed", "handling": "leaves"}, None),
        ({"judgement": "set_aside", "reason": "Left in 2018."}, None),
        ({"gone_on": DAY}, None),
    ],
)
def test_what_is_open_after_the_meeting_is_doubted(harrow, item, facts, found):
    by = harrow.user("secretary")
    held = {"judged_by": by} if facts.get("judgement") else {}
    held |= {"handled_by": by} if facts.get("handling") else {}
    Conflict.objects.create(
        item=item, person=make.PersonFactory.create(), key="k", rule="r", because="B.", **facts | held
    )
    assert list(unsettled(DAY)) == []
    doubts = list(unsettled(NEXT))
    assert [doubt.found for doubt in doubts] == ([found] if found else [])
    assert all("secret" not in f"{doubt.subject} {doubt.stated}" for doubt in doubts)


@pytest.mark.parametrize("how", ["left", "leaves", "no_vote", "stays", "nothing"])
def test_a_vote_of_who_was_not_to_is_doubted(harrow, item, how):
    person, by = make.PersonFactory.create(), harrow.user("secretary")
    resolution = Resolution.objects.create(item=item, outcome="agreed", text="it be so")
    Vote.objects.create(resolution=resolution, person=person, cast="for")
    if how == "left":
        Withdrawal.objects.create(item=item, person=person, reason="A partner.")
    elif how != "nothing":
        Conflict.objects.create(
            item=item,
            person=person,
            key="k",
            because="B.",
            judgement="confirmed",
            judged_by=by,
            handling=how,
            handled_by=by,
        )
    assert len(list(voted_all_the_same(DAY))) == (1 if how in ("left", "leaves", "no_vote") else 0)


def test_my_work_names_my_own_conflicts_and_the_open_breaches(harrow, item, django_assert_num_queries):
    add_interests(item, harrow.user("secretary"), 3)
    member, secretary = harrow.user("member"), harrow.user("secretary")
    assert tasks_of(member, DAY) == []
    member.person = Person.objects.filter(conflicts__item=item).first()
    (task,) = tasks_of(member, DAY)
    assert task.text == "1 agenda item in which you may have an interest"
    assert tasks_of(member, NEXT) == []
    (task,) = tasks_of(secretary, DAY)
    assert task.text == "3 breaches to be looked into and closed"
    member.roles_in_force, secretary.roles_in_force  # noqa: B018, asked once
    with django_assert_num_queries(1):
        tasks_of(member, DAY)
