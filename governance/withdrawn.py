"""Who may not read the papers of an item, because they left for it or were not to receive them."""

from collections.abc import Iterable
from typing import Any

from governance.models import AgendaItem, Conflict, Withdrawal
from pcnportal.people.models import User

# What the chair decided about a conflict after which the person neither reads, votes nor counts.
GONE = (Conflict.Handling.LEAVES, Conflict.Handling.NO_PAPER, Conflict.Handling.VICE_CHAIR)


def withdrawn_from(user: User, items: Iterable[AgendaItem]) -> set[int]:
    """The ids of those items from which `user` withdrew, or is to. Two queries for any number of items."""
    if not user.person_id:
        return set()
    asked = {"person_id": user.person_id, "item__in": [item.pk for item in items]}
    left = Withdrawal.objects.filter(**asked).values_list("item_id", flat=True)
    kept_out = Conflict.objects.filter(**asked, handling__in=GONE).values_list("item_id", flat=True)
    return {*left, *kept_out}


def withdrew(user: User, item: Any) -> bool:
    """Whether `user` withdrew from the agenda item, or is to, and so may not read its private papers."""
    return item.pk in withdrawn_from(user, [item])
