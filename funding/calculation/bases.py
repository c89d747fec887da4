"""Which patients count for a PCN in each month of a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import plural
from registry.models import ListSize

from .inputs import Inputs, ListUsed, Network

SHOWN = 3


@dataclass(frozen=True)
class Base:
    """The list size of a month, made up of `lists`; None where one is not held, which `missing` says."""

    patients: Decimal | None
    lists: tuple[ListUsed, ...] = ()
    missing: str = ""


def bases_of(
    network: Network,
    kind: str,
    inputs: Inputs,
    practices_in: Sequence[frozenset[int] | None],
    *,
    by_practice: bool,
) -> list[Base | None]:
    """The base of each month of the year, from who counts in it; None where the PCN is no longer there.

    The PCN’s own list counts where it is held, as long as its members are those of the first month; else, and
    always where `by_practice`, its members’ lists. Of a practice that a member took on the list counts there.
    """
    first = next((practices for practices in practices_in if practices is not None), frozenset())
    known: dict[tuple[frozenset[int], bool], Base] = {}
    found: list[Base | None] = []
    for practices in practices_in:
        if practices is None:
            found.append(None)
            continue
        key = (practices, practices == first)
        if key not in known:
            known[key] = _base(network, practices, kind, inputs, own=key[1] and not by_practice)
        found.append(known[key])
    return found


def practices_of(network: Network, over: Iterable[date], inputs: Inputs) -> list[frozenset[int] | None]:
    """Who counts in each month; None from the month on in which the PCN is no longer there.

    A month before the PCN went live counts those who were in it when it did, or are in it now where it is not
    live yet, but for those who were paid for in another PCN. A month begun with one membership is counted
    with it whole.
    """
    gone = network.closed_on
    return [None if gone and gone <= month else _practices(network, month, inputs) for month in over]


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
    in_order = sorted(practices, key=lambda one: (inputs.names[one], one))
    used = tuple(lists[practice] for practice in in_order if practice in lists)
    missing = [p for p in practices if p not in lists and p not in inputs.opened_later]
    if missing or not used:
        return Base(None, used, _missing(kind, missing, inputs))
    return Base(sum((one.patients for one in used), Decimal(0)), used)


def _missing(kind: str, practices: list[int], inputs: Inputs) -> str:
    what = f"{ListSize.Kind(kind).label.lower()} list size at {written(inputs.year.list_size_on)}"
    if not practices:
        return f"No {what} is held."
    names = sorted(inputs.names[practice] for practice in practices)
    more = f" and {plural(len(names) - SHOWN, 'more practice')}" if len(names) > SHOWN else ""
    return f"The {what} is not held of {', '.join(names[:SHOWN])}{more}."
