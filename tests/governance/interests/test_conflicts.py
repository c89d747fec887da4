"""Conflicts are proposed, judged, handled; who left neither reads, votes nor counts."""

import pytest

from governance.conflicts import conflicts_seen_by, in_words, next_step, stage_of
from governance.models import Attendance, Conflict, Seat
from governance.proposing import Proposal
from governance.withdrawn import gone_from, withdrew, without_vote
from governance.workflow.conflicts import (
    add_conflict,
    carry_over,
    handle_conflict,
    judge_conflict,
    propose,
)
from pcnportal import clock
from pcnportal.refusals import NotAllowed, Refused, Stale
from tests import factories as make

GOING = [("leaves", True), ("no_paper", True), ("vice_chair", True), ("stays", False), ("no_vote", False)]


@pytest.fixture
def item(harrow):
    return make.AgendaItemFactory.create(meeting__body=harrow.committee, title="Harrow East PCN")


@pytest.fixture
def thakur(db):
    return make.PersonFactory.create()


@pytest.fixture
def secretary(harrow):
    return harrow.user("secretary")


@pytest.fixture
def chair(harrow):
    return harrow.user("chair")


def proposal(person, rule="of-a-member-practice", because="Honeypot Medical Centre."):
    return Proposal(person, rule, because)


@pytest.fixture
def proposed(item, thakur, secretary):
    propose(item, [proposal(thakur)], by=secretary)
    return item.conflicts.get()


@pytest.fixture
def confirmed(proposed, secretary):
    judge_conflict(proposed, by=secretary, seen=1, judgement="confirmed")
    proposed.refresh_from_db()
    return proposed


def be(user, person):
    user.person = person
    user.save()
    return user


def test_what_is_proposed_twice_is_there_once(item, proposed, thakur, secretary):
    propose(item, [proposal(thakur)], by=secretary)
    assert item.conflicts.get() == proposed
    assert (stage_of(proposed), proposed.version) == ("Proposed", 1)


def test_what_is_no_longer_so_is_marked_and_comes_back(item, proposed, thakur, secretary):
    propose(item, [], by=secretary)
    proposed.refresh_from_db()
    assert (stage_of(proposed), proposed.gone_on) == ("No longer so", clock.today())
    propose(item, [proposal(thakur, because="Now as employee.")], by=secretary)
    proposed.refresh_from_db()
    assert (stage_of(proposed), proposed.because) == ("Proposed", "Now as employee.")


def test_what_was_judged_stays_when_the_rules_name_it_no_more(item, confirmed, secretary):
    propose(item, [], by=secretary)
    confirmed.refresh_from_db()
    assert (stage_of(confirmed), confirmed.gone_on) == ("Confirmed", None)


def test_a_new_one_joins_those_that_were_judged(item, confirmed, thakur, secretary):
    patel = make.PersonFactory.create(name="Dr Dilip Patel")
    propose(item, [proposal(thakur), proposal(patel)], by=secretary)
    assert [stage_of(row) for row in item.conflicts.order_by("pk")] == ["Confirmed", "Proposed"]


def test_it_is_set_aside_with_a_reason(proposed, secretary):
    with pytest.raises(Refused) as refusal:
        judge_conflict(proposed, by=secretary, seen=1, judgement="set_aside", reason=" ")
    assert refusal.value.field == "reason"
    judge_conflict(proposed, by=secretary, seen=1, judgement="set_aside", reason="Left in 2018.")
    proposed.refresh_from_db()
    assert (stage_of(proposed), proposed.reason, next_step(proposed)) == ("Set aside", "Left in 2018.", "")


def test_nobody_judges_their_own(proposed, secretary, thakur):
    with pytest.raises(Refused, match="your own"):
        judge_conflict(proposed, by=be(secretary, thakur), seen=1, judgement="confirmed")


@pytest.mark.parametrize("who", ["officer", "chair", "member", "auditor"])
def test_only_who_prepares_the_meeting_judges(harrow, proposed, who):
    with pytest.raises(NotAllowed):
        judge_conflict(proposed, by=harrow.user(who), seen=1, judgement="confirmed")


@pytest.mark.parametrize("who", ["officer", "secretary", "member", "manager"])
def test_only_the_chair_records_what_was_done(harrow, confirmed, who):
    with pytest.raises(NotAllowed):
        handle_conflict(confirmed, by=harrow.user(who), seen=2, handling="leaves")


def test_of_two_who_judge_at_once_one_is_told(proposed, secretary, harrow):
    judge_conflict(proposed, by=secretary, seen=1, judgement="confirmed")
    with pytest.raises(Stale):
        judge_conflict(proposed, by=harrow.user("manager"), seen=1, judgement="set_aside", reason="No.")


def test_nothing_is_done_about_what_is_not_confirmed(proposed, chair):
    with pytest.raises(Refused, match="not confirmed"):
        handle_conflict(proposed, by=chair, seen=1, handling="leaves")


@pytest.mark.parametrize(("handling", "goes"), GOING)
def test_who_leaves_neither_reads_nor_counts_and_who_stays_does(
    harrow, confirmed, thakur, chair, item, handling, goes
):
    Seat.objects.create(body=harrow.committee, person=thakur, chairs="vice_chair")
    handle_conflict(confirmed, by=chair, seen=2, handling=handling, note="As agreed.")
    member = be(harrow.user("member"), thakur)
    assert withdrew(member, item) is goes
    assert gone_from([item]).get(item.pk, set()) == ({thakur.pk} if goes else set())
    assert without_vote([item]).get(item.pk, set()) == (set() if handling == "stays" else {thakur.pk})


