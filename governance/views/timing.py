"""One meeting's day, time, place and chair: moved with a reason, cancelled."""

from typing import Any

from django.urls import reverse

from governance.forms.planning import ArrangeForm, CancelForm, MoveForm, TurnForm
from governance.models import Meeting
from governance.planning import turns_of
from governance.views.meetings import OfMeeting
from governance.workflow.timing import (
    arrange_meeting,
    cancel_meeting,
    change_turn,
    items_that_stand_over,
    move_meeting,
    next_meeting,
    still_to_come,
)
from pcnportal.people.models import Organisation, in_force
from pcnportal.refusals import Refused

PLAN = "governance.plan_meeting"


class Timing(OfMeeting):
    permission = PLAN

    def queryset(self) -> Any:
        return Meeting.objects.select_related("body", "commissioner")


class MoveMeeting(Timing):
    form_class = MoveForm
    title = "Move the meeting"
    button = "Move the meeting"
    done = "The meeting is moved."
    intro = "The day it was on stays on its page, with your reason. Calendars that follow it move with it."

    def guard(self) -> None:
        self.object.day  # noqa: B018, raises where it is not held
        still_to_come(self.object)

    def initial(self) -> dict[str, Any]:
        return {
            "to_day": self.object.held_on,
            "to_time": self.object.starts_at,
            "ends_at": self.object.ends_at,
        }

    def save(self, form: Any) -> Any:
        move_meeting(self.object, by=self.request.user, **form.cleaned_data)


class ArrangeMeeting(Timing):
    form_class = ArrangeForm
    title = "Time and place"
    button = "Save"
    done = "Time and place are saved."

    def guard(self) -> None:
        if self.object.is_cancelled:
            raise Refused(f"This meeting was cancelled: {self.object.cancelled_because}")

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("starts_at", "ends_at", "place")}

    def save(self, form: Any) -> Any:
        arrange_meeting(self.object, by=self.request.user, **form.cleaned_data)


class CancelMeeting(Timing):
    form_class = CancelForm
    template_name = "governance/planning/cancel.jinja"
    title = "Cancel the meeting"
    button = "Cancel the meeting"
    warning = True
    done = "The meeting is cancelled."

    def guard(self) -> None:
        still_to_come(self.object)

    def context(self) -> dict[str, Any]:
        return {"items": items_that_stand_over(self.object).count(), "later": next_meeting(self.object)}

    def save(self, form: Any) -> Any:
        cancel_meeting(self.object, by=self.request.user, **form.cleaned_data)


class ChangeTurn(Timing):
    form_class = TurnForm
    title = "Who takes the chair"
    button = "Save"
    done = "Who takes the chair is saved."
    intro = "For this meeting alone. The turns after it go on from the partner that you choose."

    def guard(self) -> None:
        if self.object.is_cancelled:
            raise Refused(f"This meeting was cancelled: {self.object.cancelled_because}")
        if not self.partners():
            raise Refused(f"In which order partners chair {self.object.body} is not held.")

    def partners(self) -> Any:
        placed = self.object.body.turns.filter(in_force(self.object.day)).values("organisation")
        return Organisation.objects.filter(pk__in=placed)

    def form_kwargs(self) -> dict[str, Any]:
        return {"partners": self.partners()}

    def initial(self) -> dict[str, Any]:
        turn = turns_of(self.object.body, self.object.commissioner).get(self.object.pk)
        return {"partner": turn.pk if turn else None}

    def save(self, form: Any) -> Any:
        change_turn(self.object, by=self.request.user, **form.cleaned_data)
        return f"{reverse('governance:meeting', args=[self.object.pk])}#when"
