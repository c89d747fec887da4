"""The commissioner's letter to a PCN about a decision."""

from typing import Any

from django.urls import reverse

from pcnportal.pages.pages import DetailPage
from registry.letter import letter_of, letters
from registry.models import Decision


class LetterPage(DetailPage):
    permission = "registry.view_case"
    scope = "case.commissioner_id"
    model = Decision
    template_name = "registry/letter.jinja"

    def queryset(self) -> Any:
        return letters()

    def get_title(self) -> str:
        case = self.object.case
        return f"Registration of {case.pcn} for {case.round.year}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        case = self.object.case
        return [
            ("Registrations", reverse("registry:registrations")),
            (str(case), case.get_absolute_url()),
        ]

    def context(self) -> dict[str, Any]:
        facts = letter_of(self.object)
        case = self.object.case
        lines = [str(case.commissioner), "Primary care team", case.commissioner.postcode]
        return {
            "facts": facts,
            "letter": {
                "from": [line for line in lines if line],
                "to": [
                    *(f"{person.name}, clinical director" for person in facts.directors),
                    str(case.pcn),
                ],
                "date": self.object.letter.issued_on,
                "reference": "",
            },
        }
