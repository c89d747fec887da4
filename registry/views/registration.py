"""One registration."""

from typing import Any

from pcnportal.pages.pages import DetailPage
from registry.models import Case


class RegistrationPage(DetailPage):
    permission = "registry.view_case"
    scope = "commissioner_id"
    model = Case
    template_name = "layouts/detail.jinja"

    def context(self) -> dict[str, Any]:
        return {}
