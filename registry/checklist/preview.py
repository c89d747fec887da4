"""What a review would find in a form that is still being filled in: warnings, nothing is refused."""

from dataclasses import dataclass
from typing import Any

from pcnportal import clock
from pcnportal.people.models import in_force
from registry.models import Case, Checklist, Submission

from .facts import facts_for, with_facts
from .rules import INDICATIVE, JUDGEMENT, MET, NOT_HELD, NOT_MET, RULES

WORDS = {
    MET: "Met",
    NOT_MET: "Not met",
    NOT_HELD: "Not held",
    JUDGEMENT: "To answer",
    INDICATIVE: "Indicative only",
}


@dataclass(frozen=True)
class Forecast:
    """A computed requirement with its tag and its working. `is_met` is true for nothing but a met one."""

    title: str
    word: str
    working: str
    is_met: bool


def forecast(case: Case, form: Submission) -> list[Forecast]:
    """The computed lines over `form`, by the case's own checklist or else by the national one in force.

    Seven queries. Empty where no checklist is held.
    """
    held = with_facts(Case.objects.filter(pk=case.pk)).get()
    held.current = form
    facts = facts_for([held], clock.today())[case.pk]
    results = [(item.title, RULES[item.rule](facts, item.parameters)) for item in _requirements(case)]
    return [Forecast(title, WORDS[r.state], r.working, r.state == MET) for title, r in results]


def _requirements(case: Case) -> list[Any]:
    if lines := list(case.lines.exclude(rule="")):
        return lines
    in_use = Checklist.objects.filter(in_force(clock.today()), is_national=True).order_by("-edition").first()
    return list(in_use.items.exclude(rule="").order_by("position")) if in_use else []
