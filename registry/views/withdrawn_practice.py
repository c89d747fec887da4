"""The address of a practice that never was: it says so, with what was said of it."""

from typing import Any

from django.db.models import Q
from django.http import Http404

from pcnportal.history.record import events_of
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import FormerDetail
from pcnportal.refusals import NotAllowed
from registry.models import Practice
from registry.views.of_day import HISTORY


class WithdrawnPractice(DetailPage):
    """By the code that it had, as long as no other practice has it, and always by an address of its own."""

    permission = "registry.view_register"
    model = Practice
    template_name = "registry/register/withdrawn.jinja"
    breadcrumbs = [("Practices", "registry:practices")]

    def fetch(self) -> Any:
        asked = self.kwargs["ods_code"]
        if "\x00" in asked:
            raise Http404  # PostgreSQL refuses to look for it
        withdrawn = Practice.every.filter(organisation__is_withdrawn=True)
        of_code = FormerDetail.every.filter(what=FormerDetail.What.CODE, value=asked).values("organisation")
        found = withdrawn.filter(Q(organisation__slug=asked) | Q(pk__in=of_code)).order_by("-pk").first()
        if found is None:
            raise Http404
        if not self.request.user.can(self.permission):
            raise NotAllowed("Your role does not allow this.")
        return found

    def context(self) -> dict[str, Any]:
        practice, user = self.object, self.request.user
        coded = FormerDetail.every.filter(organisation=practice.pk, what=FormerDetail.What.CODE)
        return {
            "withdrawn": coded.select_related("source").latest("pk"),
            "events": events_of(practice) if user.can(HISTORY, practice.commissioner) else None,
        }
