"""An item is decided once its conflicts are handled, and not handled against what was decided."""

import pytest

from governance.models import AgendaItem, Conflict
from governance.workflow.conflicts import add_conflict, handle_conflict, propose
from governance.workflow.meetings import add_item
from governance.workflow.resolutions import replace_resolution
from tests import factories as make
from tests.claims import refused
from tests.governance.interests.test_conflicts import proposal
from tests.governance.minutes.rows import came, resolved, seen
from tests.harrow import Harrow

AWAY = ["leaves", "no_paper", "vice_chair", "no_vote"]


@pytest.fixture
def secretary(harrow: Harrow):
    return harrow.user("secretary")


@pytest.fixture
def item(harrow: Harrow, secretary) -> AgendaItem:
    meeting = harrow.meeting(harrow.committee, make.COMMITTEE_DAY)
    return add_item(meeting, by=secretary, title="The budget")


def declared(item: AgendaItem, by, person) -> Conflict:
    item = AgendaItem.objects.get(pk=item.pk)
    return add_conflict(item, by=by, seen=seen(item), because="Shares.", person=person)


def handle(conflict: Conflict, harrow: Harrow, handling: str) -> None:
    handle_conflict(conflict, by=harrow.user("chair"), seen=1, handling=handling, note="As agreed.")


def in_the_chair(item: AgendaItem, person) -> None:
    item.meeting.attendances.filter(person=person).update(took_the_chair=True)


@pytest.mark.parametrize("handling", AWAY)
def test_who_voted_on_what_stands_is_not_said_to_have_gone(harrow: Harrow, item, secretary, handling):
    paula, _other = came(item.meeting, "Paula", "Dr Small")
    in_the_chair(item, paula)
    first = resolved(item, secretary, votes=[(paula, "for")])
    conflict = declared(item, secretary, paula)
    with refused("Paula voted on this item: replace the resolution first, or record a breach.", "handling"):
        handle(conflict, harrow, handling)
    replace_resolution(
        first,
        by=secretary,
        seen=seen(item),
        outcome="agreed",
        text="it be so",
        reason="A slip.",
        quorum_note="Said.",
    )
    handle(conflict, harrow, handling)
    conflict.refresh_from_db()
    assert conflict.handling == handling


@pytest.mark.parametrize("handling", AWAY)
def test_nor_without_whom_it_would_not_have_been_quorate(harrow: Harrow, item, secretary, handling):
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=2, offices=[])
    paula, _other = came(item.meeting, "Paula", "Dr Small")
    in_the_chair(item, paula)
    resolved(item, secretary)
    conflict = declared(item, secretary, paula)
    with refused(
        "The item is decided, and without Paula it would not have been quorate: correct the attendance first "
        "if somebody is missing there, or record a breach.",
        "handling",
    ):
        handle(conflict, harrow, handling)
    came(item.meeting, "Dr Kelshiker")
    handle(conflict, harrow, handling)


def test_who_voted_may_be_said_to_have_stayed(harrow: Harrow, item, secretary):
    (paula,) = came(item.meeting, "Paula")
    resolved(item, secretary, votes=[(paula, "for")])
    handle(declared(item, secretary, paula), harrow, "stays")


def test_nothing_is_resolved_while_a_confirmed_conflict_of_somebody_there_waits(
    harrow: Harrow, item, secretary
):
    (paula,) = came(item.meeting, "Paula")
    conflict = declared(item, secretary, paula)
    with refused(
        "Paula has a conflict of interest with this item that is confirmed: the chair records first what was "
        "done."
    ):
        resolved(item, secretary)
    handle(conflict, harrow, "no_vote")
    assert resolved(item, secretary)


def test_of_who_was_not_there_or_only_proposed_it_does_not_wait(harrow: Harrow, item, secretary):
    (paula,), (guest,) = came(item.meeting, "Paula"), came(item.meeting, "Guest", is_voting=False)
    propose(item, [proposal(paula)], by=secretary)
    declared(item, secretary, make.PersonFactory.create(name="Away"))
    declared(item, secretary, guest)
    assert resolved(item, secretary)


def test_the_page_of_the_resolution_says_what_is_not_settled(harrow: Harrow, item, secretary, client):
    (paula,) = came(item.meeting, "Paula")
    propose(item, [proposal(paula)], by=secretary)
    client.force_login(secretary)
    page = client.get(f"/governance/items/{item.pk}/resolve/").content.decode()
    assert "Paula, proposed: The secretary confirms it" in page
    assert f"/governance/items/{item.pk}/conflicts/" in page
    Conflict.objects.update(judgement="confirmed", judged_by=secretary)
    page = client.get(f"/governance/items/{item.pk}/resolve/").content.decode()
    assert "the chair records first what was done" in page
