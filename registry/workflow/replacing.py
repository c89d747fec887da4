"""A wrong decision is replaced, with a reason: the case takes the stage of the decision then in force."""

from collections.abc import Iterable, Mapping
from typing import Any

from pcnportal import clock
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import Case, Condition, Decision, Letter, PCNPeriod, Status

from .deciding import decide, set_conditions
from .move import effect
from .outcomes import PANEL_VERBS, decision_in_force
from .periods import set_period

STAGE = {
    "approve": Status.APPROVED,
    "not_approve": Status.NOT_APPROVED,
    "request_information": Status.INFORMATION_REQUESTED,
    "endorse": Status.ENDORSED,
    "decline_endorsement": Status.UNDER_REVIEW,
}
COMMITTEE = ("approve", "not_approve", "request_information")


def endorsement_in_force(case: Case) -> Decision | None:
    """The panel's decision since the committee's that stands, or None."""
    committee = decision_in_force(case)
    return (
        case.decisions.filter(
            outcome__in=(Decision.Outcome.ENDORSED, Decision.Outcome.ENDORSEMENT_DECLINED),
            superseded_by__isnull=True,
            pk__gt=committee.pk if committee else 0,
        )
        .order_by("-pk")
        .first()
    )


@effect("replace")
def _replace(
    case: Case,
    *,
    by: User,
    reason: str,
    decision: Decision,
    outcome: str,
    conditions: Iterable[Mapping[str, Any]] = (),
    **facts: Any,
) -> dict[str, Any]:
    """Put a new decision in the place of `decision`; `outcome` is the verb that should have been recorded.

    A replaced decision of the committee takes the panel's endorsement with it: the panel endorses anew.
    """
    if not reason.strip():
        raise Refused("Say what was wrong with the decision.", "reason")
    standing = {d.pk for d in (decision_in_force(case), endorsement_in_force(case)) if d}
    if decision.pk not in standing:
        raise Refused("That decision is not in force.", "decision")
    of_panel = decision.outcome in (Decision.Outcome.ENDORSED, Decision.Outcome.ENDORSEMENT_DECLINED)
    if outcome not in (PANEL_VERBS if of_panel else COMMITTEE):
        raise Refused("Choose what the body decided.", "outcome")
    closed = Condition.objects.filter(decision=decision, result="").update(
        result=Condition.Result.REPLACED,
        closed_by=by,
        closed_on=clock.today_if_held(),
        closed_because=reason,
    )
    new = decide(
        case, outcome, by=by, item=decision.item, supersedes=decision, replaced_because=reason, **facts
    )
    rows = set_conditions(new, conditions) if outcome == "approve" else []
    if not of_panel:
        set_period(
            case, PCNPeriod.Status.APPROVED if outcome == "approve" else PCNPeriod.Status.PROPOSED, new
        )
    if outcome in ("not_approve", "request_information"):
        Letter.objects.create(decision=new, issued_on=clock.today_if_held(), issued_by=by)
    return {
        "to": STAGE[outcome],
        "decision": new.pk,
        "replaced": decision.pk,
        "conditions_closed": closed,
        "conditions": [row.pk for row in rows],
    }
