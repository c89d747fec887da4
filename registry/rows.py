"""A registration at a glance: a row of a list or a panel."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.checklist import Assessed, assess_many, summary_of
from registry.models import Case, Decision, Recommendation
from registry.overview import NEVER, ROUND_DATES
from registry.population import SizeCheck, size_check
from registry.workflow.outcomes import holding_up, outcome_words


@dataclass(frozen=True)
class Row:
    """One registration at a glance. `case` carries the annotations of `with_overview`."""

    case: Any
    size: SizeCheck
    lines: tuple[Assessed, ...]

    @property
    def name(self) -> str:
        return str(self.case.pcn)

    @property
    def stated_list_size(self) -> int | None:
        return self.case.current.stated_list_size if self.case.current else None

    @property
    def status(self) -> str:
        return str(self.case.get_status_display())

    @property
    def outcome(self) -> str:
        """The decision in force in words, or nothing."""
        return outcome_words(self.case.decided_as or "", self.case.is_conditional)

    @property
    def tags(self) -> list[str]:
        """The stage, what holds the case up, the decision in force, and what is amiss."""
        since = holding_up(self.case, self.case.latest or "", self.case.latest_on_form)
        wanted = "Re-review wanted" if self.case.review_wanted_because else ""
        missing = "Regional answer not held" if self.is_regional_answer_missing else ""
        return [word for word in dict.fromkeys((wanted, self.status, since, self.outcome, missing)) if word]

    @property
    def conditions(self) -> str:
        """1 of 2 open, 1 overdue; or none."""
        case = self.case
        if not case.conditions_total:
            return "none"
        overdue = f", {case.conditions_overdue} overdue" if case.conditions_overdue else ""
        return f"{case.conditions_open} of {case.conditions_total} open{overdue}"

    @property
    def criteria(self) -> str:
        """14 of 15: Contiguity; 3 of 15, 12 open; or that the review was not opened."""
        summary = summary_of(self.lines)
        if not summary.total:
            return "Review not opened"
        still = f", {summary.open} open" if summary.open else ""
        return f"{summary.met} of {summary.total}{still}" + (
            f": {', '.join(summary.failing)}" if summary.failing else ""
        )

    @property
    def recommendation(self) -> str:
        return str(Recommendation.Outcome(self.case.recommended).label) if self.case.recommended else ""

    @property
    def is_regional_answer_missing(self) -> bool:
        """An approval with a departure to which the regional team's answer is not held."""
        return self.case.decided_as == Decision.Outcome.APPROVED and self.case.unanswered

    @property
    def next_on(self) -> date | None:
        return None if self.case.next_on == NEVER else self.case.next_on

    @property
    def next_what(self) -> str:
        """What falls on `next_on`: a meeting of a body, a condition, or a date of the round."""
        case = self.case
        if not self.next_on:
            return ""
        if case.next_on == case.meeting_on:
            return str(case.meeting_of)
        if case.next_on == case.condition_due:
            return "Condition due"
        return next(words for stages, _, words in ROUND_DATES if case.status in stages)


def rows_of(cases: Iterable[Case], day: date) -> list[Row]:
    """A row for each case of `with_overview`, in its order, in three queries."""
    cases = list(cases)
    assessed = assess_many(cases, day) if cases else {}
    return [Row(case, size_of(case, assessed[case.pk]), tuple(assessed[case.pk])) for case in cases]


def size_of(case: Any, lines: list[Assessed]) -> SizeCheck:
    """The stated size against the figures of the case's own lines, else of its round's checklist."""
    own = next((a.line.parameters for a in lines if a.line.rule == "population"), None)
    size = case.current.stated_list_size if case.current else None
    return size_check(size, own or case.population or {})
