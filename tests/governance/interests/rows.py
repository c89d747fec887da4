"""Rows of the registers of interests and of breaches, and of conflicts."""

from itertools import count
from typing import Any

from governance.models import AgendaItem, Breach, Conflict, Interest
from pcnportal.people.models import User
from tests import factories as make

NUMBERS = count(1)


def interest(**facts: Any) -> Interest:
    """Of Dr Thakur, a partner of Honeypot Medical Centre, unless `facts` say another thing."""
    defaults: dict[str, Any] = {
        "kind": Interest.Kind.FINANCIAL,
        "role": Interest.Role.PARTNER,
        "nature": "Partner of the practice.",
    }
    if "commissioner" not in facts:
        defaults["commissioner"] = make.OrganisationFactory.create(code="08E")
    if "person" not in facts:
        defaults["person"] = make.PersonFactory.create()
    if "organisation" not in facts and "organisation_named" not in facts:
        defaults["organisation_named"] = "Honeypot Medical Centre"
    return Interest.objects.create(**defaults | facts)


def add_interests(item: AgendaItem, by: User, how_many: int) -> None:
    """So many interests, conflicts with the item, confirmed, and breaches, each of another person."""
    commissioner = item.meeting.commissioner
    for _ in range(how_many):
        number = next(NUMBERS)
        person = make.PersonFactory.create(name=f"Dr Interest {number}")
        held = interest(person=person, commissioner=commissioner)
        Conflict.objects.create(
            item=item,
            person=person,
            rule="declared-interest",
            key=f"declared-interest:{number}",
            because="Declared.",
            interest=held,
            judgement=Conflict.Judgement.CONFIRMED,
            judged_by=by,
        )
        Breach.objects.create(
            commissioner=commissioner,
            person=person,
            body=item.meeting.body,
            item=item,
            what="Declared after the meeting.",
            findings="So it was.",
            found_on=item.meeting.day,
            reported_by=by,
        )


def text(response: Any) -> str:
    """What a page says, once it is there."""
    assert response.status_code == 200
    return str(response.content.decode())
