"""Two documents, or two places of one, that state one fact differently."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.findings.statements import differing, stated_about
from pcnportal.pages.jinja import number
from pcnportal.people.models import Organisation
from registry.models import PCN, ListSize, Practice

from .about import about
from .rows import pcns_on


def documents_differ(day: date) -> Iterator[Doubt]:
    """Statements about one organisation that do not agree: a count, a date, a name, a rhythm."""
    statements = [s for model in (Organisation, Practice, PCN) for s in stated_about(model, day)]
    records = about(statements)
    for first, *others in differing(stated for stated in statements if stated.about in records):
        of = records[first.about]
        is_patients = first.what.partition(":")[0] == "patients"
        off = max(abs((other.number or Decimal(0)) - (first.number or Decimal(0))) for other in others)
        yield Doubt(
            subject=of.record,
            commissioner=of.commissioner,
            key=f"{first.what} {first.on or ''}".strip(),
            stated=first.quoted,
            stated_by=first.by,
            found="; ".join(f"“{other.text}”" for other in others),
            found_by="; ".join(other.by for other in others),
            difference=number(off) if off else "",
            patients=off if off and is_patients else None,
            meaning="Only one of them can be right, and people act on either.",
        )


def list_sizes_differ(day: date) -> Iterator[Doubt]:
    """A list size that a document implies of a PCN against the one that it prints as its list."""
    statements = [s for s in stated_about(PCN, day) if s.what == "list_size" and s.number is not None]
    records, pcns = about(statements), pcns_on(day)
    lists = _printed({stated.source_id for stated in statements})
    for stated in statements:
        of = records.get(stated.about)
        printed = lists.get((of.pk, stated.source_id)) if of else None
        if of and printed and printed[0] != stated.number:
            off = (stated.number or Decimal(0)) - printed[0]
            yield Doubt(
                subject=pcns[of.pk].record,
                commissioner=of.commissioner,
                key=str(stated.pk),
                stated=f"{number(printed[0])} patients",
                stated_by=printed[1],
                found=f"{number(stated.number)} patients: {stated.text}",
                found_by=stated.by,
                difference=f"{number(abs(off))} {'more' if off > 0 else 'fewer'}",
                patients=abs(off),
                meaning="The money of the document was worked out on another list than the one it prints.",
            )


def _printed(sources: set[int]) -> dict[tuple[int, int], tuple[Decimal, str]]:
    """The newest list size that each source prints, with its title, by organisation and source. One query."""
    rows = ListSize.objects.standing().filter(source__in=sources, kind=ListSize.Kind.REGISTERED)
    found = rows.order_by("as_at", "pk").values_list("organisation", "source", "patients", "source__title")
    return {(pk, source): (patients, title) for pk, source, patients, title in found}


RULES = (
    Rule(
        slug="documents-differ",
        group="documents",
        title="Two documents state one fact differently",
        question="Do two documents, or two places in one, state the same fact of the same organisation "
        "differently?",
        source="The statements with their documents and pages. Numbers are compared where they are stated "
        "for "
        "one day; dates, names and rhythms always.",
        to_do="Ask who published them which holds, and accept it with the answer.",
        find=documents_differ,
    ),
    Rule(
        slug="two-list-sizes-in-a-document",
        group="documents",
        title="A document works with two list sizes",
        question="Does a document imply another list size of a PCN than it prints?",
        source="The document: a printed amount divided by its printed rate a patient, beside its printed "
        "list",
        to_do="Ask for the list on which the money was worked out, and record it with its date.",
        find=list_sizes_differ,
    ),
)
