"""What the commissioner's letter says about a decision: made from the decision, never typed again."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pcnportal.people.models import Person
from registry.models import Condition, Decision, Submission
from registry.workflow.outcomes import outcome_words


@dataclass(frozen=True)
class LetterCondition:
    """A condition as it stood when the letter was issued; `closed` is Met or Waived, where it was by then."""

    condition: Condition
    due_on: date | None
    closed: str
    closed_on: date | None


@dataclass(frozen=True)
class LetterFacts:
    """`form` is the version of the form that was decided; `endorsement` the panel's since, where held."""

    decision: Decision
    outcome: str
    form: Submission
    directors: tuple[Person, ...]
    conditions: tuple[LetterCondition, ...]
    endorsement: Decision | None
    replaced_by: Decision | None

    @property
    def unmet(self) -> list[LetterCondition]:
        """Conditions that were open when the letter was issued."""
        return [asked for asked in self.conditions if not asked.closed]

    @property
    def before(self) -> list[LetterCondition]:
        """Those of them without which the network can't start."""
        return [asked for asked in self.unmet if asked.condition.timing == Condition.Timing.BEFORE]

    @property
    def sources(self) -> list[Any]:
        found = [self.decision.source, self.decision.quorum_source]
        if self.endorsement:
            found.append(self.endorsement.source)
        return list({source.pk: source for source in found if source}.values())


def letters() -> "QuerySet[Decision]":
    """The decisions that a letter was issued about."""
    return Decision.objects.filter(letter__isnull=False).select_related(
        "letter",
        "submission",
        "body",
        "source",
        "quorum_source",
        "item__meeting__body",
        "case__pcn__organisation",
        "case__commissioner__commissioning",
        "case__round",
        "superseded_by",
    )


def letter_of(decision: Decision) -> LetterFacts:
    """What the letter about `decision` says. `decision` comes from `letters`."""
    form = decision.submission
    directors = form.directors.select_related("person")
    successor = getattr(decision, "superseded_by", None)
    since = decision.case.decisions.filter(outcome=Decision.Outcome.ENDORSED, pk__gt=decision.pk)
    if successor:
        since = since.filter(pk__lt=successor.pk)
    is_approved = decision.outcome == Decision.Outcome.APPROVED
    endorsement = (
        since.filter(superseded_by__isnull=True)
        .select_related("body", "item__meeting__body", "source")
        .order_by("-pk")
        .first()
        if is_approved
        else None
    )
    conditions = tuple(
        _condition(condition, decision.letter.as_issued[str(condition.number)])
        for condition in decision.conditions.select_related(
            "owner_organisation", "owner_person", "discharge_body"
        )
        if str(condition.number) in decision.letter.as_issued
    )
    return LetterFacts(
        decision=decision,
        outcome=outcome_words(decision.outcome, len(conditions)),
        form=form,
        directors=tuple(director.person for director in directors),
        conditions=conditions,
        endorsement=endorsement,
        replaced_by=successor,
    )


def _condition(condition: Condition, then: dict[str, str | None]) -> LetterCondition:
    """The condition as it stood `then`, in the words of `Letter.as_issued`."""
    return LetterCondition(
        condition=condition,
        due_on=_day(then["due_on"]),
        closed=Condition.Result(then["result"]).label if then["result"] else "",
        closed_on=_day(then["closed_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
