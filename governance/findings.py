"""What the governance floor doubts from what it holds: bodies of which documents differ."""

from collections.abc import Iterator
from datetime import date

from governance.models import Body
from pcnportal.findings.rules import Doubt, Rule
from pcnportal.findings.statements import differing, stated_about
from pcnportal.people.models import Organisation


def bodies_differ(day: date) -> Iterator[Doubt]:
    """Statements about one body that do not agree: its name, how often it meets, the day of a meeting."""
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
            commissioner=_commissioner(bodies[first.about]),
            key=first.what,
            stated=first.quoted,
            stated_by=first.by,
            found="; ".join(f"“{other.text}”" for other in others),
            found_by="; ".join(other.by for other in others),
            meaning="Only one of them can be right: who looks for the body or its decision may miss it.",
        )


def _commissioner(body: Body) -> int | None:
    """The commissioner whose body it is, else the one that it serves; None where it serves several."""
    if body.organisation.kind == Organisation.Kind.COMMISSIONER:
        return body.organisation_id
    serves = [organisation.pk for organisation in body.serves.all()]
    return serves[0] if len(serves) == 1 else None


RULES = (
    Rule(
        slug="documents-differ-on-a-body",
        group="documents",
        see="governance.view_meeting",
        title="Documents differ about a body",
        question="Do two documents, or two places in one, give another name, rhythm or day of the same body?",
        source="The statements with their documents and pages",
        to_do="Ask its secretary which holds, and accept it with the answer.",
        find=bodies_differ,
        after=("body",),
    ),
)
