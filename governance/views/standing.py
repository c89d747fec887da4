"""Standing items of a body: the list of them in their order, and one page for each verb."""

from typing import Any

from django.urls import reverse

from governance.forms.agenda import MoveStandingForm, StandingForm
from governance.known import bodies_for
from governance.models import Body, StandingItem
from governance.views.bodies import MAP
from governance.views.body_parts import OfPart
from governance.views.body_verbs import OfBody
from governance.views.map import VIEW
from governance.workflow.bodies import may_change
from governance.workflow.standing import FACTS, add_standing, change_standing, end_standing, move_standing
from pcnportal.pages.forms import ReasonForm
from pcnportal.pages.pages import DetailPage


def page_of(body: Body) -> str:
    return reverse("governance:standing", args=[body.slug])


class StandingPage(DetailPage):
    permission = VIEW
    model = Body
    template_name = "governance/agenda/standing.jinja"
    breadcrumbs = [MAP]

    def queryset(self) -> Any:
        return bodies_for(self.request.user.scope(VIEW)).select_related("organisation")

    def get_title(self) -> str:
        return "Standing items"

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().get_breadcrumbs(), (str(self.object), self.object.get_absolute_url())]

    def context(self) -> dict[str, Any]:
        rows = list(self.object.standing_items.order_by("is_last", "position", "pk"))
        may_read = self.request.user.can("governance.read_private_paper")
        return {
            "rows": [row for row in rows if row.ends_on is None],
            "ended": [row for row in rows if row.ends_on is not None],
            "may_read_private": may_read,
            "may_change": may_change(self.object, self.request.user),
        }


class AddStanding(OfBody):
    form_class = StandingForm
    title = "Add a standing item"
    button = "Add the standing item"
    done = "The standing item is added. It comes on the agendas that are set up from now on."

    def initial(self) -> dict[str, Any]:
        return {"purpose": "note"}

    def back(self) -> str:
        return page_of(self.body)

    def save(self, form: Any) -> None:
        add_standing(self.body, **self.said(form), **{name: form.cleaned_data[name] for name in FACTS})


class OfStanding(OfPart):
    model = StandingItem

    def back(self) -> str:
        return page_of(self.body)


class ChangeStanding(OfStanding):
    form_class = StandingForm
    title = "Change the standing item"
    button = "Save the standing item"
    done = "The standing item is changed. Agendas that are set up stay as they are."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FACTS}

    def save(self, form: Any) -> None:
        change_standing(self.object, **self.said(form), **{name: form.cleaned_data[name] for name in FACTS})


class EndStanding(OfStanding):
    form_class = ReasonForm
    title = "End the standing item"
    button = "End the standing item"
    warning = True
    done = "The standing item comes on no further agenda."

    def save(self, form: Any) -> None:
        end_standing(self.object, **self.said(form), reason=form.cleaned_data["reason"])


class MoveStanding(OfStanding):
    form_class = MoveStandingForm
    title = "Move the standing item"
    button = "Move the standing item"
    done = "The standing item is moved."

    def save(self, form: Any) -> None:
        move_standing(self.object, **self.said(form), how=form.cleaned_data["how"])
