"""A decision about a registration is a resolution of its body too, replaced where the decision is."""

from importlib import import_module

import pytest
from django.apps import apps

from governance.models import Meeting, Resolution
from pcnportal import clock
from registry.models import Decision
from registry.resolutions import resolved
from tests import factories as make
from tests import steps
from tests.harrow import Harrow
from tests.registry.asking import JUNE, condition, hand_in, item, let_go, say
from tests.registry.test_replacing import WRONG, replace

earlier = import_module("registry.migrations.0006_earlier_resolutions")


def said() -> list[tuple[str, ...]]:
    """Every resolution that stands beside a decision: outcome, words, what it replaces, where it was read."""
    rows = Resolution.objects.filter(decision__isnull=False).order_by("decision__pk")
    return [
        (row.decision.outcome, row.outcome, row.text, str(row.supersedes or ""), row.reason, str(row.source))
        for row in rows
    ]


def test_an_approval_with_conditions_is_resolved_in_words(harrow: Harrow):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow), steps.wanted(harrow)])
    decision = steps.decision_of(case)
    made = Resolution.objects.get(decision=decision)
    words = "the registration of GP Direct PCN be approved, subject to two conditions"
    assert (made.item, made.text) == (decision.item, words)
    assert (made.outcome, made.quorum_basis) == ("agreed", "attested")
    assert made.quorum_note == decision.quorum_note


@pytest.mark.parametrize(
    ("outcome", "how"),
    [("approve", "agreed"), ("not_approve", "not_agreed"), ("request_information", "deferred")],
)
def test_a_replaced_decision_replaces_its_resolution(harrow: Harrow, outcome, how):
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    first = Resolution.objects.get(decision=steps.decision_of(case))
    replace(harrow, case, outcome)
    made = Resolution.objects.get(decision__supersedes__isnull=False)
    assert (made.supersedes, made.reason, made.outcome) == (first, WRONG, how)
    assert first.text.endswith("approved, subject to one condition")


def test_what_is_decided_of_a_condition_names_it(harrow: Harrow):
    asked = condition(harrow)
    held = item(harrow, asked, harrow.committee, JUNE)
    with clock.at(JUNE):
        let_go(harrow, asked, item=held)
    assert said()[-1][:3] == (
        "condition_waived",
        "agreed",
        "condition 1 on the registration of GP Direct PCN be waived",
    )


def test_what_is_decided_after_the_minutes_were_published_says_so(harrow: Harrow):
    case = steps.before_committee(harrow)
    Meeting.objects.update(minutes_published_at=clock.now())
    steps.do(harrow, case, "approve", "secretary", reasons=list(steps.REASONS), **harrow.quorum)
    made = Resolution.objects.get(decision__case=case)
    assert made.reason == "It was recorded after the minutes were published."


def test_every_outcome_of_a_decision_has_its_words():
    for outcome in Decision.Outcome.values:
        how, text = resolved(outcome, "Harrow East PCN", number=2)
        assert how in Resolution.Outcome.values
        assert "Harrow East PCN" in text
    assert resolved("approved", "X", conditions=11)[1].endswith("subject to 11 conditions")


def test_earlier_decisions_get_the_same_resolutions_and_lose_them_going_back(harrow: Harrow):
    asked = condition(harrow, discharge_role="", discharge_body=harrow.panel)
    hand_in(harrow, asked)
    held = item(harrow, asked, harrow.panel, make.PANEL_DAY)
    with clock.at(JUNE):
        say(harrow, asked, "not_satisfied", by="secretary", item=held, **harrow.quorum)
    replace(harrow, asked.case, "not_approve")
    before = said()
    assert [row[0] for row in before] == ["approved", "condition_not_satisfied", "not_approved"]
    earlier.take_away(apps, None)
    assert not Resolution.objects.exists()
    earlier.write_resolutions(apps, None)
    assert said() == before
    earlier.write_resolutions(apps, None)
    assert Resolution.objects.count() == len(before)
