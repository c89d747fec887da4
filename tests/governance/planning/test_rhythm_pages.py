"""How often a body meets, and in which order its partners chair, are set from a day on."""

from datetime import date
from typing import Any

import pytest

from governance.models import Rhythm, TurnToChair
from governance.workflow.rhythms import set_rhythm, set_turns
from pcnportal.history.record import events_of
from tests import factories as make
from tests.claims import not_allowed, refused, stale
from tests.reading import signed_in
from tests.registry.pages.reading import errors, main, words

DAY = date(2019, 7, 1)


def rhythm(harrow, board, by="secretary", seen=1, **facts):
    wanted: Any = {"starts_on": DAY, "every": 1, "unit": "month"} | facts
    return set_rhythm(board, by=harrow.user(by), seen=seen, **wanted)


def order(harrow, board, *partners, by="secretary", seen=1, starts_on=DAY, reason="Agreed."):
    set_turns(board, by=harrow.user(by), seen=seen, starts_on=starts_on, partners=partners, reason=reason)


def test_a_new_rhythm_succeeds_the_one_before_which_stays(harrow, board, fortnightly):
    made = rhythm(harrow, board, weekday=1, week=3)
    event = events_of(board).get()
    assert (event.verb, event.by, event.commissioner) == (
        "set the rhythm",
        harrow.user("secretary"),
        harrow.ccg,
    )
    fortnightly.refresh_from_db()
    assert (fortnightly.ends_on, made.starts_on, made.ends_on) == (DAY, DAY, None)
    assert fortnightly.every == 2
    board.refresh_from_db()
    assert board.version == 2


@pytest.mark.parametrize(
    ("wrong", "sentence", "field"),
    [
        ({"starts_on": date(2019, 4, 30)}, "One from 1 May 2019 is held already", "starts_on"),
        ({"unit": "week", "week": 2, "weekday": 1}, "A week of the month goes with", "week"),
        ({"week": 2}, "Say on which day of that week.", "weekday"),
    ],
)
def test_a_rhythm_that_may_not_be_is_refused(harrow, board, fortnightly, wrong, sentence, field):
    with refused(sentence, field):
        rhythm(harrow, board, **wrong)


def test_only_who_keeps_the_body_sets_its_rhythm_and_turns(harrow, board, partners):
    for account in ("chair", "member", "officer"):
        with not_allowed():
            rhythm(harrow, board, by=account)
        with not_allowed():
            order(harrow, board, *partners, by=account)
    with stale():
        rhythm(harrow, board, seen=0)


def test_a_new_order_ends_the_one_before(harrow, board, partners):
    order(harrow, board, *reversed(partners))
    held = TurnToChair.objects.filter(body=board, ends_on=None).order_by("position")
    assert [(turn.organisation, turn.starts_on) for turn in held] == [
        (partner, DAY) for partner in reversed(partners)
    ]
    assert TurnToChair.objects.filter(body=board, ends_on=DAY).count() == 3


def test_an_order_names_each_partner_once_of_a_chair_that_rotates(harrow, board, partners):
    with refused(f"{partners[0]} is named twice."):
        order(harrow, board, partners[0], partners[1], partners[0])
    with refused("Name at least two partners."):
        order(harrow, board, partners[0])
    with refused("The chair of Primary Care Commissioning Committee does not rotate by partner"):
        order(harrow, harrow.committee, *partners)


def test_the_page_sets_the_rhythm_and_the_next_dates_follow(secretary, board, fortnightly):
    address = f"/governance/bodies/{board.slug}/rhythm/"
    assert 'value="The Heights, Harrow"' in main(secretary.get(address))
    typed = {
        "seen": 1,
        "starts_on_day": 1,
        "starts_on_month": 7,
        "starts_on_year": 2019,
        "every": 1,
        "unit": "month",
        "week": 3,
        "weekday": 1,
    }
    assert errors(secretary.post(address, typed | {"every": "0"})) == {"#id_every": "Enter 1 or more"}
    assert list(errors(secretary.post(address, typed | {"source_page": "4"}))) == ["#id_source_title"]
    read_in = {"source_title": "Terms of reference", "source_page": "4"}
    said = words(secretary.post(address, typed | read_in, follow=True))
    assert str(Rhythm.objects.get(ends_on=None).source) == "Terms of reference, 4"
    assert "How often Provider Management Board meets is saved." in said
    said = words(secretary.get(f"/governance/bodies/{board.slug}/next/"))
    assert "Every month, on the third Tuesday, from 1 July 2019 on." in said
    assert "Monday 17 June 2019 Tuesday 16 July 2019" in said.replace(" Date Day Month Year", "")


def test_a_week_of_the_month_that_was_typed_before_is_left_out_of_weeks(secretary, board):
    typed = {"seen": 1, "starts_on_day": 1, "starts_on_month": 7, "starts_on_year": 2019, "every": 2}
    secretary.post(f"/governance/bodies/{board.slug}/rhythm/", typed | {"unit": "week", "week": 3})
    assert Rhythm.objects.get().week is None


def test_the_page_sets_the_order_of_turns(secretary, board, partners):
    address = f"/governance/bodies/{board.slug}/turns/"
    assert 'name="partners-2-partner" type="text" value="Harrow Council"' in main(secretary.get(address))
    typed = {
        "seen": 1,
        "starts_on_day": 1,
        "starts_on_month": 7,
        "starts_on_year": 2019,
        "reason": "Agreed by the partners.",
        "partners-TOTAL_FORMS": 2,
        "partners-INITIAL_FORMS": 0,
        "partners-0-partner": "Harrow Council",
        "partners-1-partner": "Harrow Health CIC",
    }
    response = secretary.post(address, typed | {"partners-1-partner": "Nobody"})
    assert errors(response) == {"#id_partners-1-partner": "No organisation has the code or name “Nobody”."}
    assert "Agreed by the partners." in main(response)
    secretary.post(address, typed)
    assert TurnToChair.objects.filter(body=board, ends_on=None, position=1).get().organisation == partners[2]


def test_a_body_of_others_is_not_there(harrow, board):
    stranger = make.UserFactory.create(email="secretary@havering.example")
    make.RoleFactory.create(user=stranger, organisation=harrow.havering, role="secretary")
    for page in ("rhythm", "turns", "next"):
        assert signed_in(stranger).get(f"/governance/bodies/{board.slug}/{page}/").status_code == 404
        assert (
            signed_in(harrow.user("member")).get(f"/governance/bodies/{board.slug}/{page}/").status_code
            == 403
        )
