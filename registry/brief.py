"""A case in brief, for who has to decide it: size, criteria, departures, recommendation, what was decided."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import prefetch_related_objects

from registry.checklist import Assessed, assess, summary_of
from registry.checklist.assess import Summary
from registry.models import Case, Decision, Departure, Recommendation, Submission
from registry.population import SizeCheck, size_check
from registry.workflow.outcomes import decision_in_force, outcome_words
from registry.workflow.replacing import endorsement_in_force
from registry.workflow.reviewing import departures_of, recommendation_in_force


@dataclass(frozen=True)
class Brief:
    """`size` is the stated size against the checklist's range."""

    form: Submission | None
    practices: int
    directors: tuple[str, ...]
    summary: Summary
    size: SizeCheck
    failing: tuple[Assessed, ...]
    departures: dict[int, Departure]
    recommendation: Recommendation | None


def brief_of(case: Case, day: date) -> Brief:
    """The case as it stands on `day`."""
    form = case.current
    lines = assess(case, day)
    rule: dict[str, Any] = next((a.line.parameters for a in lines if a.line.rule == "population"), {})
    return Brief(
        form=form,
        practices=form.members.filter(has_withdrawn=False).count() if form else 0,
        directors=tuple(
            f"{d.person} ({d.practice or 'practice not held'})"
            for d in form.directors.select_related("person", "practice__organisation")
        )
        if form
        else (),
        summary=summary_of(lines),
        size=size_check(form.stated_list_size if form else None, rule),
        failing=tuple(a for a in lines if a.is_failing),
        departures={d.line_id: d for d in departures_of(case)},
        recommendation=recommendation_in_force(case),
    )


def standing_decisions(case: Case) -> list[Decision]:
    """The committee's decision in force and the panel's, where they are held, with what answers them."""
    found = [decision for decision in (decision_in_force(case), endorsement_in_force(case)) if decision]
    prefetch_related_objects(
        found, "body", "item__meeting__body", "conditions__evidence", "conditions__commitments"
    )
    return found


def words_of(decision: Decision) -> str:
    """Approved with conditions, Endorsed, …"""
    return outcome_words(decision.outcome, decision.conditions.count())
