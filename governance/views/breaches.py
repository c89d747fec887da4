"""The breach register."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from governance.filters.interests import BreachFilter
from governance.forms.interests import BreachForm, CloseForm, FindingsForm
from governance.interests import ANYBODY
from governance.known import bodies_for
from governance.models import Breach
from governance.tables.interests import BreachTable
from governance.views.interests import REGISTER
from governance.workflow.breaches import RECORD, add_findings, close_breach, record_breach
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage, FormPage
from pcnportal.people.models import Organisation
from pcnportal.refusals import Refused

SEE = "governance.view_breach"
BREACHES = ("Breach register", "governance:breaches")
RELATED = ("person", "body", "commissioner", "item__meeting__body", "reported_by")
SHORT = 160


def with_stage(rows: list[Any]) -> list[Any]:
    for breach in rows:
        breach.stage = "Closed" if breach.closed_on else "Open"
        breach.brief = breach.what if len(breach.what) <= SHORT else f"{breach.what[:SHORT].rstrip()}…"
    return rows


class BreachList(ListPage):
    permission = SEE
    scope = "commissioner_id"
    model = Breach
    table_class = BreachTable
    filterset_class = BreachFilter
    title = "Breach register"
    what = ("breach", "breaches")
    intro = "Breaches of the rules on conflicts of interest: what happened, what was found, what was done."
    empty = "No breach is recorded."
    template_name = "governance/interests/breaches.jinja"
    breadcrumbs = [REGISTER]

    def rows(self) -> "QuerySet[Any]":
        return Breach.objects.select_related(*RELATED).order_by("-found_on", "-pk")

    def complete(self, rows: list[Any]) -> list[Any]:
        return with_stage(rows)

    def context(self) -> dict[str, Any]:
        return {"may_record": self.request.user.can(RECORD)}


class BreachPage(DetailPage):
    """One breach. History leads here too: who does not read the register learns no more than that."""

    permission = ANYBODY
    scope = "commissioner_id"
    model = Breach
    template_name = "governance/interests/breach.jinja"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        trail = [REGISTER, BREACHES] if self.request.user.can(SEE) else [REGISTER]
        return [(text, reverse(name)) for text, name in trail]

    def queryset(self) -> "QuerySet[Any]":
        return Breach.objects.select_related(*RELATED)

    def context(self) -> dict[str, Any]:
        breach, user = self.object, self.request.user
        if not user.can(SEE, breach.commissioner_id):
            return {"is_readable": False}
        with_stage([breach])
        return {
            "is_readable": True,
            "may_record": user.can(RECORD, breach.commissioner_id) and not breach.closed_on,
            "events": events_of(breach),
        }


class RecordBreach(FormPage):
    permission = RECORD
    form_class = BreachForm
    title = "Record a breach"
    button = "Record the breach"
    done = "The breach is recorded. Say next what was found."
    breadcrumbs = [REGISTER, BREACHES]

    def form_kwargs(self) -> dict[str, Any]:
        own = self.request.user.scope(RECORD)
        return {"commissioners": Organisation.objects.filter(pk__in=own), "bodies": bodies_for(own)}

    def initial(self) -> dict[str, Any]:
        return {"found_on": clock.today()}

    def back(self) -> str:
        return reverse("governance:breaches")

    def save(self, form: Any) -> Any:
        return record_breach(by=self.request.user, **form.cleaned_data)


class OfBreach(FormPage):
    permission = RECORD
    see = ANYBODY
    scope = "commissioner_id"
    model = Breach
    verb: Any

    def queryset(self) -> "QuerySet[Any]":
        return Breach.objects.select_related("commissioner")

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        trail = [(text, reverse(name)) for text, name in (REGISTER, BREACHES)]
        return [*trail, (str(self.object), self.object.get_absolute_url())]

    def guard(self) -> None:
        if self.object.closed_on:
            raise Refused("It is closed.")

    def save(self, form: Any) -> Any:
        return self.verb(self.object, by=self.request.user, **form.cleaned_data)


class AddFindings(OfBreach):
    form_class = FindingsForm
    title = "What was found"
    button = "Save what was found"
    done = "What was found is saved."
    verb = staticmethod(add_findings)


class CloseBreach(OfBreach):
    form_class = CloseForm
    title = "Close the breach"
    button = "Close the breach"
    done = "The breach is closed."
    intro = "Say what was done about it and what was learnt."
    verb = staticmethod(close_breach)

    def guard(self) -> None:
        super().guard()
        if not self.object.findings:
            raise Refused("Say first what was found.")
