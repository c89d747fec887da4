"""A decision about a registration is a resolution of the body that made it, in its minutes."""

from governance.workflow.resolutions import put_on_record
from registry.models import Decision
from registry.resolutions import resolved


def entered(decision: Decision, *, conditions: int = 0, number: int | None = None) -> Decision:
    """Save a new decision with its resolution; one that it replaces has its resolution replaced.

    `conditions` is how many it sets, `number` that of the condition about which it is.
    """
    outcome, text = resolved(decision.outcome, str(decision.case.pcn), conditions=conditions, number=number)
    replaced = decision.supersedes
    decision.resolution = put_on_record(
        decision.item,
        by=decision.recorded_by,
        outcome=outcome,
        text=text,
        quorum_basis=decision.quorum_basis,
        quorum_note=decision.quorum_note,
        source=decision.source or decision.quorum_source,
        supersedes=replaced.resolution if replaced else None,
        reason=decision.replaced_because,
    )
    decision.save()
    return decision
