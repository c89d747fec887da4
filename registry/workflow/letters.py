"""The letter about a decision is issued once, and keeps what it said then."""

from pcnportal import clock
from pcnportal.people.models import User
from registry.models import Decision, Letter


def issue(decision: Decision, by: User) -> Letter:
    """The letter about `decision`, issued now; the one that was issued before, where there is one."""
    standing = {
        condition.number: {
            "due_on": condition.due_on and condition.due_on.isoformat(),
            "result": condition.result,
            "closed_on": condition.closed_on and condition.closed_on.isoformat(),
        }
        for condition in decision.conditions.all()
    }
    letter, _ = Letter.objects.get_or_create(
        decision=decision,
        defaults={"issued_on": clock.today_if_held(), "issued_by": by, "as_issued": standing},
    )
    return letter
