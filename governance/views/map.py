"""The map: a nested list that works for everyone, and the same as a drawing."""

from typing import Any

from django.db.models import Count

from governance.drawing import drawing_of
from governance.known import bodies_for
from governance.mapping import by_side, map_on
from governance.workflow.bodies import PERMISSION
from pcnportal import clock
from pcnportal.pages.days import is_day
from pcnportal.pages.lists import as_at
from pcnportal.pages.pages import DetailPage

VIEW = "governance.view_meeting"


class GovernanceMap(DetailPage):
    permission = VIEW
    template_name = "governance/boards/map.jinja"
    title = "Boards and committees"

    def context(self) -> dict[str, Any]:
        user, day = self.request.user, as_at(self.request)
        own = user.scope(VIEW)
        boxes = map_on(day, own)
        typed = self.request.GET.get("as_at", "")
        later = (
            bodies_for(own)
            .filter(source__published_on__gt=day)
            .values("source__title", "source__published_on")
            .annotate(count=Count("pk"))
            .order_by("source__published_on", "source__title")
        )
        return {
            "day": day,
            "is_today": day == clock.today(),
            "wrong": "" if is_day(typed) else typed,
            "sides": by_side(boxes),
            "drawing": drawing_of(boxes) if boxes else None,
            "later": later,
            "may_add": user.can(PERMISSION),
        }
