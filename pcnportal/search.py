"""Search over everything that has a name or a code. An exact ODS code leads straight to its page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

import governance.search
import registry.search
from pcnportal import clock
from pcnportal.pages.pages import DetailPage

FLOORS = (registry.search, governance.search)
LEAST, LONGEST = 2, 100


class SearchPage(DetailPage):
    permission = "registry.view_register"
    template_name = "search.jinja"
    title = "Search"

    @property
    def text(self) -> str:
        """What was typed, with single spaces; no database keeps a zero byte."""
        return " ".join(self.request.GET.get("q", "").replace("\0", " ").split())[:LONGEST]

    def get(self, _request: Any, **kwargs: Any) -> HttpResponse:
        address = registry.search.page_of_code(self.text) if self.text else ""
        return redirect(address) if address else super().get(_request, **kwargs)

    def get_title(self) -> str:
        return f"Search: {self.text}" if self.text else self.title

    def context(self) -> dict[str, Any]:
        user, day, text = self.request.user, clock.today(), self.text
        is_long = len(text) >= LEAST
        groups = [
            found
            for floor in (FLOORS if is_long else ())
            for found in floor.search_of(user, text, day)
            if found.found
        ]
        return {"q": text, "groups": groups, "is_short": bool(text) and not is_long}
