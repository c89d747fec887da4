"""How many patients: a PCN outside the band of the checklist."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import number, plural
from registry.models import PCNPeriod
from registry.placings import Size, dated, newest_sizes
from registry.register import band_on

from .rows import everybodys_placings, pcns_on
from .sizing import middle


def _closed_on(day: date) -> set[int]:
    rows = PCNPeriod.objects.on(day).filter(status=PCNPeriod.Status.CLOSED)
    return set(rows.values_list("pcn", flat=True))


def _newest(stated: Size | None, lists: Iterable[Size | None]) -> list[Size]:
    """The stated size alone, or the lists of the practices; nothing where neither is held whole."""
    lists = list(lists)
    held = [size for size in lists if size]
    is_whole = bool(held) and len(held) == len(lists)
    if stated is None:
        return held if is_whole else []
    return held if is_whole and all(_middle(size) > _middle(stated) for size in held) else [stated]


def _middle(size: Size) -> date:
    """The day of a size; of an average the middle of its time, since it is no newer than that."""
    return middle(size.as_at, size.averaged_from)


def outside_the_band(day: date) -> Iterator[Doubt]:
    """A PCN whose registered list on `day` is below or above what the checklist in force allows.

    The list is the newer one of what is stated of the PCN and the sum of its practices' lists, which counts
    where each of them is held for a later day than the stated one.
    """
    band = band_on(day)
    if band is None:
        return
    members: dict[int, set[int]] = defaultdict(set)
    for placing in everybodys_placings(day):
        members[placing.pcn].add(placing.practice)
    pcns, closed = pcns_on(day), _closed_on(day)
    sizes = newest_sizes(day, [*pcns, *(practice for some in members.values() for practice in some)])
    for pk, row in pcns.items():
        if not row.is_open(day) or pk in closed:
            continue
        lists = _newest(sizes.get(pk), [sizes.get(practice) for practice in members.get(pk, ())])
        if not lists:
            continue
        size = sum((held.patients for held in lists), Decimal(0))
        when = " and ".join(sorted({dated(held.as_at, held.averaged_from) for held in lists}))
        is_stated = lists == [sizes.get(pk)]
        said = "stated of the PCN" if is_stated else f"the lists of {plural(len(lists), 'practice')}"
        check = band.check(size)
        if check == "In range":
            continue
        off = band.low - size if size < band.low else size - band.high
        yield Doubt(
            subject=row.record,
            commissioner=row.commissioner,
            stated=f"{number(band.low)} to {number(band.high)} patients",
            stated_by="The national checklist",
            found=f"{number(size)} patients ({said}, {when})",
            found_by="; ".join(sorted({held.source__title for held in lists})),
            difference=check,
            patients=off,
            meaning="Below the minimum a network needs an exception agreed by NHS England’s regional team."
            if size < band.low
            else "Above it the commissioner decides; the network may work in smaller neighbourhood teams.",
        )


RULES = (
    Rule(
        slug="outside-the-band",
        group="register",
        title="PCN outside the usual size",
        question="Does a PCN serve fewer or more patients than the checklist in force says?",
        source="NHS England, PCN FAQs, second iteration, May 2019; the figures are those of the national "
        "checklist in force on the day",
        to_do="Accept it with the decision that allowed the size, or review the network with its practices.",
        find=outside_the_band,
    ),
)
