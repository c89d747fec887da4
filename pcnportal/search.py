"""Search over everything that has a name or a code. An exact ODS code leads straight to its page."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

import governance.search
import registry.search
from pcnportal import clock
from pcnportal.pages.near import corrected
from pcnportal.pages.near_codes import near_codes
from pcnportal.pages.pages import DetailPage
from pcnportal.pages.search import FEWER, MOST, Asked, Group, asked, either, lacking

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
            return {"q": text, "sections": [], "is_short": bool(text)}
        found = self.search(asked(text))
        sections = [("", found)]
        if all(group.by_text for group in found) and (part_of := either(text)):
            parts = lacking(self.search(part_of), found)
            found = [*found, *parts]
            sections.append((f"{_quoted(part_of)}:", parts))
        number = sum(len(group.found) for group in found)
        if number < FEW and (meant := self.meant(is_found=bool(number))):
            near = lacking(self.search(meant), found, FEWER if found else MOST)
            sections.append(("Did you mean:" if found else f"No exact match for “{text}”. Nearest:", near))
        return {"q": text, "sections": [one for one in sections if one[1]], "is_short": False}

    def meant(self, *, is_found: bool) -> Asked | None:
        """What may be meant: a code that is near the typed one, where that is none; else words of a name."""
        for near in near_codes(self.text) if not is_found else ():
            if codes := registry.search.codes_held(near):
                return Asked("", (), self.text, codes=tuple(codes))
        return corrected(asked(self.text), [column for floor in FLOORS for column in floor.names()])

    def search(self, given: Asked) -> list[Group]:
        """The groups in which something was found that the user may see."""
        user, day = self.request.user, clock.today()
        return [group for floor in FLOORS for group in floor.search_of(user, given, day) if group.found]


def _quoted(given: Asked) -> str:
    return " or ".join(f"“{part.typed}”" for part in given.parts)
