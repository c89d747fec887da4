"""Practices, PCNs, people, organisations and the user's own registrations, by name, ODS code or postcode."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from pcnportal.pages.search import Asked, Group
from pcnportal.people.models import FormerDetail, Organisation, Person, User
from registry.matching import otherwise_known

from .people import people
from .register import codes_held, organisations, page_of_code, pcns, practices
from .work import asked_and_promised, matches, registrations

__all__ = ["codes_held", "names", "page_of_code", "search_of"]


def names() -> list[tuple["QuerySet[Any]", str]]:
    """Where to look for words that are nearly the typed ones."""
    former = FormerDetail.objects.filter(what=FormerDetail.What.NAME)
    return [(Organisation.objects.all(), "name"), (former, "value"), (Person.objects.all(), "name")]


def search_of(user: User, given: Asked, day: date) -> list[Group]:
    """What the user may see of what matches, as it stands on `day`. Fourteen queries at most."""
    if not user.can("registry.view_register"):
        return []
    others = otherwise_known(given, day)
    return [
        practices(user, given, day, others),
        pcns(given, day, others),
        matches(user, given),
        registrations(user, given),
        asked_and_promised(user, given),
        people(user, given, day),
        organisations(given),
    ]
