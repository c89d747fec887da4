"""What a condition leans on: networks that a promise counts on, themselves approved on conditions."""

from datetime import date

import pytest

from pcnportal import clock
from registry.leaning import leaning_of
from registry.models import Commitment
from registry.workflow import move
from registry.workflow.conditions import judge, record_commitment, submit_evidence
from tests import factories as make
from tests import steps

EAST = "Harrow East PCN"


def promised(harrow, *organisations):
    """A condition of GP Direct PCN, answered with an agreement between `organisations`."""
    case = steps.approved(harrow, conditions=[steps.wanted(harrow)])
    condition = case.conditions.get()
    record_commitment(
        case,
        by=harrow.user("officer"),
        seen=case.version,
        condition=condition,
        kind=Commitment.Kind.AGREEMENT,
        text="An agreement to serve the patients",
        promised_by="GP Direct",
        parties=organisations,
        source=harrow.report,
    )
    return condition


def leaning(harrow, condition, user="officer"):
    return leaning_of(condition, condition.commitments.all(), harrow.user(user))


def sentences(harrow, condition):
    return [found.sentence for found in leaning(harrow, condition)]


def test_a_party_that_was_itself_approved_on_a_condition_is_named(harrow):
    east = steps.approved(harrow, EAST, conditions=[steps.wanted(harrow)])
    condition = promised(harrow, east.pcn.organisation, harrow.practice("E84039").organisation)
    assert sentences(harrow, condition) == [
        "Harrow East PCN was itself approved on a condition, which is still open."
    ]
    assert leaning(harrow, condition)[0].conditions == [east.conditions.get()]


def test_it_says_when_that_condition_is_met_or_overdue(harrow):
    east = steps.approved(harrow, EAST, conditions=[steps.wanted(harrow, discharge_role="secretary")])
    condition = promised(harrow, east.pcn.organisation)
    with clock.at(date(2019, 7, 1)):
        assert sentences(harrow, condition) == [
            "Harrow East PCN was itself approved on a condition, which is overdue."
        ]
    theirs = east.conditions.get()
    submit_evidence(theirs, by=harrow.user("officer"), seen=theirs.case.version, text="A letter")
    judge(theirs, by=harrow.user("secretary"), seen=theirs.case.version, judgement="met", note="Yes.")
    assert sentences(harrow, condition) == ["Harrow East PCN was itself approved on a condition, now met."]


def test_of_several_conditions_it_counts_those_that_are_open(harrow):
    east = steps.approved(harrow, EAST, conditions=[steps.wanted(harrow), steps.wanted(harrow)])
    assert sentences(harrow, promised(harrow, east.pcn.organisation)) == [
        "Harrow East PCN was itself approved on 2 conditions, 2 of them still open."
    ]


def test_nothing_is_said_of_a_party_approved_without_conditions(harrow):
    east = steps.approved(harrow, EAST)
    assert sentences(harrow, promised(harrow, east.pcn.organisation)) == []


def test_nothing_is_said_of_a_party_that_is_not_decided_or_of_the_network_itself(harrow):
    east = steps.before_committee(harrow, EAST)
    own = make.PCNFactory.create(name="GP Direct PCN").organisation
    assert sentences(harrow, promised(harrow, east.pcn.organisation, own)) == []


def test_a_replaced_approval_no_longer_counts(harrow):
    east = steps.approved(harrow, EAST, conditions=[steps.wanted(harrow)])
    condition = promised(harrow, east.pcn.organisation)
    move(
        east,
        "replace",
        by=harrow.user("secretary"),
        seen=east.version,
        reason="Recorded for the wrong network.",
        decision=east.decisions.get(),
        outcome="not_approve",
        reasons=["It holds fewer than 30,000 patients."],
        **harrow.quorum,
    )
    assert sentences(harrow, condition) == []


def test_who_may_not_see_the_other_case_learns_nothing_of_it(harrow):
    east = steps.approved(harrow, EAST, conditions=[steps.wanted(harrow)])
    condition = promised(harrow, east.pcn.organisation)
    assert leaning(harrow, condition, "officer@havering.example") == []


@pytest.mark.parametrize("parties", [1, 12])
def test_it_takes_the_same_number_of_queries_for_any_number_of_parties(
    harrow, parties, django_assert_num_queries
):
    east = steps.approved(harrow, EAST, conditions=[steps.wanted(harrow)])
    others = [make.PCNFactory.create(name=f"PCN {n}").organisation for n in range(1, parties)]
    condition = promised(harrow, east.pcn.organisation, *others)
    commitments = list(condition.commitments.prefetch_related("parties"))
    user = harrow.user("officer")
    user.roles_in_force  # noqa: B018  (a request has read them)
    with django_assert_num_queries(3):
        (found,) = leaning_of(condition, commitments, user)
        assert found.sentence
