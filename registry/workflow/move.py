"""`move`: the one way to change the stage of a case."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F

from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused, Stale
from registry.checklist import read_once
from registry.models import Case

from .transitions import TRANSITIONS

# A guard gives the sentence that says what is missing, or nothing.
Guard = Callable[[Case], str]
# An effect checks the facts, writes the rows that go with the verb, and gives what the event says of them.
# "to" in its answer is the stage, where the transition leaves it to the verb.
Effect = Callable[..., dict[str, Any]]

GUARDS: dict[str, list[Guard]] = {verb: [] for verb in TRANSITIONS}
EFFECTS: dict[str, Effect] = {}


def guard(*verbs: str) -> Callable[[Guard], Guard]:
    """Declare what must be so before any of `verbs`."""

    def declare(function: Guard) -> Guard:
        for verb in verbs:
            GUARDS[verb].append(function)
        return function

    return declare


def effect(verb: str) -> Callable[[Effect], Effect]:
    """Declare what `verb` writes beside the stage."""

    def declare(function: Effect) -> Effect:
        EFFECTS[verb] = function
        return function

    return declare


@transaction.atomic
def move(case: Case, verb: str, *, by: User, seen: int, reason: str = "", **facts: Any) -> Case:
    """Do `verb` to `case`, which the page showed in version `seen`.

    Raises `NotAllowed` where `by` may not, `Stale` where somebody was first, and `Refused` with a sentence
    for the user where the stage, a guard or a fact forbids it. Nothing is written then.
    """
    transition = TRANSITIONS[verb]
    allow(by, transition.permission, case.commissioner)
    held = Case.objects.select_related("pcn__organisation", "commissioner", "round").get(pk=case.pk)
    if held.version != seen:
        raise Stale(held, events_of(held).first())
    if held.status not in transition.source:
        raise Refused(f"{held} is “{held.get_status_display()}”: this can't be done now.")
    advance(held, seen)
    with read_once():
        if sentence := missing(held, verb):
            raise Refused(sentence)
    said = EFFECTS[verb](held, by=by, reason=reason, **facts) if verb in EFFECTS else {}
    old = held.status
    held.status = said.pop("to", None) or transition.to or old
    if held.status != old:
        held.save(update_fields=["status"])
        said["status"] = [old, held.status]
    record(by, verb, held, reason, **said)
    case.status, case.version, case.current_id = held.status, held.version, held.current_id
    return held


def advance(case: Case, seen: int) -> None:
    """Compare-and-set of the case's version: one winner, for the others `Stale`."""
    won = Case.objects.filter(pk=case.pk, version=seen).update(version=F("version") + 1)
    if not won:
        raise Stale(case, events_of(case).first())
    case.version = seen + 1


@dataclass(frozen=True)
class Choice:
    """A verb that is open to a person; `missing` says what stands in its way, or is empty."""

    verb: str
    label: str
    missing: str

    @property
    def is_possible(self) -> bool:
        return not self.missing


def missing(case: Case, verb: str) -> str:
    """The sentence of the first guard that stands in the way of `verb`, or nothing."""
    return next((sentence for check in GUARDS[verb] if (sentence := check(case))), "")


def available(case: Case, user: User) -> list[Choice]:
    """The verbs that the case's stage and the user's roles leave open, each with what is still missing."""
    with read_once():
        return [
            Choice(verb, transition.label, missing(case, verb))
            for verb, transition in TRANSITIONS.items()
            if case.status in transition.source and user.can(transition.permission, case.commissioner_id)
        ]
