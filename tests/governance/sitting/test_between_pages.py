"""The pages of what was done between meetings, and of the quorum rule."""

import re
from datetime import date

import pytest

from governance.models import BetweenMeetings, QuorumRule
from tests import factories as make
from tests.governance.sitting.recording import JUNE
from tests.harrow import Harrow
from tests.reading import rows, signed_in
from tests.registry.pages.reading import errors, main, words

LIST = "/governance/between-meetings/"
SMALL = "Dr Genevieve Small"


def typed(**other):
    return {
        "kind": "chair",
        "text": "The letter was signed.",
        "why": "It was due before the meeting.",
        "taken_on_day": "20",
        "taken_on_month": "5",
        "taken_on_year": "2019",
        "name": SMALL,
    } | other


@pytest.fixture
def new(harrow: Harrow):
    return f"/governance/bodies/{harrow.committee.slug}/between-meetings/new/"


def test_a_chair_records_an_action_and_finds_it_on_the_next_agenda(harrow, new):
    june = harrow.meeting(harrow.committee, JUNE)
    chair = signed_in(harrow.user("chair"))
    assert "Record an action between meetings" in words(
        chair.get(f"/governance/bodies/{harrow.committee.slug}/")
    )
    form = main(chair.get(new))
    sent = typed(commissioner=re.findall(r'name="commissioner" value="(\d+)"', form)[0])
    said = words(chair.post(new, sent, follow=True))
    assert "To be ratified What was done The letter was signed." in said
    assert f"On the agenda of {june}, item 1." in said
    assert "1. To ratify: Chair’s action of 20 May 2019" in words(
        chair.get(f"/governance/meetings/{june.pk}/")
    )


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": ""}, "#id_kind"),
        ({"text": ""}, "#id_text"),
        ({"why": ""}, "#id_why"),
        ({"taken_on_year": "2020"}, "#id_taken_on_day"),
        ({"name": ""}, "#id_taken_by"),
        ({"taken_by": "Nobody"}, "#id_taken_by"),
    ],
)
def test_wrong_input_of_an_action_keeps_what_was_typed(harrow, secretary, new, wrong, field):
    shown = secretary.post(new, typed(commissioner=harrow.ccg.pk, **wrong))
    assert list(errors(shown)) == [field]
    assert wrong.get("why") == "" or "It was due before the meeting." in main(shown)
    assert not BetweenMeetings.objects.exists()


def test_actions_are_listed_searched_and_exported(harrow, secretary, new):
    for text, kind in (("Signed.", "chair"), ("Paid.", "urgent")):
        secretary.post(new, typed(commissioner=harrow.ccg.pk, text=text, kind=kind))
    found = rows(secretary.get(LIST, {"_export": "csv", "kind": "urgent"}))
    assert [(row["text"], row["kind"], row["taken_by"], row["status"]) for row in found] == [
        ("Paid.", "Urgent action", SMALL, "To be ratified")
    ]
    assert len(rows(secretary.get(LIST, {"_export": "csv", "q": "sign", "status": "waits"}))) == 1
    assert rows(secretary.get(LIST, {"_export": "csv", "status": "ratified"})) == []
    assert "2 actions between meetings" in words(secretary.get(LIST))


def test_another_commissioners_actions_are_not_there(harrow, secretary, new):
    secretary.post(new, typed(commissioner=harrow.ccg.pk))
    other = signed_in(harrow.user("officer@havering.example"))
    assert rows(other.get(LIST, {"_export": "csv"})) == []
    assert other.get(f"{LIST}{BetweenMeetings.objects.get().pk}/").status_code == 404
    assert other.get(new).status_code in (403, 404)


def test_the_secretary_sets_the_quorum_rule_with_its_source(harrow, secretary):
    make.QuorumRuleFactory.create(
        body=harrow.committee, offices=[{"offices": ["Lay member", "Nurse"], "at_least": 1}]
    )
    address = f"/governance/bodies/{harrow.committee.slug}/quorum/"
    assert "1 Lay member or Nurse" in main(secretary.get(address))
    sent = {
        "voting_members": "4",
        "offices": "1 Chair\n2 Lay member or Nurse",
        "starts_on_day": "1",
        "starts_on_month": "6",
        "starts_on_year": "2019",
        "source_title": "Terms of reference",
        "seen": str(harrow.committee.version),
    }
    assert list(errors(secretary.post(address, sent | {"offices": "Chair"}))) == ["#id_offices"]
    assert list(errors(secretary.post(address, sent | {"source_title": ""}))) == ["#id_source_title"]
    assert "The quorum rule is set." in words(secretary.post(address, sent, follow=True))
    rule = QuorumRule.objects.get(starts_on=date(2019, 6, 1))
    assert str(rule) == "at least 4 voting members, 1 Chair, 2 Lay member or Nurse"
