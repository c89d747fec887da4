"""A mistyped first day locks nothing: what was set from it is replaced, or taken back before it holds."""

from datetime import date, timedelta
from typing import Any

import pytest

from governance.models import QuorumRule, Resolution, Rhythm, TurnToChair
from governance.workflow.quorum import set_quorum
from governance.workflow.rhythms import set_rhythm, set_turns
from governance.workflow.taking_back import take_back
from pcnportal.history.record import events_of
from tests import factories as make
from tests.claims import not_allowed, refused
from tests.reading import signed_in
from tests.registry.pages.reading import main, words

MISTYPED, MEANT = date(2091, 6, 1), date(2019, 6, 1)


def rhythm(harrow, board, **facts):
    board.refresh_from_db()
    wanted: Any = {"starts_on": MISTYPED, "every": 1, "unit": "month", "weekday": 1, "week": 3} | facts
    return set_rhythm(board, by=harrow.user("secretary"), seen=board.version, **wanted)


def rule(harrow, board, **facts):
    board.refresh_from_db()
    wanted: Any = {"starts_on": MISTYPED, "voting_members": 3, "source": harrow.report} | facts
    return set_quorum(board, by=harrow.user("secretary"), seen=board.version, **wanted)


def back(harrow, board, kind, by="secretary", reason="Mistyped."):
    board.refresh_from_db()
    take_back(board, kind, by=harrow.user(by), seen=board.version, reason=reason)


def test_a_rhythm_to_come_is_taken_back_and_the_one_before_goes_on(harrow, board, fortnightly):
    rhythm(harrow, board)
    with refused(
        "One from 1 June 2091 is held already: choose a later day, or take that one back", "starts_on"
    ):
        rhythm(harrow, board, starts_on=MEANT)
    with refused("Say why.", "reason"):
        back(harrow, board, "rhythms", reason=" ")
    back(harrow, board, "rhythms")
    fortnightly.refresh_from_db()
    assert (Rhythm.objects.get(), fortnightly.ends_on) == (fortnightly, None)
    event = events_of(board)[0]
    assert (event.verb, event.reason) == ("took back the rhythm", "Mistyped.")
    assert event.changes["changed"] == ["It said: every month, on the third Tuesday, from 1 June 2091 on"]
    assert rhythm(harrow, board, starts_on=MEANT).starts_on == MEANT


def test_what_holds_is_not_taken_back(harrow, board, fortnightly):
    with refused("No rhythm that begins today or later is held."):
        back(harrow, board, "rhythms")
    with not_allowed():
        back(harrow, board, "rhythms", by="chair")


def test_a_correction_from_the_same_day_replaces(harrow, board, fortnightly):
    rhythm(harrow, board, starts_on=MEANT)
    rhythm(harrow, board, starts_on=MEANT, week=4)
    assert list(Rhythm.objects.values_list("week", "ends_on")) == [(None, MEANT), (4, None)]
    said = events_of(board)[0].changes["changed"]
    assert said == ["It replaces: every month, on the third Tuesday, from 1 June 2019 on"]


def test_an_order_of_turns_is_taken_back_whole(harrow, board, partners):
    set_turns(
        board, by=harrow.user("secretary"), seen=1, starts_on=MISTYPED, partners=partners[::-1], reason="So."
    )
    back(harrow, board, "turns")
    held = TurnToChair.objects.order_by("position").values_list("organisation", "ends_on")
    assert list(held) == [(partner.pk, None) for partner in partners]


def test_a_quorum_rule_is_replaced_or_taken_back_until_a_quorum_was_counted(harrow):
    committee = harrow.committee
    rule(harrow, committee, starts_on=make.COMMITTEE_DAY)
    rule(harrow, committee, starts_on=make.COMMITTEE_DAY, voting_members=4)
    assert QuorumRule.objects.get().voting_members == 4
    rule(harrow, committee)
    back(harrow, committee, "quorum_rules")
    assert QuorumRule.objects.get().ends_on is None
    item = make.AgendaItemFactory.create(meeting__body=committee, meeting__held_on=make.COMMITTEE_DAY)
    Resolution.objects.create(item=item, outcome="agreed", text="so", quorum_basis="computed")
    with refused("The quorum of 20 May 2019 was counted by the rule from 20 May 2019.", "starts_on"):
        rule(harrow, committee, starts_on=make.COMMITTEE_DAY)
    with refused("The quorum of 20 May 2019 was counted by the rule from 20 May 2019."):
        back(harrow, committee, "quorum_rules")


def test_turns_by_which_somebody_chaired_stay(harrow, board, partners):
    day = make.COMMITTEE_DAY - timedelta(days=7)
    by: Any = {"by": harrow.user("secretary"), "partners": partners[:2], "reason": "So."}
    set_turns(board, seen=1, starts_on=day, **by)
    make.MeetingFactory.create(body=board, commissioner=harrow.ccg, held_on=day, chaired_by=partners[0])
    with refused("The meeting of 13 May 2019 was chaired in the order from 13 May 2019.", "starts_on"):
        set_turns(board, seen=2, starts_on=day, **by)


def test_every_second_thursday_asks_from_which_day(harrow, board):
    with refused("Every 2 weeks: say from which day it is counted, or no date can follow.", "first_on"):
        rhythm(harrow, board, every=2, unit="week", weekday=3, week=None)


@pytest.mark.parametrize(
    ("kind", "what"), [("rhythm", "rhythm"), ("turns", "order of turns"), ("quorum", "quorum rule")]
)
def test_the_page_of_the_body_offers_it(harrow, secretary, board, partners, kind, what):
    rhythm(harrow, board)
    rule(harrow, board)
    board.refresh_from_db()
    by: Any = {"by": harrow.user("secretary"), "seen": board.version}
    set_turns(board, **by, starts_on=MISTYPED, partners=partners[:2], reason="So.")
    address = f"/governance/bodies/{board.slug}/{kind}/take-back/"
    assert address in main(secretary.get(board.get_absolute_url()))
    assert address not in main(signed_in(harrow.user("member")).get(board.get_absolute_url()))
    assert "from 1 June 2091 on" in words(secretary.get(address))
    board.refresh_from_db()
    typed = {"seen": board.version, "reason": "Mistyped."}
    assert f"The {what} is taken back." in words(secretary.post(address, typed, follow=True))
    assert address not in main(secretary.get(board.get_absolute_url()))
