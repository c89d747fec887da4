"""What holds for every verb of a case: who may, in which stage, one winner, one event."""

import re
from unittest import mock

import pytest

from pcnportal.history.record import events_of
from pcnportal.people.roles import PERMISSIONS, ROLES, RoleName
from pcnportal.refusals import NotAllowed, Refused, Stale
from registry.models import Case, Status
from registry.statuses import OPEN
from registry.workflow import TRANSITIONS, available, move
from registry.workflow.move import EFFECTS, GUARDS
from registry.workflow.replacing import STAGE
from registry.workflow.transitions import diagram
from tests import factories as make
from tests import steps
from tests.claims import everything, one_event
from tests.harrow import Harrow
from tests.registry.ready import RECIPES, ready

VERBS = list(TRANSITIONS)
ACCOUNT = {role: f"{role}@harrow.example" for role in ROLES}


def in_stage(case: Case, status: str) -> Case:
    """The case as if it stood there: for what is asked before anything else is looked at."""
    Case.objects.filter(pk=case.pk).update(status=status)
    case.refresh_from_db()
    return case


def test_every_verb_has_a_test():
    assert RECIPES.keys() == TRANSITIONS.keys()


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_leads_where_the_transitions_say_and_writes_one_event(harrow: Harrow, verb):
    made = ready(harrow, verb)
    before, version, to = made.case.status, made.case.version, TRANSITIONS[verb].to
    with one_event(made.case, verb, harrow.user(made.by)):
        held = made.go(harrow)
    assert held.status == (Status.NOT_APPROVED if verb == "replace" else to or before)
    assert (made.case.status, made.case.version) == (held.status, version + 1)
    made.case.refresh_from_db()
    assert (made.case.status, made.case.version) == (held.status, version + 1)
    assert events_of(made.case)[0].changes.get("status") == (
        [before, held.status] if held.status != before else None
    )


@pytest.mark.parametrize("verb", VERBS)
def test_only_a_role_with_the_permission_may(harrow: Harrow, verb):
    case = in_stage(steps.drafted(harrow), next(iter(TRANSITIONS[verb].source)))
    before = everything()
    for role, permissions in ROLES.items():
        if TRANSITIONS[verb].permission not in permissions:
            with pytest.raises(NotAllowed, match=r"^Your role does not allow this\.$"):
                move(case, verb, by=harrow.user(ACCOUNT[role]), seen=case.version)
    assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
def test_another_commissioners_team_may_not(harrow: Harrow, verb):
    stranger = make.UserFactory.create(email="manager@havering.example")
    make.RoleFactory.create(user=stranger, organisation=harrow.havering, role=RoleName.MANAGER)
    case = in_stage(steps.drafted(harrow), next(iter(TRANSITIONS[verb].source)))
    before = everything()
    with pytest.raises(NotAllowed, match=r"^This belongs to another commissioner: NHS Harrow CCG\.$"):
        move(case, verb, by=stranger, seen=case.version)
    assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
def test_who_saw_an_older_version_is_told_who_was_first(harrow: Harrow, verb):
    case = in_stage(steps.received(harrow), next(iter(TRANSITIONS[verb].source)))
    by = harrow.user(RECIPES[verb][1])
    before = everything()
    with pytest.raises(Stale, match="GP Direct PCN was changed by someone else") as caught:
        move(case, verb, by=by, seen=case.version - 1)
    assert everything() == before
    assert caught.value.latest == events_of(case)[0]
    assert caught.value.latest.by == harrow.user("officer")


@pytest.mark.parametrize("verb", VERBS)
def test_in_any_other_stage_a_verb_is_refused(harrow: Harrow, verb):
    case, by = in_stage(steps.drafted(harrow), Status.CLOSED), harrow.user(RECIPES[verb][1])
    before = everything()
    for status in sorted(set(Status) - TRANSITIONS[verb].source):
        in_stage(case, status)
        with pytest.raises(Refused, match=f"is “{status.label}”: this can't be done now"):
            move(case, verb, by=by, seen=case.version)
    in_stage(case, Status.CLOSED)
    assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_without_its_event_does_not_happen(harrow: Harrow, verb):
    made = ready(harrow, verb)
    before = everything()
    with (
        mock.patch("registry.workflow.move.record", side_effect=RuntimeError("no history")),
        pytest.raises(RuntimeError),
    ):
        made.go(harrow)
    assert everything() == before


@pytest.mark.parametrize("verb", VERBS)
def test_the_verb_is_offered_to_who_may_do_it_and_to_nobody_else(harrow: Harrow, verb):
    case = in_stage(steps.drafted(harrow), next(iter(TRANSITIONS[verb].source)))
    offered = {
        role
        for role in ROLES
        if verb in {choice.verb for choice in available(case, harrow.user(ACCOUNT[role]))}
    }
    assert offered == {role for role, held in ROLES.items() if TRANSITIONS[verb].permission in held}
    assert available(case, harrow.user("officer@havering.example")) == []


def test_a_verb_that_is_open_but_not_yet_possible_says_what_is_missing(harrow: Harrow):
    case = steps.under_review(harrow)
    choices = {choice.verb: choice for choice in available(case, harrow.user("officer"))}
    assert choices["recommend"].missing == "1 of 6 lines of the checklist still open: Contiguity."
    assert not choices["recommend"].is_possible
    assert choices["return_form"].is_possible
    assert available(case, harrow.user("member")) == []


def test_every_permission_of_the_workflow_is_in_the_map_of_roles():
    assert {transition.permission for transition in TRANSITIONS.values()} <= PERMISSIONS


def test_guards_and_effects_belong_to_verbs_that_exist():
    assert GUARDS.keys() == TRANSITIONS.keys()
    assert EFFECTS.keys() <= TRANSITIONS.keys()


def test_nothing_leads_out_of_an_end_and_every_other_stage_can_be_left():
    leaving = set().union(*(transition.source for transition in TRANSITIONS.values()))
    assert leaving == set(OPEN)
    assert set(Status) - leaving == {Status.LIVE, Status.WITHDRAWN, Status.CLOSED}


def test_every_stage_but_closed_is_reached_from_a_draft():
    reached = {Status.DRAFT.value}
    for _ in TRANSITIONS:
        reached |= {t.to for t in TRANSITIONS.values() if t.to and t.source & reached}
    assert reached == set(Status.values) - {Status.CLOSED}


def test_the_diagram_shows_every_verb_from_where_it_is_open_to_where_it_leads():
    shown = diagram().splitlines()
    assert len(shown) == len(set(shown))
    named = dict(re.findall(r'state "(.*)" as (\w+)', diagram()))
    assert len(set(named.values())) == len(named)
    label = {box: words for words, box in named.items()}
    moves = re.findall(r"(\w+) --> (\w+): (.+)", diagram())
    assert {verb for *_, verb in moves} == {verb.replace("_", " ") for verb in TRANSITIONS}
    for verb, transition in TRANSITIONS.items():
        drawn = [(label[a], label[b]) for a, b, said in moves if said == verb.replace("_", " ")]
        open_in = {words for source, _ in drawn for words in source.split(", ")}
        leads = {words for _, target in drawn for words in target.split(", ")}
        wanted = {Status(stage).label for stage in transition.source}
        assert open_in == ({"any open stage"} if verb == "withdraw" else wanted)
        to = transition.leads or ({transition.to} if transition.to else transition.source)
        assert leads == {Status(stage).label for stage in to}


def test_a_replaced_decision_leads_where_the_diagram_says():
    assert set(STAGE.values()) == TRANSITIONS["replace"].leads