def test_what_was_done_makes_what_was_shown_of_the_meeting_out_of_date(confirmed, chair, item):
    before = item.meeting.version
    handle_conflict(confirmed, by=chair, seen=2, handling="leaves")
    item.meeting.refresh_from_db()
    assert item.meeting.version == before + 1


def test_who_stays_and_takes_part_does_so_for_a_reason(confirmed, chair):
    with pytest.raises(Refused) as refusal:
        handle_conflict(confirmed, by=chair, seen=2, handling="stays")
    assert refusal.value.field == "note"


def test_the_chair_does_not_let_themself_stay(confirmed, chair, thakur):
    with pytest.raises(Refused, match="your own"):
        handle_conflict(confirmed, by=be(chair, thakur), seen=2, handling="no_vote")
    handle_conflict(confirmed, by=chair, seen=2, handling="leaves")


@pytest.mark.parametrize("how", ["nothing", "seat", "took"])
def test_only_who_chairs_hands_over_the_chair(confirmed, chair, thakur, item, how):
    if how == "seat":
        Seat.objects.create(body=item.meeting.body, person=thakur, chairs="chair")
    if how == "took":
        Attendance.objects.create(
            meeting=item.meeting, person=thakur, presence="present", took_the_chair=True
        )
    if how == "nothing":
        with pytest.raises(Refused, match="does not chair"):
            handle_conflict(confirmed, by=chair, seen=2, handling="vice_chair")
    else:
        handle_conflict(confirmed, by=chair, seen=2, handling="vice_chair")


def test_what_the_chair_recorded_is_no_longer_set_aside(confirmed, chair, secretary):
    handle_conflict(confirmed, by=chair, seen=2, handling="leaves")
    with pytest.raises(Refused, match="no longer set aside"):
        judge_conflict(confirmed, by=secretary, seen=3, judgement="set_aside", reason="No.")


def test_after_the_minutes_it_is_for_the_breach_register(confirmed, chair, item):
    item.meeting.minutes_published_at = clock.now()
    item.meeting.save()
    with pytest.raises(Refused, match="breach register"):
        handle_conflict(confirmed, by=chair, seen=2, handling="leaves")


def test_one_declared_at_the_meeting_is_added_by_hand_and_confirmed(item, secretary):
    made = add_conflict(item, by=secretary, seen=1, name="Dr Dilip Patel", because="Shares in the payee.")
    other = add_conflict(item, by=secretary, seen=2, person=made.person, because="And in another.")
    assert (made.rule, stage_of(made)) == ("", "Confirmed")
    assert other.pk != made.pk
    propose(item, [], by=secretary)
    made.refresh_from_db()
    assert made.gone_on is None


@pytest.mark.parametrize(("facts", "field"), [({"because": " "}, "because"), ({"name": " "}, "person")])
def test_one_added_by_hand_says_who_and_what(item, secretary, facts, field):
    with pytest.raises(Refused) as refusal:
        add_conflict(item, by=secretary, seen=1, **{"name": "Dr Dilip Patel", "because": "Shares."} | facts)
    assert refusal.value.field == field


def test_an_item_that_stands_over_takes_its_proposals_along_to_be_judged_anew(
    item, confirmed, thakur, secretary
):
    later = make.AgendaItemFactory.create(meeting=item.meeting, title=item.title)
    carry_over(item, later)
    (made,) = Conflict.objects.filter(item=later)
    assert (made.person, made.key, stage_of(made)) == (thakur, confirmed.key, "Proposed")
    propose(later, [proposal(thakur)], by=secretary)
    assert later.conflicts.count() == 1


def test_what_was_added_by_hand_comes_along_to_be_judged_anew(item, thakur, secretary):
    add_conflict(item, by=secretary, seen=1, because="Shares.", person=thakur)
    later = make.AgendaItemFactory.create(meeting=item.meeting, title=item.title)
    carry_over(item, later)
    (made,) = Conflict.objects.filter(item=later)
    assert (made.person, made.rule, made.because, stage_of(made)) == (thakur, "", "Shares.", "Proposed")
    propose(later, [], by=secretary)
    assert Conflict.objects.get(item=later).gone_on is None


@pytest.mark.parametrize(
    ("reader", "sees"),
    [("secretary", 3), ("manager", 3), ("chair", 3), ("auditor", 3), ("officer", 1), ("member", 2)],
)
def test_others_read_what_is_confirmed_and_their_own(harrow, item, secretary, reader, sees):
    people = [make.PersonFactory.create(name=name) for name in ("Dr A", "Dr B", "Dr C")]
    propose(item, map(proposal, people), by=secretary)
    judge_conflict(item.conflicts.get(person=people[0]), by=secretary, seen=1, judgement="confirmed")
    be(harrow.user("member"), people[1])
    assert len(conflicts_seen_by(harrow.user(reader), [item])[item.pk]) == sees


def test_how_they_stand_together_is_said_in_words(item, secretary):
    people = [make.PersonFactory.create(name=name) for name in ("Dr A", "Dr B", "Dr C")]
    unknown = Proposal(people[2], "not-declared", "Not held.", is_warning=True)
    propose(item, [proposal(people[0]), proposal(people[1]), unknown], by=secretary)
    rows = conflicts_seen_by(secretary, [item])[item.pk]
    assert in_words(rows) == "2 proposed and 1 warning"
    assert in_words([]) == ""
