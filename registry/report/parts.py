"""What a year's report on the registrations of a commissioner says. `read.py` reads it from the data."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation
from registry.checklist import Assessed, summary_of
from registry.checklist.assess import Summary
from registry.coverage import Coverage
from registry.models import (
    Commitment,
    Condition,
    Decision,
    Departure,
    Recommendation,
    Round,
    SubmittedDirector,
    SubmittedMember,
)
from registry.population import SizeCheck, size_check
from registry.workflow.outcomes import CASE_DECISIONS, outcome_words

OF_PANEL = (Decision.Outcome.ENDORSED, Decision.Outcome.ENDORSEMENT_DECLINED)


def place_of(commissioner: Organisation) -> str:
    """Harrow, of NHS Harrow CCG."""
    return re.sub(
        r"^NHS\s+|\s+(CCG|ICB|Clinical Commissioning Group|Integrated Care Board)$", "", commissioner.name
    )


@dataclass(frozen=True)
class Application:
    """One registration in the report. Its rows were read with the case, so nothing here costs a query."""

    case: Any
    lines: tuple[Assessed, ...]
    departures: dict[int, Departure]

    @property
    def form(self) -> Any:
        return self.case.current

    @property
    def members(self) -> list[SubmittedMember]:
        return [member for member in self.form.members.all() if not member.has_withdrawn]

    @property
    def directors(self) -> list[SubmittedDirector]:
        return list(self.form.directors.all())

    @property
    def summary(self) -> Summary:
        return summary_of(self.lines)

    @property
    def failing(self) -> list[tuple[Assessed, Departure | None]]:
        """The lines that are not met, each with its departure."""
        return [(a, self.departures.get(a.line.pk)) for a in self.lines if a.is_failing]

    @property
    def size(self) -> SizeCheck:
        """The stated size against the range of the checklist, where the review has one."""
        rule: dict[str, Any] = next(
            (a.line.parameters for a in self.lines if a.line.rule == "population"), {}
        )
        return size_check(self.form.stated_list_size, rule)

    @property
    def over(self) -> Assessed | None:
        """The line on the population where the size is above the usual maximum."""
        lines = (a for a in self.lines if a.line.rule == "population")
        return next(lines, None) if self.size.word == "above" else None

    @cached_property
    def recommendation(self) -> Recommendation | None:
        return next((r for r in self.case.recommendations.all() if r.submission_id == self.form.pk), None)

    def _newest(self, outcomes: Iterable[str]) -> Decision | None:
        standing = [
            d for d in self.case.decisions.all() if d.outcome in outcomes and not hasattr(d, "superseded_by")
        ]
        return max(standing, key=lambda d: d.pk, default=None)

    @cached_property
    def decision(self) -> Decision | None:
        """The committee's decision in force."""
        return self._newest(CASE_DECISIONS)

    @cached_property
    def endorsement(self) -> Decision | None:
        """The panel's decision since, where one is held."""
        found = self._newest(OF_PANEL)
        return found if found and self.decision and found.pk > self.decision.pk else None

    @property
    def outcome(self) -> str:
        return outcome_words(self.decision.outcome, len(self.conditions)) if self.decision else ""

    @property
    def conditions(self) -> list[Condition]:
        return list(self.decision.conditions.all()) if self.decision else []

    @property
    def open(self) -> int:
        """Conditions that are not closed."""
        return sum(not condition.result for condition in self.conditions)

    @property
    def commitments(self) -> list[Commitment]:
        return list(self.case.commitments.all())


@dataclass(frozen=True)
class Group:
    """Registrations about which a body, or the team, said the same for the same reasons."""

    rows: tuple[Application, ...]
    words: str
    reasons: tuple[str, ...]
    meeting: Any = None

    @property
    def names(self) -> list[str]:
        return [str(row.case) for row in self.rows]


@dataclass(frozen=True)
class Report:
    """`rows` are the registrations received and not withdrawn, by name of the PCN."""

    commissioner: Organisation
    round: Round
    day: date
    rows: tuple[Application, ...]
    withdrawn: tuple[str, ...]
    coverage: Coverage
    sources: tuple[Source, ...]

    @property
    def title(self) -> str:
        return f"Primary Care Network registration in {place_of(self.commissioner)}"

    @property
    def practices(self) -> int:
        return len({member.code for row in self.rows for member in row.members})

    @property
    def patients(self) -> int:
        return sum(row.form.stated_list_size or 0 for row in self.rows)

    @property
    def dated(self) -> str:
        """When the stated sizes are of, where all forms say the same day."""
        days = {row.form.stated_as_at for row in self.rows}
        return f" at {day:%-d %B %Y}" if len(days) == 1 and (day := days.pop()) else ""

    @property
    def late(self) -> list[Application]:
        return [
            row for row in self.rows if row.form.received_on and row.form.received_on > self.round.deadline
        ]

    @property
    def checklists(self) -> dict[str, int]:
        """Each checklist of the review and how many requirements it has."""
        found: dict[str, int] = {}
        for row in self.rows:
            found |= Counter(a.line.section for a in row.lines)
        return found

    def where(self, name: str) -> list[Application]:
        """The registrations that have a `name`: failing, over, conditions, commitments, …"""
        return [row for row in self.rows if getattr(row, name)]

    @property
    def recommended(self) -> list[Group]:
        return _groups(
            self.where("recommendation"),
            lambda row: (row.recommendation.get_outcome_display(), row.recommendation.reasons, None),
        )

    @property
    def decided(self) -> list[Group]:
        return _groups(
            self.where("decision"),
            lambda row: (row.outcome, row.decision.reasons, row.decision.item.meeting),
        )

    @property
    def outcomes(self) -> dict[str, int]:
        """How many registrations have which decision in force."""
        return dict(Counter(row.outcome for row in self.where("decision")).most_common())

    @property
    def endorsed(self) -> list[Group]:
        return _groups(
            self.where("endorsement"),
            lambda row: (
                row.endorsement.get_outcome_display(),
                row.endorsement.reasons,
                row.endorsement.item.meeting,
            ),
        )


def _groups(rows: list[Application], said: Callable[[Any], tuple[str, list[str], Any]]) -> list[Group]:
    """Rows with the same words, reasons and meeting together; by the day of the meeting, then the largest."""
    found: dict[Any, list[Application]] = {}
    for row in rows:
        words, reasons, meeting = said(row)
        found.setdefault((words, tuple(reasons), meeting), []).append(row)
    groups = [
        Group(tuple(rows), words, reasons, meeting) for (words, reasons, meeting), rows in found.items()
    ]
    return sorted(
        groups, key=lambda g: (g.meeting.held_on if g.meeting else date.min, -len(g.rows), g.names[0])
    )
