"""Who sits on the bodies."""

from typing import Any

from governance.known import bodies_for, held
from governance.models import Seat
from governance.tables.boards import SeatFilter, SeatTable
from governance.views.bodies import MAP
from governance.views.map import VIEW
from pcnportal.pages.lists import ListPage, as_at


class MemberList(ListPage):
    permission = VIEW
    model = Seat
    table_class = SeatTable
    filterset_class = SeatFilter
    title = "Members of boards and committees"
    what = ("seat", "seats")
    empty = "No seat is held on a body of your organisation."
    template_name = "governance/boards/list.jinja"
    breadcrumbs = [MAP]

    def rows(self) -> Any:
        bodies = bodies_for(self.request.user.scope(VIEW))
        return (
            Seat.objects.filter(held(as_at(self.request)), body__in=bodies)
            .select_related("body", "person", "organisation")
            .order_by("body__name", "pk")
        )
