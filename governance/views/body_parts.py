"""What the secretary changes of a body's lines and seats: one page for each verb."""

from typing import Any

from django.db import transaction

from governance.forms.boards import EndForm, LinkForm, NameSeatForm, SeatForm
from governance.known import held
from governance.models import Body, BodyLink, Seat
from governance.proposing import NOBODY, Proposing
from governance.views.body_verbs import OfBody
from governance.workflow.links import add_link, end_link
from governance.workflow.seats import add_seat, end_seat, name_seat
from pcnportal import clock


class AddLink(OfBody):
    form_class = LinkForm
    title = "Add a line"
    intro = "From this body to another: it reports to it, or feeds into it."
    button = "Add the line"
    done = "The line is drawn."

    def form_kwargs(self) -> dict[str, Any]:
        others = self.visible().exclude(pk=self.object.pk).exclude(status=Body.Status.CLOSED)
        return {"bodies": others.order_by("name")}

    @transaction.atomic
    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        line = {name: typed[name] for name in ("to", "kind", "starts_on")}
        add_link(self.body, **self.said(form), **line, source=form.source())


class AddSeat(OfBody):
    proposing: Proposing = NOBODY
    form_class = SeatForm
    title = "Add a seat"
    intro = "Of an organisation, a person or an office. Without a name the member is to be named."
    button = "Add the seat"
    done = "The seat is added."

    def form_kwargs(self) -> dict[str, Any]:
        seats = self.object.seats.filter(held(clock.today())).exclude(part=Seat.Part.DEPUTY)
        return {"seats": seats.select_related("person", "organisation")}

    @transaction.atomic
    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        names = ("organisation", "person", "name", "office", "part", "deputises", "chairs", "is_guardian")
        seat = {name: typed[name] for name in (*names, "is_voting", "starts_on", "ends_on")}
        if seat["part"] != Seat.Part.DEPUTY:
            seat["deputises"] = None
        add_seat(self.body, **self.said(form), **seat, source=form.source(), then=self.proposing.look_at)


class OfPart(OfBody):
    """A verb about a line or a seat of a body."""

    @property
    def body(self) -> Body:
        body: Body = self.object.body
        return body

    def queryset(self) -> Any:
        return self.model.objects.filter(body__in=self.visible()).select_related("body__organisation")

    def get_caption(self) -> str:
        return str(self.object)


class EndLink(OfPart):
    model = BodyLink
    form_class = EndForm
    title = "End the line"
    button = "End the line"
    done = "The line is ended."

    def queryset(self) -> Any:
        return super().queryset().select_related("body__organisation", "to")

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        end_link(self.object, **self.said(form), ends_on=typed["ends_on"], reason=typed["reason"])


class EndSeat(OfPart):
    model = Seat
    proposing: Proposing = NOBODY
    form_class: type[Any] = EndForm
    title = "End the seat"
    button = "End the seat"
    done = "The seat is ended."

    def queryset(self) -> Any:
        return super().queryset().select_related("body__organisation", "person", "organisation")

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        end = {name: typed[name] for name in ("ends_on", "reason")}
        end_seat(self.object, **self.said(form), **end, then=self.proposing.look_at)


class NameSeat(EndSeat):
    form_class = NameSeatForm
    title = "Name who takes the seat"
    button = "Name the member"
    done = "The member is named."

    @transaction.atomic
    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        who = {name: typed[name] for name in ("person", "name", "starts_on")}
        name_seat(self.object, **self.said(form), **who, source=form.source(), then=self.proposing.look_at)
