"""How each line of a case's checklist stands: computed where facts are held, else as a person answered."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from registry.models import Case, Line

from .facts import CaseFacts, facts_for, with_facts
from .rules import INDICATIVE, JUDGEMENT, MET, NOT_HELD, NOT_MET, RULES, Result


@dataclass(frozen=True)
class Assessed:
    """A line with its computed result and how it stands.

    `standing` is met, not_met, not_applicable or open; `basis` is computed, attested, judged or empty;
    `is_outdated` says that the answer was given to an earlier version of the form, and so no longer counts.
    """

    line: Line
    result: Result | None
    standing: str
    basis: str
    is_outdated: bool = False

    @property
    def is_open(self) -> bool:
        return self.standing == "open"

    @property
    def is_failing(self) -> bool:
        return self.standing == "not_met"

    @property
    def takes_an_answer(self) -> bool:
        """Whether a person answers the line: no facts are held, or the rule leaves it to judgement."""
        return self.result is None or self.result.state in (NOT_HELD, JUDGEMENT, INDICATIVE)

    @property
    def word(self) -> str:
        """The tag of the line: a figure that is only indicative never reads as met."""
        if self.result and self.result.state == INDICATIVE and self.standing in ("met", "open"):
            return "Indicative only"
        if self.standing == "open":
            return "Not held" if self.result and self.result.state == NOT_HELD else "To answer"
        if self.standing == "met" and self.basis == "attested":
            return "Attested"
        return {"met": "Met", "not_met": "Not met", "not_applicable": "Not applicable"}[self.standing]

    @property
    def basis_word(self) -> str:
        return self.basis.capitalize()


@dataclass(frozen=True)
class Summary:
    """Counts over the lines of a case. `total` leaves out what does not apply."""

    met: int
    total: int
    open: int
    failing: tuple[str, ...]

    def __str__(self) -> str:
        if not self.total:
            return "Not opened"
        words = f"{self.met} of {self.total}"
        return f"{words}: {', '.join(self.failing)}" if self.failing else words


def _assessed(line: Line, case: Case, facts: CaseFacts) -> Assessed:
    result = RULES[line.rule](facts, line.parameters) if line.rule else None
    if result and result.state in (MET, NOT_MET):
        return Assessed(line, result, result.state, "computed")
    if not line.answer:
        return Assessed(line, result, "open", "")
    if line.answered_for_id != case.current_id:
        return Assessed(line, result, "open", "", is_outdated=True)
    return Assessed(line, result, line.answer, "attested" if line.source_id else "judged")


def assess_many(cases: Iterable[Case], day: date) -> dict[int, list[Assessed]]:
    """The lines of each case by its id, in three queries. `cases` come from `with_facts`."""
    cases = list(cases)
    facts = facts_for(cases, day)
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in Line.objects.filter(case__in=[case.pk for case in cases]).order_by("case", "position"):
        lines[line.case_id].append(line)
    return {case.pk: [_assessed(line, case, facts[case.pk]) for line in lines[case.pk]] for case in cases}


# Within `read_once`: the lines that were read, by case and day.
_read: ContextVar[dict[tuple[int, date], list[Assessed]] | None] = ContextVar("lines read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """Within the block nothing changes, so the lines of a case are read once: guards ask for them often."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def assess(case: Case, day: date) -> list[Assessed]:
    """The lines of one case as they stand on `day`, from the database."""
    held = _read.get()
    if held is not None and (case.pk, day) in held:
        return held[case.pk, day]
    lines = assess_many(with_facts(Case.objects.filter(pk=case.pk)), day)[case.pk]
    if held is not None:
        held[case.pk, day] = lines
    return lines


def summary_of(lines: Iterable[Assessed]) -> Summary:
    lines = list(lines)
    return Summary(
        met=sum(line.standing == "met" for line in lines),
        total=sum(line.standing != "not_applicable" for line in lines),
        open=sum(line.is_open for line in lines),
        failing=tuple(line.line.title for line in lines if line.is_failing),
    )
