"""What the rules about bodies share."""

from datetime import date

from governance.known import known
from governance.mapping import is_closed
from governance.models import Body
from pcnportal.findings.rules import read_once
from pcnportal.people.models import Organisation

SEE = "governance.view_meeting"


@read_once
def bodies_on(day: date) -> list[Body]:
    """The bodies that are known on `day` and not closed, by name. Two queries."""
    rows = Body.objects.filter(known(day)).exclude(is_closed())
    return list(
        rows.select_related("organisation", "source").prefetch_related("serves").order_by("name", "pk")
    )


def commissioner_of(body: Body) -> int | None:
    """The commissioner whose body it is, else the one that it serves; None where it serves several."""
    if body.organisation.kind == Organisation.Kind.COMMISSIONER:
        return body.organisation_id
    serves = [organisation.pk for organisation in body.serves.all()]
    return serves[0] if len(serves) == 1 else None


def said_by(body: Body) -> str:
    """The document from which the body is known."""
    return str(body.source) if body.source else "Recorded in the portal"
