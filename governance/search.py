"""Bodies by name, and who sits on them."""

from datetime import date

from django.db.models import Q

from governance.models import Body, Seat
from pcnportal.pages.search import MOST, Found, Group, group, named
from pcnportal.people.models import User, in_force


def search_of(user: User, text: str, day: date) -> list[Group]:
    """The bodies of the user's commissioners, and their members on `day`. Two queries."""
    own = user.scope("governance.view_meeting")
    if not own:
        return []
    bodies = (
        Body.objects.filter(named(text, "name"))
        .filter(Q(organisation__in=own) | Q(serves__in=own))
        .select_related("organisation")
        .distinct()
        .order_by("name")
    )
    seats = (
        Seat.objects.filter(in_force(day), named(text, "person__name"))
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
                for body in bodies[: MOST + 1]
            ],
        ),
        group(
            "Members of boards and committees",
            [
                Found(
                    seat.person.name, f"{seat.office or 'Member'} · {seat.body}", seat.body.get_absolute_url()
                )
                for seat in seats[: MOST + 1]
            ],
        ),
    ]
