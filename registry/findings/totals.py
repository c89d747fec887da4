"""Totals that a document prints against the parts that it prints, and a PCN's list against its practices'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.findings.statements import Stated, stated_about
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import number, plural
from pcnportal.people.models import Organisation
from registry.models import PCN, ListSize

from .about import About, about
from .rows import members_then, pcns_on

# Of which words the parts are, where a statement is not a `total:` of its own `part:`s.
PARTS = {"practices": ("contract", "rating")}


def _parts(total: Stated, own: list[Stated]) -> Iterator[list[Stated]]:
    """The parts that the document prints of a total: each way of dividing it up."""
    kind, _, of = total.what.partition(":")
    if kind == "total":
        yield [part for part in own if part.what.startswith(f"part:{of}:")]
    for word in PARTS.get(total.what, ()):
        yield [part for part in own if part.what.partition(":")[0] == word]


def printed_totals(day: date) -> Iterator[Doubt]:
    """A total that is not the sum of the parts which the same document gives of it."""
    statements = [*stated_about(Organisation, day), *stated_about(PCN, day)]
    records = about(statements)
    together: dict[tuple[str, int], list[Stated]] = defaultdict(list)
    for stated in statements:
        if stated.number is not None and stated.about in records:
            together[stated.about, stated.source_id].append(stated)
    for (key, _), own in together.items():
        for total in own:
            for parts in _parts(total, own):
                figure = sum((part.number or Decimal(0) for part in parts), Decimal(0))
                if parts and figure != total.number:
                    yield _does_not_add_up(records[key], total, parts, figure)


def _does_not_add_up(of: About, total: Stated, parts: list[Stated], figure: Decimal) -> Doubt:
    off = figure - (total.number or Decimal(0))
    return Doubt(
        subject=of.record,
        commissioner=of.commissioner,
        key=f"{total.pk} {parts[0].what.partition(':')[0]}",
        stated=total.quoted,
        stated_by=total.by,
        found=f"{number(figure)}, added up from {plural(len(parts), 'part')}: "
        + "; ".join(f"{_name(part)} {part.text}" for part in parts),
        found_by=parts[0].by,
        difference=f"{number(abs(off))} {'more' if off > 0 else 'less'} in the parts",
        meaning="The document contradicts itself: one of its figures is misprinted, or a part is missing.",
    )


def _name(part: Stated) -> str:
    return part.what.split(":")[-1]


def lists_of_members(day: date) -> Iterator[Doubt]:
    """A PCN's list size against the lists of its practices that the same source gives for the same day."""
    rows = ListSize.objects.standing().filter(kind=ListSize.Kind.REGISTERED, averaged_from__isnull=True)
    stated = rows.filter(organisation__kind=Organisation.Kind.PCN, as_at__lte=day).order_by("pk")
    totals = list(stated.values_list("organisation", "patients", "as_at", "source", "source__title"))
    if not totals:
        return
    wanted = rows.filter(source__in={source for *_, source, _ in totals})
    lists = {
        (organisation, as_at, source): patients
        for organisation, as_at, source, patients in wanted.order_by().values_list(
            "organisation", "as_at", "source", "patients"
        )
    }
    members, pcns = members_then(day), pcns_on(day)
    for pk, patients, as_at, source, title in totals:
        own = {practice: lists.get((practice, as_at, source)) for practice in members.of(pk, as_at)}
        held = [size for size in own.values() if size is not None]
        figure = sum(held, Decimal(0))
        if held and len(held) == len(own) and figure != patients:
            off = figure - patients
            yield Doubt(
                subject=pcns[pk].record,
                commissioner=pcns[pk].commissioner,
                key=f"{source} {as_at}",
                stated=f"{number(patients)} patients on {written(as_at)}",
                stated_by=title,
                found=f"{number(figure)}, added up from the lists of {plural(len(held), 'practice')}",
                found_by=title,
                difference=f"{number(abs(off))} {'more' if off > 0 else 'fewer'} in the practices’ lists",
                patients=abs(off),
                meaning="Payments follow the list: which figure is used decides what the network is paid.",
            )


RULES = (
    Rule(
        slug="printed-total-against-its-parts",
        group="documents",
        title="A printed total that its parts do not add up to",
        question="Does a document print a total that is not the sum of the parts it prints?",
        source="The document itself: practices by contract and by CQC rating, people by group",
        to_do="Ask the publisher which figure holds, and accept it with the answer.",
        find=printed_totals,
    ),
    Rule(
        slug="list-size-against-its-practices",
        group="documents",
        title="A PCN’s list size and its practices’ lists",
        question="Is a PCN’s list size not the sum of its practices’ lists, of the same source and day?",
        source="Network Contract DES 2019/20: the network’s list is the sum of its members’. No tolerance: "
        "it is one "
        "source and one day.",
        to_do="Find the practice that is missing or counted twice, and correct the list sizes or the "
        "members.",
        find=lists_of_members,
    ),
)
