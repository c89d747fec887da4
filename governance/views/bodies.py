"""Bodies: all of them, and one."""

from typing import Any

from django.db.models import Min, Q

from governance.models import Body
from pcnportal import clock
from pcnportal.pages.pages import DetailPage
from pcnportal.people.models import in_force


def with_next_meeting(commissioners: list[int]) -> Any:
    """Bodies that belong to or serve the commissioners, each with the day they next meet for them."""
    coming = Q(meetings__held_on__gte=clock.today(), meetings__commissioner__in=commissioners)
    return (
        Body.objects.filter(Q(organisation__in=commissioners) | Q(serves__in=commissioners))
        .select_related("organisation")
        .annotate(next_meeting=Min("meetings__held_on", filter=coming))
        .distinct()
        .order_by("kind", "name")
    )


class Bodies(DetailPage):
    permission = "governance.view_meeting"
    template_name = "governance/bodies.jinja"
    title = "Boards and committees"

    def context(self) -> dict[str, Any]:
        return {"bodies": with_next_meeting(self.request.user.scope(self.permission))}


class BodyPage(DetailPage):
    permission = "governance.view_meeting"
    template_name = "governance/body.jinja"
    model = Body
    breadcrumbs = [("Boards and committees", "governance:map")]

    def queryset(self) -> Any:
        return with_next_meeting(self.request.user.scope(self.permission)).select_related("source")

    def get_caption(self) -> str:
        return str(self.object.organisation)

    def context(self) -> dict[str, Any]:
        day, user = clock.today(), self.request.user
        meetings = (
            self.object.meetings.filter(commissioner__in=user.scope(self.permission))
            .select_related("commissioner")
            .order_by("-held_on", "-pk")
        )
        return {
            "coming": list(meetings.filter(held_on__gte=day)[:25])[::-1],
            "past": meetings.filter(held_on__lt=day)[:25],
            "seats": self.object.seats.filter(in_force(day)).select_related("person"),
            "quorum": self.object.quorum_rules.filter(in_force(day)).select_related("source").first(),
            "may_plan": user.can("governance.plan_meeting"),
        }
