"""A page of the register shows the day that is asked for."""

from datetime import date
from functools import cached_property
from typing import Any

from pcnportal import clock
from pcnportal.pages.days import is_day
from pcnportal.pages.lists import as_at

CASES = "registry.view_case"
CHANGE = "registry.change_register"
HISTORY = "history.view_event"


class OfDay:
    """A page of the register: it shows the day that `?as_at=` names, else today."""

    request: Any

    @cached_property
    def day(self) -> date:
        return as_at(self.request)

    @cached_property
    def asked(self) -> str:
        """What keeps the day in a link to another page of the register; nothing for today."""
        return f"?as_at={self.day.isoformat()}" if self.day != clock.today() else ""

    def of_day(self) -> dict[str, Any]:
        """The day for the template, and what was typed where that is no date."""
        typed = self.request.GET.get("as_at", "")
        return {
            "day": self.day,
            "asked": self.asked,
            "with_closed": self.with_closed,
            "wrong": "" if is_day(typed) else typed,
        }

    @property
    def with_closed(self) -> bool:
        """Whether a list shows those that had closed by the day: where somebody looks for them."""
        return bool(self.request.GET.get("status") or self.request.GET.get("q"))

    def own(self) -> list[int]:
        """The commissioners whose cases the user may see."""
        return list(self.request.user.scope(CASES))


def corrected_of(sizes: Any) -> set[int]:
    """Of some list sizes those that a successor corrected."""
    return set(sizes.filter(superseded_by__isnull=False).values_list("pk", flat=True))
