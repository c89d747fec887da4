"""How many patients: a PCN outside the band of the checklist."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.pages.jinja import number, plural
from registry.models import PCNPeriod
from registry.placings import dated, newest_sizes
from registry.register import band_on

from .rows import everybodys_placings, pcns_on


def _closed_on(day: date) -> set[int]:
    rows = PCNPeriod.objects.on(day).filter(status=PCNPeriod.Status.CLOSED)
    return set(rows.values_list("pcn", flat=True))


def outside_the_band(day: date) -> Iterator[Doubt]:
    """A PCN whose registered list on `day` is below or above what the checklist in force allows.

    The list is what is stated of the PCN, else the sum of its practices' lists where all of them are held.
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
        practices = members.get(pk, set())
        lists = [sizes[practice] for practice in practices if practice in sizes]
        if pk in sizes:
            size, by = sizes[pk].patients, sizes[pk].source__title
            when = dated(sizes[pk].as_at, sizes[pk].averaged_from)
            said = "stated of the PCN"
        elif practices and len(lists) == len(practices):
            size, by = sum((held.patients for held in lists), Decimal(0)), lists[0].source__title
            when = " and ".join(sorted({dated(held.as_at, held.averaged_from) for held in lists}))
            said = f"the lists of {plural(len(lists), 'practice')}"
        else:
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
            found=f"{number(size)} patients ({said}, {when})",
            found_by=by,
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
