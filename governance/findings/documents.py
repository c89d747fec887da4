"""Bodies of which two documents, or two places of one, say different things."""

from collections.abc import Iterator
from datetime import date

from governance.models import Body
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.findings.statements import differing, stated_about

from .about import SEE, commissioner_of


def bodies_differ(day: date) -> Iterator[Doubt]:
    """Statements about one body that do not agree: its name, kind or rhythm, the day of a meeting."""
    statements = stated_about(Body, day)
    bodies = {
        body.slug: body
        for body in Body.objects.filter(slug__in={stated.about for stated in statements})
        .select_related("organisation")
        .prefetch_related("serves")
    }
    for first, *others in differing(stated for stated in statements if stated.about in bodies):
        yield Doubt(
            subject=bodies[first.about],
            commissioner=commissioner_of(bodies[first.about]),
            key=first.what,
            stated=first.quoted,
            stated_by=first.by,
            found="; ".join(f"“{other.text}”" for other in others),
            found_by="; ".join(other.by for other in others),
            meaning="Only one of them can be right: who looks for the body or its decision may miss it.",
        )


RULES = (
    Rule(
        slug="documents-differ-on-a-body",
        group="documents",
        see=SEE,
        title="Documents differ about a body",
        question="Do two documents, or two places in one, give another name, kind, rhythm or day of the same "
        "body?",
        source="The statements with their documents and pages",
        to_do="Ask its secretary which holds, and accept it with the answer.",
        find=bodies_differ,
        after=("body",),
    ),
)
