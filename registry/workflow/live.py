"""Confirmation with its letter, and go-live, which writes the register."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pcnportal import clock
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.checklist import Assessed, assess
from registry.coverage import coverage_of
from registry.models import (
    Case,
    ClinicalDirector,
    Condition,
    Membership,
    NominatedPayee,
    PCNPeriod,
    Round,
    Status,
)

from .letters import issue
from .move import effect, guard
from .outcomes import body_for, decision_in_force
from .periods import begin
from .stating import source_of, state_list_size

# Without these the network can't start: who signed, who leads, who is paid.
NEEDED_TO_START = ("signatures", "directors", "payee")


@guard("confirm")
def _endorsed_where_a_panel_endorses(case: Case) -> str:
    panel = body_for(case, "endorse")
    if panel and case.status != Status.ENDORSED:
        return f"{panel} has not endorsed it yet."
    return ""


@guard("confirm", "go_live")
def _no_review_wanted(case: Case) -> str:
    return f"{case.review_wanted_because} Review it again first." if case.review_wanted_because else ""


@guard("confirm")
def _every_practice_placed(case: Case) -> str:
    """The commissioner confirms only once every practice is placed (NHS England, 100 % coverage)."""
    coverage = coverage_of(case.commissioner, clock.today())
    return "" if coverage.is_whole else coverage.sentence


@effect("confirm")
def _confirm(case: Case, *, by: User, reason: str) -> dict[str, Any]:
    decision = decision_in_force(case)
    if decision is None:
        raise Refused("No decision is in force.")
    # A decision that was confirmed before, and whose endorsement was replaced since, keeps its letter.
    return {"letter": issue(decision, by).pk}


@guard("go_live")
def _conditions_before_go_live_closed(case: Case) -> str:
    return still_open_before_go_live(case.conditions.all())


def still_open_before_go_live(conditions: Iterable[Condition]) -> str:
    """The sentence where one of a case's conditions is open that is due before go-live, or nothing."""
    waiting = [c for c in conditions if not c.result and c.timing == Condition.Timing.BEFORE]
    numbers = [f"condition {c.number}" for c in waiting]
    return f"Still open and due before go-live: {', '.join(numbers)}." if numbers else ""


@guard("go_live")
def _what_is_needed_to_start(case: Case) -> str:
    return lacking_to_start(assess(case, clock.today()))


def lacking_to_start(lines: Iterable[Assessed]) -> str:
    """The sentence where signatures, director or payee are neither held nor attested, or nothing."""
    for assessed in lines:
        is_held = assessed.basis == "computed" or assessed.standing == "met"
        if assessed.line.rule in NEEDED_TO_START and not is_held:
            return f"“{assessed.line.title}” is neither held nor attested."
    return ""


@guard("go_live")
def _checklist_accepted(case: Case) -> str:
    decision = decision_in_force(case)
    return not_accepted(assess(case, clock.today()), decision.accepted if decision else [])


def not_accepted(lines: Iterable[Assessed], accepted: Iterable[str]) -> str:
    """The sentence where a line fails that the decision did not accept, or nothing."""
    for assessed in lines:
        if assessed.is_failing and assessed.line.key not in accepted:
            working = f" {assessed.result.working}" if assessed.result else ""
            return f"“{assessed.line.title}” fails today, and the decision did not accept that.{working}"
    return ""


@guard("go_live")
def _started(case: Case) -> str:
    return not_started(case.round)


def not_started(round_: Round) -> str:
    """The sentence where the networks of the round have not started, or nothing."""
    start = round_.go_live_on
    return f"Networks of this round start on {start:%-d %B %Y}." if clock.today() < start else ""


@effect("go_live")
def _go_live(case: Case, *, by: User, reason: str, starts_on: date | None = None) -> dict[str, Any]:
    """Write members, directors, payee and the live period into the register, from `starts_on`."""
    day = starts_on or case.round.go_live_on
    if not case.round.go_live_on <= day <= clock.today():
        raise Refused(f"Choose a day from {case.round.go_live_on:%-d %B %Y} until today.", "starts_on")
    form = case.current
    if form is None:
        raise Refused("There is no form.")
    source = source_of(form)
    held = {"pcn": case.pcn, "case": case, "starts_on": day, "source": source}
    for member in form.members.filter(has_withdrawn=False, practice__isnull=False):
        Membership.objects.create(practice_id=member.practice_id, **held)
    for director in form.directors.all():
        ClinicalDirector.objects.create(
            person=director.person, practice=director.practice, share=director.share, **held
        )
    if form.payee:
        NominatedPayee.objects.create(organisation=form.payee, **held)
    begin(case, PCNPeriod.Status.LIVE, day, source=source)
    state_list_size(form)
    return {"starts_on": day}
