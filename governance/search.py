"""Bodies by name, and who sits on them."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from governance.known import held, known
from governance.models import Body, Seat
from pcnportal.pages.search import Asked, Found, Group, group, named
from pcnportal.people.models import User


def names() -> list[tuple["QuerySet[Any]", str]]:
    """Where to look for words that are nearly the typed ones; a member of a body is a person."""
    return [(Body.objects.all(), "name")]


def search_of(user: User, given: Asked, day: date) -> list[Group]:
    """The bodies of the user's commissioners, and their members on `day`. Two queries."""
    own = user.scope("governance.view_meeting")
    if not own:
        return []
    bodies = (
        Body.objects.filter(known(day), named(given, "name"))
        .filter(Q(organisation__in=own) | Q(serves__in=own))
        .select_related("organisation")
        .distinct()
        .order_by("name")
    )
    seats = (
        Seat.objects.filter(held(day), named(given, "person__name"))
        .filter(Q(body__organisation__in=own) | Q(body__serves__in=own))
        .select_related("person", "body")
        .distinct()
        .order_by("person__name", "pk")
    )
    return [
        group(
            "Boards and committees",
            [
                Found(body.name, f"{body.get_kind_display()} · {body.organisation}", body.get_absolute_url())
                for body in bodies[: given.most]
            ],
            given,
        ),
        group(
            "Members of boards and committees",
            [
                Found(
                    seat.person.name, f"{seat.office or 'Member'} · {seat.body}", seat.body.get_absolute_url()
                )
                for seat in seats[: given.most]
            ],
            given,
        ),
    ]
