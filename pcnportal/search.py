"""Search over everything that has a name or a code. An exact ODS code leads straight to its page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

import governance.search
import registry.search
from pcnportal import clock
from pcnportal.pages.near import corrected
from pcnportal.pages.pages import DetailPage
from pcnportal.pages.search import Asked, Group, asked, without

FLOORS = (registry.search, governance.search)
LEAST, LONGEST = 2, 100
FEW = 3  # with fewer than that a slip is likely


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
        text = self.text
        if len(text) < LEAST:
            return {"q": text, "groups": [], "near": [], "is_short": bool(text)}
        given = asked(text)
        groups, near = self.search(given), []
        if sum(len(group.found) for group in groups) < FEW:
            names = [column for floor in FLOORS for column in floor.names()]
            if meant := corrected(given, names):
                near = without(self.search(meant), groups)
        return {"q": text, "groups": groups, "near": near, "is_short": False}

    def search(self, given: Asked) -> list[Group]:
        """The groups in which something was found that the user may see."""
        user, day = self.request.user, clock.today()
        return [group for floor in FLOORS for group in floor.search_of(user, given, day) if group.found]
