"""Who may not read the papers of an item, because they left for it or were not to receive them."""

from typing import Any

from governance.models import Conflict
from pcnportal.people.models import User

# What the chair decided about a conflict after which the person neither reads, votes nor counts.
GONE = (Conflict.Handling.LEAVES, Conflict.Handling.NO_PAPER, Conflict.Handling.VICE_CHAIR)


def withdrew(user: User, item: Any) -> bool:
    """Whether `user` withdrew from the agenda item, or is to, and so may not read its private papers."""
    if not user.person_id:
        return False
    return (
        item.withdrawals.filter(person_id=user.person_id).exists()
        or item.conflicts.filter(person_id=user.person_id, handling__in=GONE).exists()
    )
