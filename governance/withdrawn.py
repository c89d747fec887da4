"""Who may not read the papers of an item, vote on it or count for it, because they left or are to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

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
    """The ids of those items whose private papers `user` may not read, having withdrawn, or being to.

    From the item, or from one that stood over into it or that it stood over into: the papers are the same.
    A constant number of queries, none for a user who is no person.
    """
    if not user.person_id:
        return set()
    alike = stood_over_chains(items)
    every = {pk for chain in alike.values() for pk in chain}
    left = {
        item
        for item, people in gone_from(AgendaItem(pk=pk) for pk in every).items()
        if user.person_id in people
    }
    return {item for item, chain in alike.items() if chain & left}


def left_for(user: User) -> set[int]:
    """The ids of all items of which `user` may not read what came of them: see `withdrawn_from`.

    One query for who left none.
    """
    if not user.person_id:
        return set()
    asked: dict[str, Any] = {"person": user.person_id}
    left = Withdrawal.objects.filter(**asked).order_by().values_list("item_id")
    kept_out = Conflict.objects.filter(**asked, handling__in=GONE).order_by().values_list("item_id")
    chains = stood_over_chains(AgendaItem(pk=pk) for (pk,) in left.union(kept_out))
    return {pk for chain in chains.values() for pk in chain}


def stood_over_chains(items: Iterable[AgendaItem]) -> dict[int, set[int]]:
    """By the id of each item, the ids of all that it stood over from or into, itself among them."""
    chains = {item.pk: {item.pk} for item in items}
    new, links = set(chains), set[tuple[int, int]]()
    while new:
        found = AgendaItem.objects.filter(Q(pk__in=new) | Q(stands_over__in=new), stands_over__isnull=False)
        fresh = set(found.values_list("pk", "stands_over_id")) - links
        links |= fresh
        new = {pk for link in fresh for pk in link} - new
    for chain in chains.values():
        before = 0
        while len(chain) > before:
            before = len(chain)
            chain |= {pk for link in links if chain & set(link) for pk in link}
    return chains


def withdrew(user: User, item: Any) -> bool:
    """Whether `user` withdrew from the agenda item, or is to, and so may not read its private papers."""
    return item.pk in withdrawn_from(user, [item])
