"""Which patients count for a PCN in each month of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.entitlement import months
from pcnportal.pages.jinja import day as written
from registry.models import ListSize

from .inputs import Inputs, ListUsed, Network

SHOWN = 3


@dataclass(frozen=True)
class Base:
    """The list size of a month, made up of `lists`; None where one is not held, which `missing` says."""

    patients: Decimal | None
    lists: tuple[ListUsed, ...] = ()
    missing: str = ""


def bases_of(network: Network, kind: str, inputs: Inputs, *, by_practice: bool) -> list[Base | None]:
    """The base of each month of the year; None for a month in which the PCN is no longer there.

    The PCN’s own list counts where it is held, as long as its members are those of the first month; else, and
    always where `by_practice`, its members’ lists. Of a practice that a member took on the list counts there.
    A month before the PCN went live counts those who were in it when it did, or are in it now where it is not
    live yet, but for those who were paid for in another PCN. A month begun with one membership is counted
    with it whole.
    """
    year = inputs.year
    first: frozenset[int] | None = None
    known: dict[tuple[frozenset[int], bool], Base] = {}
    found: list[Base | None] = []
    for month in months(year.starts_on, year.ends_on):
        if network.closed_on and network.closed_on <= month:
            found.append(None)
            continue
        practices = _practices(network, month, inputs)
        if first is None:
            first = practices
        key = (practices, practices == first)
        if key not in known:
            known[key] = _base(network, practices, kind, inputs, own=key[1] and not by_practice)
        found.append(known[key])
    return found


def _practices(network: Network, month: date, inputs: Inputs) -> frozenset[int]:
    day, is_before = month, False
    begins = network.live_from or inputs.day
    if begins > month:
        day, is_before = begins, True
    found = {member.practice for member in network.members if member.on(day)}
    if is_before:
        found = {practice for practice in found if not _is_elsewhere(practice, network.pk, month, inputs)}
    if inputs.taken_on:
        found |= {before for one in found for before, on in inputs.taken_on.get(one, ()) if on <= day}
    return frozenset(found)


def _is_elsewhere(practice: int, pcn: int, month: date, inputs: Inputs) -> bool:
    return any(other != pcn and member.on(month) for other, member in inputs.elsewhere.get(practice, ()))


def _base(network: Network, practices: frozenset[int], kind: str, inputs: Inputs, *, own: bool) -> Base:
    lists = inputs.lists.get(kind, {})
    if own and network.pk in lists:
        return Base(lists[network.pk].patients, (lists[network.pk],))
    used = tuple(sorted((lists[p] for p in practices if p in lists), key=lambda one: inputs.names[one[0]]))
    missing = [p for p in practices if p not in lists and p not in inputs.opened_later]
    if missing or not used:
        return Base(None, used, _missing(kind, missing, inputs))
    return Base(sum((one.patients for one in used), Decimal(0)), used)


def _missing(kind: str, practices: list[int], inputs: Inputs) -> str:
    what = f"{ListSize.Kind(kind).label.lower()} list size at {written(inputs.year.list_size_on)}"
    if not practices:
        return f"No {what} is held."
    names = sorted(inputs.names[practice] for practice in practices)
    more = f" and {len(names) - SHOWN} more practices" if len(names) > SHOWN else ""
    return f"The {what} is not held of {', '.join(names[:SHOWN])}{more}."
