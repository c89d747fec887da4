"""An event in words."""

import pytest

from pcnportal.history.models import Event
from pcnportal.history.words import changes_in_words, sentence, verb_in_words
from registry.words import VERBS
from registry.workflow import TRANSITIONS


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": ["received", "under_review"]}, [("Status", "from Received to Under review")]),
        ({"due_on": ["2019-06-30", "2019-07-15"]}, [("Due", "from 30 June 2019 to 15 July 2019")]),
        ({"due_on": [None, "2019-07-15"]}, [("Due", "15 July 2019")]),
        ({"starts_on": "2019-07-01"}, [("From", "1 July 2019")]),
        ({"answer": ["", "not_met"]}, [("Answer", "Not met")]),
        ({"answer": ["met", ""]}, [("Answer", "from Met to nothing")]),
        ({"fields": ["received_on", "payee"]}, [("Filled in", "received on, payee")]),
        (
            {"found": ["80,779 patients (stated of the PCN)", "81,000 patients on 1 May 2019"]},
            [("Found", "from 80,779 patients (stated of the PCN) to 81,000 patients on 1 May 2019")],
        ),
        (
            {"changed": ["Name: Dr A Imran", "Share: 50 %"]},
            [("Changed", "Name: Dr A Imran; Share: 50 %")],
        ),
        ({"form": 2}, [("Version of the form", "2")]),
        ({"reply": "agreed"}, [("Reply", "Agreed")]),
        ({"place": "Committee room 5"}, [("Place", "Committee room 5")]),
    ],
)
def test_a_change_reads_as_a_person_would_say_it(changes, words):
    assert changes_in_words(Event(changes=changes)) == words


@pytest.mark.parametrize(
    "changes",
    [{"decision": 5}, {"conditions": [1, 2]}, {"letter": None}, {"_nonce": "ab"}, {"sha256": "ab"}, {}],
)
def test_what_only_points_at_a_row_is_left_out(changes):
    assert changes_in_words(Event(changes=changes)) == []


def test_every_verb_of_the_workflow_has_words():
    assert set(TRANSITIONS) <= set(VERBS)


def test_a_verb_without_words_is_said_as_it_is():
    assert sentence(verb_in_words("took the item off the agenda")) == "Took the item off the agenda"
