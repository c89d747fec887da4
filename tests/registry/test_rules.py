"""The rules of the checklist: what is met, what is not, what is not held, and the working in words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.checklist.rules import RULES, Result
from tests import factories as make
from tests.registry.held import director, facts, member

BAND = {"minimum": 30000, "maximum": 50000, "london_note": "Not open to flex in Greater London."}


def rule(name, parameters=None, **given) -> tuple[str, str]:
    found = RULES[name](facts(**given), parameters or {})
    assert isinstance(found, Result)
    return found.state, found.working


@pytest.mark.parametrize(
    ("received", "known", "state", "says"),
    [
        (date(2019, 5, 15), True, "met", "Received on 15 May 2019. The deadline was 15 May 2019."),
        (date(2019, 5, 16), True, "not_met", "Received on 16 May 2019, 1 day late."),
        (date(2019, 5, 17), True, "not_met", "Received on 17 May 2019, 2 days late."),
        (date(2019, 5, 15), False, "met", "Received by 15 May 2019; the day itself is not held."),
        (
            date(2019, 5, 16),
            False,
            "not_held",
            "Received by 16 May 2019, which does not say whether in time.",
        ),
        (None, True, "not_held", "When the form was received is not held."),
    ],
)
def test_in_time(received, known, state, says):
    found = rule("in-time", received_on=received, is_received_day_known=known)
    assert found[0] == state
    assert found[1].startswith(says)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"has_withdrawn": True},
            "Bacon Lane Surgery has withdrawn and is no longer placed by this registration.",
        ),
        ({"is_in_register": False}, "E84014 is not a code in the register."),
        ({"is_open": False}, "Bacon Lane Surgery (E84014) is not open on 20 May 2019."),
        ({"other_pcn": "Sphere PCN"}, "Bacon Lane Surgery (E84014) is also in Sphere PCN."),
        # What comes first is said alone: a practice that left needs no other fault.
        (
            {"has_withdrawn": True, "is_open": False},
            "Bacon Lane Surgery has withdrawn and is no longer placed by this registration.",
        ),
    ],
)
def test_a_member_that_is_not_placed_here_alone_is_named(changes, says):
    assert rule("members", members=(member(), member("Bacon Lane Surgery", "E84014", **changes))) == (
        "not_met",
        says,
    )


def test_every_member_at_fault_is_named():
    faulty = (member(is_open=False), member("Bacon Lane Surgery", "E84014", other_pcn="Sphere PCN"))
    assert rule("members", members=faulty)[1] == (
        "Honeypot Medical Centre (E84039) is not open on 20 May 2019; "
        "Bacon Lane Surgery (E84014) is also in Sphere PCN."
    )


def test_members_in_order_are_counted_and_none_is_not_held():
    assert rule("members") == (
        "met",
        "2 practices: every code is in the register, open on 20 May 2019 and in no other PCN.",
    )
    assert rule("members", members=(member(),))[1].startswith("1 practice: ")
    assert rule("members", members=()) == ("not_held", "The form names no practice.")


@pytest.mark.parametrize(
    ("size", "state", "says"),
    [
        (30000, "met", "30,000 is within 30,000 to 50,000."),
        (50000, "met", "50,000 is within 30,000 to 50,000."),
        (34406, "met", "34,406 is within 30,000 to 50,000."),
        (29999, "not_met", "29,999 is 1 below 30,000. Not open to flex in Greater London."),
        (28619, "not_met", "28,619 is 1,381 below 30,000. Not open to flex in Greater London."),
        (0, "not_met", "0 is 30,000 below 30,000. Not open to flex in Greater London."),
        (
            50001,
            "judgement",
            "50,001 is 1 above 50,000. Whether to allow it is at the commissioner's discretion.",
        ),
        (
            80779,
            "judgement",
            "80,779 is 30,779 above 50,000. Whether to allow it is at the commissioner's discretion.",
        ),
        (None, "not_held", "The form states no list size."),
    ],
)
def test_population(size, state, says):
    assert rule("population", BAND, stated_list_size=size) == (state, says)


def test_outside_london_the_london_note_is_not_said():
    assert rule("population", BAND, stated_list_size=29999, in_london=False)[1] == "29,999 is 1 below 30,000."


@given(st.integers(0, 10**6))
def test_population_is_met_exactly_inside_the_band(size):
    assert (rule("population", BAND, stated_list_size=size)[0] == "met") == (30000 <= size <= 50000)


def test_signatures():
    signed, unsigned = member(), member("Bacon Lane Surgery", "E84014", signed_on=None)
    assert rule("signatures", members=(signed,)) == ("met", "The only member signed on 10 May 2019.")
    late = member("Bacon Lane Surgery", "E84014", signed_on=date(2019, 5, 14))
    assert rule("signatures", members=(signed, late))[1] == "All 2 members signed, the last on 14 May 2019."
    assert rule("signatures", members=(signed, unsigned)) == (
        "not_met",
        "1 of 2 signed. Missing: Bacon Lane Surgery.",
    )
    assert rule("signatures", members=(unsigned,)) == ("not_held", "No dated signature is held.")
    assert rule("signatures", members=()) == ("not_held", "The form names no practice.")


def test_who_withdrew_need_not_sign_and_does_not_sign_for_the_others():
    gone = member("Bacon Lane Surgery", "E84014", signed_on=None, has_withdrawn=True)
    assert rule("signatures", members=(member(), gone))[0] == "met"
    signed_and_gone = member("Bacon Lane Surgery", "E84014", has_withdrawn=True)
    assert rule("signatures", members=(member(signed_on=None), signed_and_gone))[0] == "not_held"


@pytest.mark.parametrize(
    ("directors", "state", "says"),
    [
        ((), "not_held", "The form names no clinical director."),
        (
            (director(),),
            "met",
            "Dr Meena Thakur (Honeypot Medical Centre) holds the post; the practice is a member.",
        ),
        ((director(share=100),), "met", "holds the post; the practice is a member."),
        ((director(share=80),), "not_met", "add up to 80 %, not 100 %."),
        ((director(share=50), director("Dr Varun Goel", 50)), "met", "share the post: 50 % + 50 % = 100 %."),
        ((director(share=60), director("Dr Varun Goel", 60)), "not_met", "add up to 120 %."),
        ((director(share=50), director("Dr Varun Goel", 40)), "not_met", "add up to 90 %, not 100 %."),
        ((director(share=Decimal("33.33")),) * 3, "not_met", "add up to 99.99 %, not 100 %."),
        (
            (director(), director("Dr Varun Goel")),
            "not_held",
            "share the post; who holds which share is not held.",
        ),
        (
            (director(share=50), director("Dr Varun Goel")),
            "not_held",
            "share the post; who holds which share is not held.",
        ),
        (
            (director(practice_id=84018, practice="Streatfield Health Centre"),),
            "not_met",
            "Dr Meena Thakur is of Streatfield Health Centre, which is not a member.",
        ),
        (
            (director(practice_id=None, practice=""),),
            "not_held",
            "The practice of Dr Meena Thakur is not held.",
        ),
    ],
)
def test_directors(directors, state, says):
    found = rule("directors", directors=directors)
    assert found[0] == state
    assert found[1].endswith(says)


@given(st.lists(st.integers(1, 100), min_size=2, max_size=4))
def test_known_shares_are_met_exactly_where_they_add_up_to_100(shares):
    named = tuple(director(f"Dr {number}", share) for number, share in enumerate(shares))
    assert (rule("directors", directors=named)[0] == "met") == (sum(shares) == 100)


@pytest.mark.parametrize(
    ("name", "fact", "held", "not_held"),
    [
        ("payee", "payee", "Honeypot Medical Centre.", "The nominated payee is not held."),
        ("agreement", "agreement_name", "Held: agreement.pdf.", "The network agreement is not held."),
        ("area-map", "map_name", "Held: map.pdf.", "The map of the network area is not held."),
    ],
)
def test_held_or_not_held(name, fact, held, not_held):
    assert rule(name) == ("met", held)
    assert rule(name, **{fact: ""}) == ("not_held", not_held)


@given(
    st.builds(
        facts,
        received_on=st.none() | st.dates(date(2019, 5, 1), date(2019, 6, 1)),
        is_received_day_known=st.booleans(),
        stated_list_size=st.none() | st.integers(0, 10**5),
        stated_as_at=st.none() | st.just(make.JANUARY),
        members=st.lists(st.builds(member, has_withdrawn=st.booleans(), is_open=st.booleans())).map(tuple),
        directors=st.lists(st.builds(director, share=st.none() | st.integers(1, 100))).map(tuple),
        payee=st.sampled_from(["", "GP Direct"]),
    )
)
def test_every_rule_has_an_answer_and_a_sentence_for_whatever_is_held(held):
    for name in RULES:
        found = RULES[name](held, BAND)
        assert found.state in {"met", "not_met", "not_held", "judgement", "indicative"}
        assert found.working.endswith(".")


def test_a_day_after_the_deadline_is_late_whichever_day_that_is():
    for days in range(1, 40):
        assert rule("in-time", received_on=make.FORMS_DUE + timedelta(days))[0] == "not_met"
