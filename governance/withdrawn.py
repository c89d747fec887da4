"""Who may not read the papers of an item, vote on it or count for it, because they left or are to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from governance.models import AgendaItem, Conflict, Withdrawal
from pcnportal.people.models import User

# What the chair decided about a conflict after which the person neither reads, votes nor counts.
GONE = (Conflict.Handling.LEAVES, Conflict.Handling.NO_PAPER, Conflict.Handling.VICE_CHAIR)
# By the id of the item, the ids of persons.
People = dict[int, set[int]]


def gone_from(items: Iterable[AgendaItem]) -> People:
    """Who left for each item, or is to: neither reads, votes nor counts. Two queries for any number."""
    return _people(items, GONE)


def without_vote(items: Iterable[AgendaItem]) -> People:
    """Who may not vote on each item: who is gone, and who stays without voting. Two queries."""
    return _people(items, (*GONE, Conflict.Handling.NO_VOTE))


def _people(items: Iterable[AgendaItem], handling: Iterable[str]) -> People:
    asked = {"item__in": [item.pk for item in items]}
    found: People = defaultdict(set)
    left = Withdrawal.objects.filter(**asked).values_list("item_id", "person_id")
    kept_out = Conflict.objects.filter(**asked, handling__in=handling).values_list("item_id", "person_id")
    for item, person in [*left, *kept_out]:
        found[item].add(person)
    return found


def withdrawn_from(user: User, items: Iterable[AgendaItem]) -> set[int]:
    """The ids of those items from which `user` withdrew, or is to. Two queries for any number of items."""
    if not user.person_id:
        return set()
    return {item for item, people in gone_from(items).items() if user.person_id in people}


def withdrew(user: User, item: Any) -> bool:
    """Whether `user` withdrew from the agenda item, or is to, and so may not read its private papers."""
    return item.pk in withdrawn_from(user, [item])
