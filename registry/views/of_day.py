"""A page of the register shows the day that is asked for."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

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


def by_code(request: HttpRequest, model: Any, typed: str) -> HttpResponseBase | None:
    """To the own address of the practice or PCN that has the code `typed`, in any case; None where none has.

    What else was asked for, such as the day, is kept.
    """
    if request.method not in ("GET", "HEAD") or "\x00" in typed:
        return None
    found = model.objects.filter(organisation__code=typed.upper()).select_related("organisation").first()
    address = found.get_absolute_url() if found else request.path
    if address == request.path:
        return None
    asked = request.META.get("QUERY_STRING", "")
    return redirect(f"{address}?{asked}" if asked else address)


def corrected_of(sizes: Any) -> set[int]:
    """Of some list sizes those that a successor corrected."""
    return set(sizes.filter(superseded_by__isnull=False).values_list("pk", flat=True))
