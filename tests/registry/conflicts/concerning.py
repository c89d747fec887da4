"""A case with practices, a payee and a federation, for whom conflicts are proposed."""

from datetime import date

from governance.models import Seat
from pcnportal.people.models import Organisation
from registry.concerned import As
from registry.conflicts import proposals_for
from tests import factories as make

DAY = make.COMMITTEE_DAY
BEFORE, AFTER = date(2019, 4, 1), date(2019, 5, 21)


def organisation(name):
    return Organisation.objects.get(name=name)


def sits(body, name="Dr Meena Thakur", **facts):
    """Somebody of that name who sits on the body."""
    person = make.PersonFactory.create(name=name, **facts)
    Seat.objects.create(body=body, person=person)
    return person


def elsewhere():
    return make.OrganisationFactory.create(name="A hospital", kind="provider")


def named(item):
    return {(found.person.name, found.rule) for found in proposals_for(item)}


ROLES = [
    ("Harrow East PCN", As.NETWORK),
    ("Honeypot Medical Centre", As.MEMBER),
    ("Bacon Lane Surgery", As.LEFT),
    ("Harrow Community Provider", As.PAYEE),
    ("Harrow Health CIC", As.FEDERATION),
]
