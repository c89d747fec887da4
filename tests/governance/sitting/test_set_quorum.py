"""The quorum rule is data: a new one follows the one before, with its source."""

from datetime import date

import pytest

from governance.offices import read_offices, written_offices
from governance.workflow.quorum import set_quorum
from pcnportal.history.record import events_of
from tests import factories as make
from tests.claims import not_allowed, refused
from tests.harrow import Harrow

JUNE = date(2019, 6, 1)
TEXT = "1 chair\n2 lay member or nurse"
OFFICES = [{"office": "chair", "at_least": 1}, {"offices": ["lay member", "nurse"], "at_least": 2}]


def put(harrow, by="secretary", **other):
    facts = {"voting_members": 3, "offices": OFFICES, "starts_on": None, "source": harrow.report} | other
    harrow.committee.refresh_from_db()
    return set_quorum(harrow.committee, by=harrow.user(by), seen=harrow.committee.version, **facts)


def test_a_rule_is_recorded_in_words(harrow: Harrow):
    made = put(harrow)
    assert str(made) == "at least 3 voting members, 1 chair, 2 lay member or nurse"
    assert events_of(harrow.committee)[0].verb == "set the quorum rule"


def test_the_rule_before_ends_where_the_new_one_begins(harrow: Harrow):
    first = put(harrow)
    second = put(harrow, starts_on=JUNE, voting_members=4)
    first.refresh_from_db()
    assert (first.ends_on, second.starts_on, second.ends_on) == (JUNE, JUNE, None)
    assert first.voting_members == 3


@pytest.mark.parametrize(
    ("wrong", "sentence", "field"),
    [
        ({"starts_on": None}, "A rule is held already: say from which day the new one holds.", "starts_on"),
        (
            {"starts_on": date(2019, 5, 1)},
            "A rule from 1 June 2019 is held already: choose a later day, or take that one back first.",
            "starts_on",
        ),
        ({"source": None}, "Say where you read the rule.", "source_title"),
        ({"voting_members": 0}, "It takes one voting member at least.", "voting_members"),
    ],
)
def test_what_cannot_hold_beside_what_is_held_is_refused(harrow: Harrow, wrong, sentence, field):
    make.QuorumRuleFactory.create(body=harrow.committee, starts_on=JUNE)
    with refused(sentence, field):
        put(harrow, **({"starts_on": date(2019, 7, 1)} | wrong))


def test_only_who_keeps_the_body(harrow: Harrow):
    for role in ("officer", "chair", "member", "admin"):
        with not_allowed():
            put(harrow, by=role)


def test_offices_are_typed_a_line_each():
    assert read_offices(f"{TEXT}\n\n") == OFFICES
    assert written_offices(OFFICES) == TEXT
    for wrong in ("lay member", "0 chair", "2"):
        with pytest.raises(ValueError, match="Begin with the number that is wanted"):
            read_offices(wrong)
