"""Random walks through the workflow: whoever does whatever in whichever order, no step is skipped."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from pcnportal.history.models import Event
from pcnportal.history.record import events_of, is_genuine
from registry.models import Case, Condition, Decision, Membership, PCNPeriod, Status
from registry.workflow import TRANSITIONS
from registry.workflow.outcomes import decision_in_force, item_for
from registry.workflow.replacing import STAGE, endorsement_in_force
from tests import factories as make
from tests import steps
from tests.harrow import GP_DIRECT, Harrow
from tests.registry.walking import TEAM, Walk

VERBS = sorted(TRANSITIONS)
ON, OPEN = "proceed", "an open verb"
SIDE_STEPS = {
    "a verb": lambda walk, n: walk.verb(VERBS[n % len(VERBS)], choice=n // 20),
    OPEN: lambda walk, n: walk.open_verb(n),
    "a verb by anybody": lambda walk, n: walk.verb(VERBS[n % len(VERBS)], TEAM[n % len(TEAM)], n // 20),
    "a verb on an old page": lambda walk, n: walk.verb(VERBS[n % len(VERBS)], choice=n // 20, late=1),
    "replace": lambda walk, n: walk.verb("replace", choice=n),
    "a member leaves": lambda walk, n: walk.verb("member_withdraws"),
    "the region answers": lambda walk, n: walk.region_answers(n),
    "evidence": lambda walk, n: walk.hand_in(walk.condition(n)),
    "judge": lambda walk, n: walk.judge(walk.condition(n), n // 3),
    "waive": lambda walk, n: walk.waive(walk.condition(n)),
    "days pass": lambda walk, n: setattr(walk, "day", walk.day + timedelta(n % 9)),
}
STARTS: dict[str, tuple[Callable[[Harrow], Case], date]] = {
    "draft": (steps.drafted, make.FORMS_DUE),
    "before the committee": (steps.before_committee, make.COMMITTEE_DAY),
    "approved": (steps.approved, make.COMMITTEE_DAY),
    "confirmed": (lambda harrow: steps.confirmed(harrow, conditions=[steps.wanted(harrow)]), make.CONFIRM_BY),
}
STEPS = st.lists(
    st.tuples(st.sampled_from([*[ON] * 12, *[OPEN] * 3, *SIDE_STEPS]), st.integers(0, 399)),
    min_size=5,
    max_size=30,
)
DECIDED = {
    Status.APPROVED: "approved",
    Status.ENDORSED: "approved",
    Status.CONFIRMED: "approved",
    Status.LIVE: "approved",
    Status.NOT_APPROVED: "not_approved",
    Status.INFORMATION_REQUESTED: "information_requested",
}


def moved_along_the_transitions(event: Event) -> bool:
    """Whether the stages that an event names are those that its verb leads from and to."""
    status = event.changes.get("status")
    if event.verb not in TRANSITIONS:
        return status is None
    transition = TRANSITIONS[event.verb]
    if status is None:
        return transition.to is None or transition.to in transition.source
    reachable = {transition.to} if transition.to else set(STAGE.values())
    return status[0] in transition.source and status[1] in reachable


def what_always_holds(walk: Walk, version: int, written: int, decisions: dict[int, Any]) -> None:
    case = walk.fresh()
    events = list(events_of(case))
    new = events[: len(events) - written]
    assert case.version - version == len(new)
    for event in new:
        assert moved_along_the_transitions(event), (event.verb, event.changes)
        assert is_genuine(event)
        assert event.commissioner_id == case.commissioner_id
    last = next((event.changes["status"][1] for event in events if "status" in event.changes), "draft")
    assert last == case.status
    decision = decision_in_force(case)
    if wanted := DECIDED.get(Status(case.status)):
        assert decision is not None
        assert decision.outcome == wanted
    for kept in Decision.objects.filter(case=case).values():
        assert decisions.setdefault(kept["id"], kept) == kept
        assert kept["decided_on"] <= walk.day


def what_holds_in_its_stage(walk: Walk) -> None:
    case = walk.case
    if case.status == Status.BEFORE_COMMITTEE:
        assert item_for(case, walk.harrow.committee) is not None
    if case.status in (Status.ENDORSED, Status.CONFIRMED, Status.LIVE):
        endorsement = endorsement_in_force(case)
        assert endorsement is not None
        assert endorsement.outcome == "endorsed"
    if case.status in (Status.CONFIRMED, Status.LIVE):
        assert steps.decision_of(case).letter.decision.case_id == case.pk
    if case.status == Status.LIVE:
        waiting = Condition.objects.filter(case=case, result="", timing="before")
        assert not waiting.exists()
        assert PCNPeriod.objects.standing().get(case=case, ends_on=None).status == "live"
        assert case.current is not None
        placed = set(case.current.members.filter(has_withdrawn=False).values_list("practice", flat=True))
        assert set(Membership.objects.filter(case=case).values_list("practice", flat=True)) == placed
    else:
        assert not Membership.objects.filter(case=case).exists()


@settings(max_examples=20)
@given(start=st.sampled_from(sorted(STARTS)), walked=STEPS)
def test_no_walk_skips_a_step(harrow: Harrow, start, walked):
    for code in GP_DIRECT:
        harrow.practice(code)
    with transaction.atomic():
        bring, day = STARTS[start]
        walk = Walk(harrow, bring(harrow), day)
        decisions: dict[int, Any] = {}
        for step, choice in walked:
            version, written = walk.fresh().version, events_of(walk.case).count()
            if step == ON:
                walk.proceed(choice)
            else:
                SIDE_STEPS[step](walk, choice)
            what_always_holds(walk, version, written, decisions)
            what_holds_in_its_stage(walk)
        transaction.set_rollback(True)


def test_a_walk_that_only_proceeds_arrives(harrow: Harrow):
    walk = Walk(harrow, steps.drafted(harrow))
    for _ in range(12):
        walk.proceed()
    assert walk.fresh().status == "live"
    verbs = [event.verb for event in reversed(events_of(walk.case)) if event.verb in TRANSITIONS]
    assert verbs == [
        "submit",
        "open_review",
        "recommend",
        "put_on_agenda",
        "approve",
        "put_before_panel",
        "endorse",
        "confirm",
        "go_live",
    ]


@pytest.mark.parametrize("choice", [0, 1, 2])
def test_conditions_before_go_live_are_closed_on_the_way(harrow: Harrow, choice):
    walk = Walk(harrow, steps.drafted(harrow))
    for _ in range(14):
        walk.proceed(choice)
    assert walk.fresh().status == "live"
    assert Condition.objects.count() == choice
