"""Whose turn it is to chair: the order, and who chaired last."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from governance.turns import Place, Sitting, turns

A, B, C, D = 1, 2, 3, 4
DAY = date(2019, 5, 20)
ORDER = [Place(A, 1), Place(B, 2), Place(C, 3)]


def sittings(*chaired):
    return [Sitting(n + 1, DAY + timedelta(weeks=n), partner) for n, partner in enumerate(chaired)]


def turn(places, *chaired):
    return list(turns(places, sittings(*chaired)).values())


def test_the_first_begins_and_each_follows_the_one_before():
    assert turn(ORDER, None, None, None, None) == [A, B, C, A]


def test_the_turns_go_on_from_who_chaired_last():
    assert turn(ORDER, B, None, None) == [B, C, A]
    assert turn(ORDER, None, C, None) == [A, C, A]


def test_who_has_left_the_order_is_followed_by_the_next_after_its_place():
    left = [Place(A, 1), Place(B, 2, ends_on=DAY + timedelta(days=1)), Place(C, 3)]
    assert turn(left, B, None, None) == [B, C, A]


def test_a_partner_that_was_never_in_the_order_is_followed_by_the_first():
    assert turn(ORDER, D, None) == [D, A]


def test_a_new_order_holds_from_its_day():
    new = DAY + timedelta(weeks=2)
    places = [Place(A, 1, ends_on=new), Place(B, 2, ends_on=new), Place(C, 1, new), Place(A, 2, new)]
    assert turn(places, None, None, None, None) == [A, B, C, A]


def test_without_an_order_nobody_has_a_turn():
    assert turns([], sittings(None, None)) == {}
    assert turns([], sittings(B, None)) == {1: B}


@given(st.integers(2, 8), st.integers(1, 40))
def test_in_as_many_meetings_as_there_are_partners_each_chairs_once(partners, extra):
    places = [Place(partner, partner) for partner in range(1, partners + 1)]
    found = turn(places, *[None] * (partners + extra))
    for start in range(extra):
        assert sorted(found[start : start + partners]) == list(range(1, partners + 1))


@given(st.lists(st.sampled_from([None, A, B, C]), min_size=1, max_size=30))
def test_who_is_named_chairs_and_everybody_else_is_next_in_the_order(chaired):
    found = turn(ORDER, *chaired)
    for number, (named, has) in enumerate(zip(chaired, found, strict=True)):
        before = found[number - 1] if number else C
        assert has == (named or before % 3 + 1)
