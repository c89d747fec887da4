"""The page that puts an open condition on the agenda of a body that may judge or waive it."""

from typing import Any

from django.urls import reverse

from pcnportal.refusals import Refused
from registry.conditions import meetings_to_come, why_on_no_other_agenda
from registry.forms.conditions import AgendaForm
from registry.workflow.condition_agenda import bodies_for, put_on_agenda
from registry.workflow.conditions import PERMISSIONS

from .condition_verbs import ConditionVerb


class PutOnAgenda(ConditionVerb):
    permission = PERMISSIONS["put_on_agenda"]
    title = "Put on an agenda"
    button = "Put it on the agenda"
    form_class = AgendaForm

    def guard(self) -> None:
        super().guard()
        if sentence := why_on_no_other_agenda(self.object):
            raise Refused(sentence)
        if not meetings_to_come(self.object).exists():
            bodies = " or ".join(str(body) for body in bodies_for(self.object))
            raise Refused(f"No meeting of {bodies} is planned at which it can be decided.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"meetings": meetings_to_come(self.object)}

    def context(self) -> dict[str, Any]:
        setter, judge = self.object.decision.body, self.object.discharged_by
        may_plan = self.request.user.can("governance.plan_meeting", self.object.case.commissioner_id)
        return {
            "intro": f"{judge} may say that it is met. {setter}, which set it, may waive it.",
            "plan_meeting": reverse("governance:plan_meeting") if may_plan and not self.object.result else "",
        }

    def call(self, form: Any, **who: Any) -> None:
        item = put_on_agenda(self.object, meeting=form.cleaned_data["meeting"], **who)
        self.done = f"It is item {item.position} of {item.meeting}."
