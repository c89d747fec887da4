"""What the pages of a year share: the year of the address, and the day as of which money is reckoned."""

from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404

from funding.models import FinancialYear
from pcnportal import clock
from pcnportal.pages.context import is_there
from pcnportal.pages.days import is_day
from pcnportal.pages.lists import as_at

SEE = "funding.view_funding"
PLACES = [
    ("Payment runs", "/funding/runs/"),
    ("Rates", "/funding/rates/"),
    ("Claims for staff", "/funding/claims/"),
    ("As published against as calculated", "/funding/published/"),
    ("Budgets", "/funding/budgets/"),
]


def places() -> list[tuple[str, str]]:
    """(text, address) of the other pages about money."""
    return [(text, address) for text, address in PLACES if is_there(address)]


class OfYear:
    """A page of the year that its address names, as it stands on the day that `?as_at=` names, else today."""

    request: Any
    kwargs: Any
    permission = SEE

    @cached_property
    def year(self) -> FinancialYear:
        return get_object_or_404(FinancialYear, slug=self.kwargs["fy"])

    @cached_property
    def day(self) -> date:
        return as_at(self.request)

    @property
    def asked(self) -> str:
        """What keeps the day in a link to another page of the year; nothing for today."""
        return f"?as_at={self.day.isoformat()}" if self.day != clock.today() else ""

    def own(self) -> list[int]:
        """The commissioners whose money the user may see."""
        return list(self.request.user.scope(SEE))

    def of_year(self) -> dict[str, Any]:
        typed = self.request.GET.get("as_at", "")
        return {
            "year": self.year,
            "last_day": self.year.ends_on - timedelta(days=1),
            "places": places(),
            "day": self.day,
            "asked": self.asked,
            "wrong": "" if is_day(typed) else typed,
        }
