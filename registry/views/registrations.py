"""The registrations at a glance."""

from decimal import Decimal
from typing import Any

from django.core.paginator import Page

from pcnportal import clock
from pcnportal.pages.jinja import number
from pcnportal.pages.lists import CappedPaginator, ListPage
from registry.coverage import coverages_of
from registry.filters.registrations import RegistrationFilter
from registry.models import Case
from registry.overview import ORDER, with_overview
from registry.rows import Row, rows_of
from registry.statuses import NOT_PLACING
from registry.tables.registrations import RegistrationTable


class CountingPaginator(CappedPaginator):
    """Reads a page and the number of all rows in one query: each row carries it as `found`."""

    def get_page(self, number: Any) -> Page[Any]:
        wanted = int(number) if str(number or "").isdecimal() else 1
        first = (wanted - 1) * self.per_page
        if not 0 <= first < self.CAP:
            return super().get_page(number)
        rows = list(self.object_list[first : first + self.per_page])
        if not rows and first:
            return super().get_page(number)
        self.counted = rows[0].found if rows else 0
        return Page(rows, wanted, self)


class Registrations(ListPage):
    permission = "registry.view_case"
    scope = "commissioner_id"
    model = Case
    title = "Registrations"
    what = ("registration", "registrations")
    table_class = RegistrationTable
    filterset_class = RegistrationFilter
    paginator_class = CountingPaginator
    template_name = "registry/registrations.jinja"
    empty = "No registration has been started yet."

    def rows(self) -> Any:
        return with_overview(Case.objects.filter(kind=Case.Kind.REGISTRATION), clock.today())

    def complete(self, rows: list[Any]) -> list[Row]:
        return rows_of(rows, clock.today())

    def totals(self, rows: list[Row]) -> dict[str, Any]:
        """Practices and list sizes of one year; registrations that place no practice are left out."""
        if len({row.case.round_id for row in rows}) > 1:
            return {}
        counted = [row for row in rows if row.case.status not in NOT_PLACING]
        sizes = [row.stated_list_size for row in counted]
        missing = f" and {sizes.count(None)} not held" if None in sizes else ""
        left = len(rows) - len(counted)
        without = f" ({left} draft, withdrawn or not approved left out)" if left else ""
        return {
            "name": f"Total{without}",
            "practices": number(sum(row.case.practices for row in counted)),
            "stated_list_size": number(Decimal(sum(size or 0 for size in sizes))) + missing,
        }

    def context(self) -> dict[str, Any]:
        user = self.request.user
        own = user.scope(self.permission)
        names = {role.organisation_id: role.organisation for role in user.roles_in_force}
        coverages = coverages_of(own, clock.today())
        return {
            "coverages": [(names[pk], coverages[pk]) for pk in own],
            "order": ORDER,
            "may_start": user.can("registry.start_case"),
            "year": self.request.GET.get("year", ""),
        }
