"""What a body resolves: on the day, quorate, by who may vote; a wrong resolution is replaced."""

from datetime import date
from typing import Any

import pytest

from governance.models import BetweenMeetings, Conflict, Meeting, Resolution
from governance.workflow.conflicts import handle_conflict
from governance.workflow.meetings import record_withdrawal, take_off
from governance.workflow.resolutions import PERMISSIONS, replace_resolution
from pcnportal import clock
from pcnportal.people.roles import PERMISSIONS as KNOWN
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale
from tests.governance.minutes.rows import NOTE, TEXT, came, resolved, seen
from tests.harrow import Harrow


@pytest.fixture
def quorum(harrow: Harrow):
    return make.QuorumRuleFactory.create(body=harrow.committee, voting_members=2, offices=[])


def replace(resolution, by, **facts):
    given: dict[str, Any] = {
        "outcome": "not_agreed",
        "text": "the budget be refused",
        "reason": "The wrong way round.",
    }
    held = {"seen": seen(resolution.item), "quorum_note": NOTE}
    return replace_resolution(resolution, by=by, **given | held | facts)


def test_a_resolution_has_its_words_outcome_and_how_the_body_could_decide(item, secretary):
    with one_event(item.meeting, "recorded a resolution", secretary):
        made = resolved(item, secretary, number="PCC/19/12")
    assert str(made) == f"RESOLVED that {TEXT}"
    assert (made.quorum_basis, made.quorum_note, made.number) == ("attested", NOTE, "PCC/19/12")


@pytest.mark.parametrize("typed", [f"RESOLVED that {TEXT}", f"that {TEXT}", f"  {TEXT} "])
def test_the_words_go_on_after_that(item, secretary, typed):
    assert resolved(item, secretary, text=typed).text == TEXT


@pytest.mark.parametrize(
    ("facts", "sentence", "field"),
    [
        ({"text": " "}, "Enter what was resolved.", "text"),
        ({"text": "RESOLVED that "}, "Enter what was resolved.", "text"),
        ({"outcome": "maybe"}, "Say what the outcome was.", "outcome"),
        ({"quorum_note": " "}, "Say how you know that the body could decide.", "quorum_note"),
    ],
)
def test_it_says_something_and_how_it_could_be_decided(item, secretary, facts, sentence, field):
    with refused(
        f"Not held: the quorum rule and the attendance. {sentence}" if "note" in field else sentence, field
    ):
        resolved(item, secretary, **facts)


def test_not_before_the_day_nor_at_a_cancelled_meeting_nor_on_what_is_off(harrow: Harrow, item, secretary):
    with (
        clock.at(date(2019, 5, 19)),
        refused("The meeting is on 20 May 2019: record it on that day or later."),
    ):
        resolved(item, secretary)
    take_off(item, by=secretary, reason="No paper.")
    item.refresh_from_db()
    with refused("The item is off the agenda."):
        resolved(item, secretary)
    Meeting.objects.filter(pk=item.meeting_id).update(is_cancelled=True, cancelled_because="Snow.")
    with refused(" is cancelled."):
        resolved(item, secretary)


def test_of_a_meeting_without_a_day_something_is_known_only_from_a_source(harrow: Harrow, item, secretary):
    Meeting.objects.filter(pk=item.meeting_id).update(held_on=None)
    item.meeting.refresh_from_db()
    with refused("The date of the meeting is not held: say where you read it.", "source_title"):
        resolved(item, secretary)
    assert resolved(item, secretary, source=harrow.report).source == harrow.report


def test_an_item_that_stands_over_is_not_resolved(item, secretary):
    item.stood_over_because = "Not quorate."
    item.save()
    with refused("This item stands over to a later meeting"):
        resolved(item, secretary)


def test_an_item_is_resolved_only_where_it_is_quorate(item, secretary, quorum):
    small, _kelshiker = came(item.meeting, "Dr Genevieve Small", "Dr Amol Kelshiker")
    assert resolved(item, secretary).quorum_basis == Resolution.QuorumBasis.COMPUTED
    record_withdrawal(item, by=secretary, seen=seen(item), person=small, reason="A partner.")
    with pytest.raises(Exception, match="Not quorate"):
        resolved(item, secretary)


