"""Facts that stand on one of two days only: who opened, joined, left, leads, is paid, and what a PCN is.

What is gone is called what it was called on the first day, what is new as on the last.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from pcnportal.people.models import Organisation, Succession
from registry.chronicle import BEFORE
from registry.models import PCN, ClinicalDirector, Membership, NominatedPayee, PCNPeriod, Practice

from .days import MOST, Between, Change, as_it_was, change_of


def opened(between: Between) -> Iterator[Change]:
    rows = list(_practices(between, "opened_on"))
    as_it_was(between.last, rows)
    for row in rows:
        yield change_of(row, "opened", "", "Open", row.opened_on)


def closed(between: Between) -> Iterator[Change]:
    rows = list(_practices(between, "closed_on"))
    as_it_was(between.first, rows)
    for row in rows:
        yield change_of(row, "closed", "Open", "Closed", row.closed_on)


def _practices(between: Between, name: str) -> "QuerySet[Organisation]":
    rows = Organisation.objects.filter(between.within(name), kind=Organisation.Kind.PRACTICE)
    return rows.filter(between.of(pk=Practice)).order_by("name", "pk")[:MOST]


def taken_over(between: Between) -> Iterator[Change]:
    """Practices that merged or whose list went elsewhere."""
    rows = Succession.objects.filter(between.within("on")).exclude(kind=Succession.Kind.SUCCEEDED)
    rows = rows.filter(between.of(predecessor=Practice)).select_related("predecessor", "successor")
    held = list(rows.order_by("predecessor__name", "pk")[:MOST])
    as_it_was(between.first, [row.predecessor for row in held])
    as_it_was(between.last, [row.successor for row in held if row.successor])
    for row in held:
        said = BEFORE[Succession.Kind(row.kind)]
        yield change_of(row.predecessor, "taken_over", "", f"{said} {row.successor or ''}".strip(), row.on)


def joined(between: Between) -> Iterator[Change]:
    for row in _memberships(between, between.last, between.appeared, between.gone):
        yield change_of(row.practice.organisation, "joined", "", str(row.pcn), row.starts_on)


def left(between: Between) -> Iterator[Change]:
    for row in _memberships(between, between.first, between.gone, between.appeared):
        yield change_of(row.practice.organisation, "left", str(row.pcn), "", row.ends_on)


def _memberships(
    between: Between, day: date, these: Callable[..., Any], those: Callable[..., Any]
) -> Iterator[Any]:
    """Of a pair that stands on both days, in another row on each, nothing changed."""
    rows = Membership.objects.filter(between.of(practice=Practice, pcn=PCN)).order_by()
    same = set(those(rows).values_list("practice", "pcn"))
    found = these(rows).select_related("practice__organisation", "pcn__organisation")
    held = [
        row
        for row in found.order_by("practice__organisation__name", "pk")[:MOST]
        if (row.practice_id, row.pcn_id) not in same
    ]
    as_it_was(day, [one.organisation for row in held for one in (row.practice, row.pcn)])
    yield from held


def status(between: Between) -> Iterator[Change]:
    """What a PCN was and is."""
    rows = PCNPeriod.objects.filter(between.of(pcn=PCN)).select_related("pcn__organisation").order_by("pk")
    old = {row.pcn_id: row for row in between.gone(rows)[:MOST]}
    new = {row.pcn_id: row for row in between.appeared(rows)[:MOST]}
    as_it_was(between.last, [row.pcn.organisation for row in new.values()])
    as_it_was(between.first, [row.pcn.organisation for row in old.values()])
    found = []
    for pk in {**old, **new}:
        was, is_ = old.get(pk), new.get(pk)
        words = [row.get_status_display() if row else "" for row in (was, is_)]
        day = is_.starts_on if is_ else was.ends_on if was else None
        if words[0] != words[1]:
            found.append(change_of((is_ or was).pcn.organisation, "status", words[0], words[1], day))  # type: ignore[union-attr]
    yield from sorted(found, key=lambda change: (change.name, change.href))


def directors(between: Between) -> Iterator[Change]:
    yield from _posts(between, ClinicalDirector, "person", "directors")


def payees(between: Between) -> Iterator[Change]:
    yield from _posts(between, NominatedPayee, "organisation", "payees")


def _posts(between: Between, model: Any, who: str, kind: str) -> Iterator[Change]:
    rows = model.objects.filter(between.of(pcn=PCN)).select_related(who, "pcn__organisation")
    rows = rows.order_by("pcn__organisation__name", "pk")
    gone, new = list(between.gone(rows)[:MOST]), list(between.appeared(rows)[:MOST])
    pairs = [{(row.pcn_id, getattr(row, f"{who}_id")) for row in found} for found in (gone, new)]
    same = pairs[0] & pairs[1]
    for found, day in ((gone, between.first), (new, between.last)):
        paid = [row.organisation for row in found] if who == "organisation" else []
        as_it_was(day, [*paid, *(row.pcn.organisation for row in found)])
    for found, is_new in ((gone, False), (new, True)):
        for row in found:
            if (row.pcn_id, getattr(row, f"{who}_id")) not in same:
                words, on = (("", str(row)), row.starts_on) if is_new else ((str(row), ""), row.ends_on)
                yield change_of(row.pcn.organisation, kind, *words, on)
