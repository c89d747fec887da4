"""What a condition leans on: its answer may rest on a network that was itself approved on conditions."""

from collections.abc import Iterable
from dataclasses import dataclass

from pcnportal.people.models import Organisation, User
from registry.models import Case, Commitment, Condition, Decision, Status
from registry.workflow.outcomes import CASE_DECISIONS


@dataclass(frozen=True)
class Leaning:
    """A PCN on which a promise counts, and the conditions on which its own registration was approved."""

    case: Case
    conditions: list[Condition]

    @property
    def stand(self) -> str:
        """How its conditions stand in words: now met, or which are still open."""
        words = [condition.status for condition in self.conditions]
        if len(words) == 1:
            return f"now {words[0].lower()}" if self.conditions[0].result else f"which is {_still(words[0])}"
        still_open = sum(not condition.result for condition in self.conditions)
        return f"{still_open} of them still open" if still_open else "all of them closed"

    @property
    def sentence(self) -> str:
        many = len(self.conditions)
        on = "a condition" if many == 1 else f"{many} conditions"
        return f"{self.case} was itself approved on {on}, {self.stand}."


def _still(word: str) -> str:
    return "overdue" if word == "Overdue" else "still open"


def leaning_of(condition: Condition, commitments: Iterable[Commitment], user: User) -> list[Leaning]:
    """The other PCNs among the parties of `commitments` that were approved with conditions in the same round.

    Only cases that `user` may see. The conditions are those of the committee's decision in force. The same
    number of queries for any number of parties.
    """
    parties = {
        party.pk
        for commitment in commitments
        for party in commitment.parties.all()
        if party.kind == Organisation.Kind.PCN and party.pk != condition.case.pcn_id
    }
    if not parties:
        return []
    decisions = (
        Decision.objects.filter(
            case__pcn__in=parties,
            case__round=condition.case.round_id,
            case__commissioner__in=user.scope("registry.view_case"),
            outcome__in=CASE_DECISIONS,
            superseded_by__isnull=True,
        )
        .exclude(case__status=Status.WITHDRAWN)
        .select_related("case__pcn__organisation")
        .prefetch_related("conditions__evidence")
        .order_by("case__pcn__organisation__name", "pk")
    )
    in_force = {decision.case_id: decision for decision in decisions}  # the newest comes last
    for decision in in_force.values():
        for held in decision.conditions.all():
            held.case = decision.case  # it names itself by its case
    return [
        Leaning(decision.case, list(decision.conditions.all()))
        for decision in in_force.values()
        if decision.outcome == Decision.Outcome.APPROVED and decision.conditions.all()
    ]