def test_votes_are_by_name_of_who_was_there_with_a_vote_once_each(item, secretary):
    small, sehgal = came(item.meeting, "Dr Genevieve Small", "Javina Sehgal")
    (guest,) = came(item.meeting, "Guest", is_voting=False)
    made = resolved(item, secretary, votes=[(small, "for"), (sehgal, "against")])
    assert [str(vote) for vote in made.votes.all()] == ["Dr Genevieve Small: For", "Javina Sehgal: Against"]
    for votes, sentence in (
        ([(small, "for"), (small, "against")], "Dr Genevieve Small is listed twice."),
        ([(guest, "for")], "Guest was not there with a vote."),
        ([(make.PersonFactory.create(name="Nobody"), "for")], "Nobody was not there with a vote."),
        ([(small, "loudly")], "Say how Dr Genevieve Small voted."),
    ):
        with refused(sentence, "votes"):
            resolved(item, secretary, votes=votes)


def test_who_withdrew_does_not_vote(item, secretary):
    small, sehgal = came(item.meeting, "Dr Genevieve Small", "Javina Sehgal")
    record_withdrawal(item, by=secretary, seen=seen(item), person=small, reason="A partner.")
    with refused("Dr Genevieve Small withdrew from the item, so did not vote on it.", "votes"):
        resolved(item, secretary, votes=[(small, "for"), (sehgal, "for")])


@pytest.mark.parametrize(
    ("handling", "sentence"),
    [("leaves", "withdrew from the item"), ("no_vote", "stayed without voting on the item.")],
)
def test_who_may_not_vote_for_a_conflict_does_not(harrow: Harrow, item, secretary, handling, sentence):
    (small,) = came(item.meeting, "Dr Genevieve Small")
    conflict = Conflict.objects.create(
        item=item, person=small, key="x", because="A partner.", judgement="confirmed", judged_by=secretary
    )
    chair = harrow.user("chair")
    handle_conflict(conflict, by=chair, seen=conflict.version, handling=handling)
    with refused(f"Dr Genevieve Small {sentence}", "votes"):
        resolved(item, secretary, votes=[(small, "for")])


def test_a_wrong_resolution_is_replaced_once_with_a_reason_and_stays(item, secretary):
    first = resolved(item, secretary)
    with refused("Say what was wrong with the resolution.", "reason"):
        replace(first, secretary, reason=" ")
    with one_event(item.meeting, "replaced a resolution", secretary):
        second = replace(first, secretary)
    assert (second.supersedes, second.reason) == (first, "The wrong way round.")
    first.refresh_from_db()
    assert first.text == TEXT
    with refused("It is replaced already."):
        replace(first, secretary)


def test_an_item_about_a_record_is_decided_there(harrow: Harrow, item, secretary):
    item.subject = harrow.ccg
    item.save()
    with refused("This is decided on the page of what the item is about, and is put here from there."):
        resolved(item, secretary)
    item.purpose = "note"
    item.save()
    with refused("This is decided on the page of what the item is about, and is put here from there."):
        resolved(item, secretary)
    assert resolved(item, secretary, outcome="noted", text="the report be noted").outcome == "noted"


def test_a_resolution_that_agrees_ratifies_an_action_between_meetings(harrow: Harrow, item, secretary):
    item.kind = "ratify"
    item.save()
    action = BetweenMeetings.objects.create(
        body=harrow.committee,
        commissioner=harrow.ccg,
        kind="chair",
        text="Signed the lease.",
        why="It ended.",
        taken_on=date(2019, 5, 1),
        recorded_by=secretary,
        item=item,
    )
    first = resolved(item, secretary)
    agreed = Resolution.objects.filter(item=action.item, outcome="agreed", superseded_by=None)
    assert agreed.get() == first
    replace(first, secretary)
    assert not agreed.exists()


def test_who_may_and_who_is_of_another_commissioner(harrow: Harrow, item, secretary):
    held = resolved(item, secretary)
    for role in ("officer", "chair", "member", "auditor"):
        for act in (resolved, lambda item, by: replace(held, by)):
            with not_allowed():
                act(item, harrow.user(role))
    stranger = make.UserFactory.create(email="secretary@havering.example")
    make.RoleFactory.create(user=stranger, organisation=harrow.havering, role="secretary")
    with not_allowed("This belongs to another commissioner: NHS Harrow CCG."):
        resolved(item, stranger)
    assert set(PERMISSIONS.values()) <= KNOWN


def test_two_who_record_at_once_do_not_overwrite_each_other(item, secretary):
    before = seen(item)
    resolved(item, secretary)
    with stale():
        resolved(item, secretary, seen=before)
