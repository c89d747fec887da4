"""How a rate stands for the commissioners whose money a person may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from funding.models import Rate, RateConfirmation
from funding.rates import is_usable, paying


class Standing(NamedTuple):
    """A word for the tag, and the confirmations of these commissioners."""

    word: str
    confirmations: list[RateConfirmation]


def standings(rates: Iterable[Rate], commissioners: Collection[int]) -> dict[int, Standing]:
    """By id of the rate. Two questions, however many rates."""
    terms = {rate.term_id for rate in rates}
    of_term: dict[int, list[Rate]] = defaultdict(list)
    for rate in Rate.objects.filter(term__in=terms).order_by("starts_on", "pk"):
        of_term[rate.term_id].append(rate)
    held = RateConfirmation.objects.filter(rate__term__in=terms, commissioner__in=commissioners)
    confirmations: dict[int, list[RateConfirmation]] = defaultdict(list)
    for one in held.select_related("commissioner", "by").order_by("commissioner__name", "pk"):
        confirmations[one.rate_id].append(one)
    found = {}
    for some in of_term.values():
        pays = {rate.pk for rate in paying(some, confirmations)}
        for rate in some:
            found[rate.pk] = Standing(_word(rate, pays, confirmations), confirmations.get(rate.pk, []))
    return found


def _word(rate: Rate, pays: Collection[int], confirmed: Collection[int]) -> str:
    if rate.is_withdrawn:
        return "Withdrawn"
    if rate.at_most:
        return "Maximum" if rate.confidence == Rate.Confidence.HIGH else "Maximum, not vouched for"
    if rate.per == Rate.Per.NOT_HELD:
        return "List not held"
    if not is_usable(rate, confirmed):
        return "To be confirmed"
    if rate.pk not in pays:
        return "Replaced"
    return "Vouched for" if rate.confidence == Rate.Confidence.HIGH else "Confirmed"
