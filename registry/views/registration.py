"""One registration: how it stands, what can be done now, and what is behind it."""

from typing import Any

from django.template.defaultfilters import filesizeformat

from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.pages import DetailPage
from registry.doing import doing_of
from registry.models import Case
from registry.papers import papers_are_closed_to
from registry.picture import dated, picture_of, pictured_cases
from registry.stages import sentence_of, steps_of

RECENT = 10


class RegistrationPage(DetailPage):
    permission = "registry.view_case"
    scope = "commissioner_id"
    model = Case
    template_name = "registry/registration.jinja"
    breadcrumbs = [("Registrations", "registry:registrations")]

    def queryset(self) -> Any:
        return pictured_cases()

    def get_caption(self) -> str:
        profile = getattr(self.object.commissioner, "commissioning", None)
        return f"{profile.short_name if profile else self.object.commissioner} · {self.object.round}"

    def context(self) -> dict[str, Any]:
        user, case = self.request.user, self.object
        picture = picture_of(case, clock.today())
        events = list(events_of(case))
        returned = next((event.reason for event in events if event.verb == "return_form"), "")
        return {
            "p": picture,
            "steps": steps_of(picture),
            "sentence": sentence_of(picture, returned),
            "doing": doing_of(picture, user),
            "members": [(member, dated(member)) for member in picture.members],
            "documents": [(document, filesizeformat(document.size)) for document in picture.documents],
            "papers_closed": papers_are_closed_to(user, case),
            "may_add": user.can("registry.submit_case", case.commissioner_id),
            "may_reply": user.can("registry.review_case", case.commissioner_id),
            "events": events[:RECENT],
            "earlier": events[RECENT:],
        }
