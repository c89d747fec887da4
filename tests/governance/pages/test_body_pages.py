"""Boards and committees: what each is for, when it meets next, who sits on it, what its quorum is."""

from datetime import date

from governance.models import Seat
from tests import factories as make
from tests.reading import buttons, signed_in
from tests.registry.pages.reading import main, words


def body(harrow, who="secretary", of=None):
    return signed_in(harrow.user(who)).get(f"/governance/bodies/{(of or harrow.committee).slug}/")


def test_what_is_not_held_of_a_body_says_so(harrow):
    said = words(body(harrow))
    assert "Committee of NHS Harrow CCG – Primary Care Commissioning Committee" in said
    assert (
        "Purpose not held Delegated authority not held Limit of the authority not held Side not held" in said
    )
    assert "Tier not held Status not held Meets not held Chair rule not held Quorum rule not held" in said
    assert "To whom it reports is not held." in said
    assert "No terms of reference are held." in said
    assert "No meeting is planned." in said
    assert "Who sits on this body is not held." in said


def test_a_body_shows_its_quorum_and_who_sits_on_it_today(harrow):
    make.QuorumRuleFactory.create(body=harrow.committee, offices=[{"office": "Chair", "at_least": 1}])
    make.QuorumRuleFactory.create(body=harrow.committee, voting_members=9, ends_on=date(2019, 4, 1))
    chair, guest, gone = (make.PersonFactory.create(name=f"Dr {name}") for name in ("Small", "Guest", "Gone"))
    Seat.objects.create(body=harrow.committee, person=chair, office="Chair")
    Seat.objects.create(body=harrow.committee, person=guest, is_voting=False)
    Seat.objects.create(body=harrow.committee, person=gone, ends_on=date(2019, 4, 1))
    said = words(body(harrow, "officer"))
    assert "Quorum rule at least 2 voting members, 1 Chair" in said
    assert "Members Dr Small, Chair Dr Guest, without a vote" in said
    assert "Dr Gone" not in said


def test_its_meetings_are_told_apart_by_day_the_next_first(harrow):
    for day in (date(2019, 7, 15), make.COMMITTEE_DAY, date(2019, 4, 15), date(2019, 3, 18)):
        harrow.meeting(harrow.committee, day)
    said = words(body(harrow))
    assert "Next meetings 20 May 2019, for NHS Harrow CCG 15 July 2019, for NHS Harrow CCG" in said
    assert "Past meetings 15 April 2019, for NHS Harrow CCG 18 March 2019" in said


def test_only_who_plans_meetings_is_offered_to_with_the_body_chosen(harrow):
    page = body(harrow)
    assert buttons(page) == [
        "Change what is held",
        "Change the status",
        "Plan the next meetings",
        "Plan a meeting",
    ]
    assert f"/governance/meetings/new/?body={harrow.committee.pk}" in main(page)
    assert buttons(body(harrow, "officer")) == []


def test_all_bodies_that_serve_the_commissioner_are_there_with_their_next_meeting(harrow):
    harrow.meeting(harrow.panel, make.PANEL_DAY)
    said = words(signed_in(harrow.user("officer")).get("/governance/"))
    assert "Primary Care Commissioning Committee Not held: how often it meets, chair." in said
    assert "Partnership panel Next: 24 May 2019." in said
    other = words(signed_in(harrow.user("officer@havering.example")).get("/governance/"))
    assert "No board or committee of your organisation is held for this day." in other
    assert "Harrow CCG" not in other


def test_a_panel_shared_with_others_shows_only_ones_own_meetings(harrow):
    harrow.panel.serves.add(harrow.havering)
    harrow.meeting(harrow.panel, make.PANEL_DAY)
    said = words(body(harrow, "officer@havering.example", harrow.panel))
    assert "No meeting is planned." in said
    assert "24 May 2019" not in said
