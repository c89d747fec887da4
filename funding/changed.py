"""What changed between two reckonings of a payment, in words: from the workings that both kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from funding.changed_staff import staff_changed
from funding.entitlement import next_month
from pcnportal.pages.jinja import number, plural, pounds, words

Workings = Mapping[str, Any]
LISTED, STAFF = "lists", "staff"
SHOWN = 4
REIMBURSED = "What is reimbursed changed: the claims agreed, the posts or the baseline of staff."


def what_changed(
    before: Workings, now: Workings, months: Sequence[date], names: Mapping[int, str], pcn: int
) -> list[str]:
    """Sentences on the rates, the lists and the staff of `months` that differ; none where nothing does.

    `names` are those of the organisations in both workings, by id.
    """
    said: list[str] = []
    for month in months:
        old, new = _of_month(before, month), _of_month(now, month)
        for sentence in (*_rates(old, new), *_lists(old, new, names, pcn)):
            if sentence not in said:
                said.append(sentence)
    return [*said, *staff_changed(before.get(STAFF), now.get(STAFF), months)]


def organisations_of(workings: Workings) -> set[int]:
    """Whose lists the workings hold."""
    parts = (part for rate in workings.get("rates", ()) for part in rate.get(LISTED, ()))
    return {one[0] for part in parts for one in part.get("lists", ())}


def in_months(months: Collection[date]) -> str:
    """April to July 2019; July 2019; April 2019 and June 2019."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and next_month(runs[-1][-1]) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return words(_span(run[0], run[-1]) for run in runs)


def _span(first: date, last: date) -> str:
    if first == last:
        return f"{first:%B %Y}"
    return f"{first:%B}{'' if first.year == last.year else f' {first.year}'} to {last:%B %Y}"


def _of_month(workings: Workings, month: date) -> dict[str, tuple[Decimal, Any]]:
    """What is counted in a month -> the pounds for it and, where that is a list, the part that holds."""
    found = {}
    day = month.isoformat()
    for rate in workings.get("rates", ()):
        if rate["from"] <= day < rate["until"]:
            held = [part for part in rate.get(LISTED, ()) if part["from"] <= day]
            found[rate["per"]] = Decimal(rate["pounds"]), held[-1] if held else None
    return found


def _rates(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    said = []
    for per in sorted(old.keys() | new.keys()):
        was, now = (pounds(of[per][0]) if per in of else None for of in (old, new))
        if was != now and was and now:
            said.append(f"The rate was {was} and is {now}.")
        elif was != now:
            said.append(f"A rate of {now} counts now." if now else f"The rate of {was} no longer counts.")
    return said


def _lists(old: Mapping[str, Any], new: Mapping[str, Any], names: Mapping[int, str], pcn: int) -> list[str]:
    said = []
    for per in sorted(old.keys() & new.keys()):
        before, now = old[per][1], new[per][1]
        if before is None or now is None or before == now:
            continue
        was, is_now = _sizes(before), _sizes(now)
        if now.get("missing") and now.get("missing") != before.get("missing"):
            said.append(now["missing"])
        if before.get("missing") and now.get("patients") is not None:
            if held := sorted(names.get(one, "a practice") for one in is_now.keys() - was.keys()):
                said.append(_held_now(held))
            if pcn in is_now:
                continue
            was |= {one: is_now[one] for one in is_now.keys() - was.keys()}
        if now.get("missing"):
            # Who is not among the lists may be a member all the same.
            continue
        if pcn in was.keys() ^ is_now.keys():
            said.append(_other_basis(was, is_now, pcn))
        else:
            said += _one_by_one(was, is_now, names)
    return said


def _sizes(part: Mapping[str, Any]) -> dict[int, Decimal]:
    return {one[0]: Decimal(one[1]) for one in part.get("lists", ())}


def _held_now(names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"The list size of {names[0]} is held now."
    return f"The list sizes of {_listed(names)} are held now."


def _other_basis(was: Mapping[int, Decimal], now: Mapping[int, Decimal], pcn: int) -> str:
    if pcn in was:
        together = sum(now.values(), Decimal(0))
        lists = f"the {plural(len(now), 'list')} of its practices count, {number(together)} together"
        return f"The PCN’s own list of {number(was[pcn])} no longer counts: now {lists}."
    return f"Now the PCN’s own list of {number(now[pcn])} counts, in place of its practices’."


def _one_by_one(
    was: Mapping[int, Decimal], now: Mapping[int, Decimal], names: Mapping[int, str]
) -> list[str]:
    def named(one: int) -> str:
        return names.get(one, "a practice")

    said = [
        f"The list of {named(one)} was corrected from {number(was[one])} to {number(now[one])}."
        for one in sorted(was.keys() & now.keys(), key=named)
        if was[one] != now[one]
    ]
    for new_ones, verb in ((now.keys() - was.keys(), "joined"), (was.keys() - now.keys(), "left")):
        if new_ones:
            said.append(f"{_listed(sorted(map(named, new_ones)))} {verb}.")
    return said


def _listed(names: Sequence[str]) -> str:
    if len(names) <= SHOWN:
        return words(names)
    return f"{', '.join(names[:SHOWN])} and {len(names) - SHOWN} more practices"


def by_sentence(said: Mapping[Any, Sequence[str]]) -> list[tuple[str, list[Any]]]:
    """(sentence, whom it concerns) of what was said about several, in the order in which it was said."""
    pairs = [(sentence, one) for one, sentences in said.items() for sentence in sentences]
    order = {sentence: at for at, (sentence, _one) in reversed(list(enumerate(pairs)))}
    ranked = sorted(pairs, key=lambda pair: order[pair[0]])
    return [(sentence, [one for _, one in group]) for sentence, group in groupby(ranked, lambda p: p[0])]
