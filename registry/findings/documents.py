"""Two documents, or two places of one, that state one fact differently."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.findings.statements import differing, stated_about
from pcnportal.pages.jinja import number
from pcnportal.people.models import Organisation
from registry.models import PCN, Practice

from .about import about


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
)
