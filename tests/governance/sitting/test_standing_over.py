"""An item that is not decided stands over to the next meeting, or waits until one is planned."""

import pytest

from governance.models import AgendaItem, Conflict
from governance.quorum import must_be_quorate, quorum_of
from governance.workflow.meetings import record_withdrawal, take_off
from tests import factories as make
from tests.claims import not_allowed, one_event, refused, stale
from tests.governance.sitting.recording import JULY, JUNE, add, attend, over, person, resolve, row
from tests.harrow import Harrow


@pytest.fixture
def meeting(harrow: Harrow):
    return harrow.meeting(harrow.committee, make.COMMITTEE_DAY)


@pytest.fixture
def item(harrow: Harrow, meeting):
    return add(harrow, meeting, subject=harrow.ccg, is_private=True, asked="To approve it.")


def test_it_comes_on_the_next_agenda_as_it_was_put(harrow: Harrow, meeting, item):
    june, _ = harrow.meeting(harrow.committee, JUNE), harrow.meeting(harrow.committee, JULY)
    with one_event(meeting, "let the item stand over", harrow.user("secretary")):
        after = over(harrow, item)
    assert after == june.items.get()
    assert (after.title, after.subject, after.is_private, after.asked, after.stands_over) == (
        item.title,
        harrow.ccg,
        True,
        "To approve it.",
        item,
    )


def test_it_stands_over_to_the_meeting_that_is_chosen(harrow: Harrow, item):
    harrow.meeting(harrow.committee, JUNE)
    july = harrow.meeting(harrow.committee, JULY)
    assert over(harrow, item, to=july).meeting == july


def test_where_none_is_planned_it_waits_for_the_next(harrow: Harrow, item):
    assert over(harrow, item) is None
    june = harrow.meeting(harrow.committee, JUNE)
    assert june.items.get().stands_over == item
    assert harrow.meeting(harrow.committee, JULY).items.count() == 0


def test_it_may_stand_over_again(harrow: Harrow, item):
    june = harrow.meeting(harrow.committee, JUNE)
    second = over(harrow, item)
    july = harrow.meeting(harrow.committee, JULY)
    third = over(harrow, second)
    assert (third.meeting, third.stands_over) == (july, second)
    assert june.items.count() == 1


def test_another_bodys_meeting_is_not_the_next(harrow: Harrow, item):
    panel = harrow.meeting(harrow.panel, make.PANEL_DAY)
    with refused(f"Choose a later meeting of {harrow.committee}.", "to"):
        over(harrow, item, to=panel)
    assert over(harrow, item) is None


def test_what_is_decided_taken_off_or_stands_over_already_cannot(harrow: Harrow, item):
    with refused("Say why the item stands over.", "because"):
        over(harrow, item, because=" ")
    made = resolve(item, "deferred")
    over(harrow, item)
    with refused("The item stands over already."):
        over(harrow, item)
    AgendaItem.objects.update(stood_over_because="")
    made.delete()
    resolve(item)
    with refused("The item is decided."):
        over(harrow, item)
    other = add(harrow, item.meeting, "Minutes")
    take_off(other, by=harrow.user("secretary"), reason="No paper.")
    with refused("The item is off the agenda."):
        over(harrow, other)
    actions = add(harrow, item.meeting, "Open actions", kind="actions")
    with refused("Open actions are on every agenda."):
        over(harrow, actions)


def test_only_who_keeps_the_meeting_and_saw_it_as_it_is(harrow: Harrow, item):
    for role in ("officer", "member", "chair", "auditor"):
        with not_allowed():
            over(harrow, item, by=role)
    attend(harrow, item.meeting, row("Dr Genevieve Small"))
    with stale():
        over(harrow, item, seen=1)


def test_a_withdrawal_breaks_the_quorum_and_the_item_stands_over(harrow: Harrow, meeting, item):
    make.QuorumRuleFactory.create(body=harrow.committee, offices=[{"office": "Lay member", "at_least": 1}])
    held = attend(
        harrow,
        meeting,
        row("Dr Genevieve Small", office="Chair"),
        row("Sanjay Dighe", office="Lay member"),
        row("Taff Moraga", "apologies", office="Lay member"),
    )
    item.meeting = held
    assert must_be_quorate(item).met
    record_withdrawal(
        item, by=harrow.user("secretary"), seen=2, person=person("Sanjay Dighe"), reason="Trustee."
    )
    found = quorum_of(item)
    assert found.working.startswith("Not quorate: 1 more voting, 1 more: Lay member.")
    assert found.restore == "It could be restored by Taff Moraga, Lay member (sent apologies)."
    with refused(str(found), "quorum_note"):
        must_be_quorate(item)
    june = harrow.meeting(harrow.committee, JUNE)
    after = over(harrow, item, because=found.working)
    assert after.meeting == june
    assert quorum_of(after).met is None
    with refused("This item stands over to a later meeting, so nothing is decided at this one."):
        must_be_quorate(AgendaItem.objects.get(pk=item.pk))


def test_a_conflict_that_is_handled_breaks_it_too(harrow: Harrow, meeting, item):
    make.QuorumRuleFactory.create(body=harrow.committee)
    attend(harrow, meeting, row("Dr Genevieve Small"), row("Sanjay Dighe"))
    chair = harrow.user("chair")
    facts = {"judgement": "confirmed", "judged_by": chair, "handling": "leaves", "handled_by": chair}
    Conflict.objects.create(item=item, person=person("Sanjay Dighe"), key="k", because="Trustee.", **facts)
    with refused(str(quorum_of(item)), "quorum_note"):
        must_be_quorate(item)
