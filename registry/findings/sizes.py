"""How many patients: a PCN outside the band of the checklist."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from pcnportal.findings.rules import ORGANISATIONS, Doubt, Rule
from pcnportal.pages.jinja import number, plural
from registry.counted import PCNSize, counted
from registry.models import PCNPeriod
from registry.register import band_on

from .rows import everybodys_placings, pcns_on


def _closed_on(day: date) -> set[int]:
    rows = PCNPeriod.objects.on(day).filter(status=PCNPeriod.Status.CLOSED)
    return set(rows.values_list("pcn", flat=True))


def outside_the_band(day: date) -> Iterator[Doubt]:
    """A PCN whose registered list on `day` is below or above what the checklist in force allows."""
    band = band_on(day)
    if band is None:
        return
    pcns, closed = pcns_on(day), _closed_on(day)
    held: dict[int, set[int]] = defaultdict(set)
    proposed: dict[int, set[int]] = defaultdict(set)
    for placing in everybodys_placings(day):
        (proposed if placing.is_proposed else held)[placing.pcn].add(placing.practice)
    there = {pk: row for pk, row in pcns.items() if row.is_open(day) and pk not in closed}
    sizes = counted(day, {pk: held.get(pk) or proposed.get(pk, set()) for pk in there})
    for pk, row in there.items():
        counts = sizes[pk]
        size = counts.patients
        if size is None:
            continue
        check = band.check(size)
        if check == "In range":
            continue
        off = band.low - size if size < band.low else size - band.high
        yield Doubt(
            subject=row.record,
            commissioner=row.commissioner,
            stated=f"{number(band.low)} to {number(band.high)} patients",
            stated_by="The national checklist",
            found=f"{number(size)} patients ({_what(counts)}, {counts.dates})",
            found_by="; ".join(sorted({one.source__title for one in counts.of})),
            difference=check,
            patients=off,
            meaning="Below the minimum a network needs an exception agreed by NHS England’s regional team."
            if size < band.low
            else "Above it the commissioner decides; the network may work in smaller neighbourhood teams.",
        )


def _what(size: PCNSize) -> str:
    if size.is_stated:
        return "stated of the PCN"
    lists = f"the lists of {plural(len(size.lists), 'practice')}"
    if size.is_of_others and size.stated:
        return f"{lists}, since the stated {number(size.stated.patients)} was for other members"
    return lists


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
        after={*ORGANISATIONS, "checklist"},
    ),
)
