"""Actions between meetings: the list, one, recording one; and the quorum rule of a body."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from governance.between import WAITS, with_state
from governance.filters.between import BetweenFilter
from governance.forms.between import BetweenForm, QuorumForm
from governance.known import bodies_for, held
from governance.models import BetweenMeetings, Body
from governance.offices import written_offices
from governance.tables.between import BetweenTable
from governance.views.bodies import MAP
from governance.views.body_verbs import OfBody
from governance.views.map import VIEW
from governance.workflow.between import PERMISSION, record_between
from governance.workflow.quorum import set_quorum
from pcnportal import clock
from pcnportal.history.record import events_of
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage, FormPage
from pcnportal.people.models import Organisation
from pcnportal.refusals import NotAllowed

LIST = ("Actions between meetings", "governance:actions_between")


class ActionsBetween(ListPage):
    permission = VIEW
    scope = "commissioner_id"
    model = BetweenMeetings
    table_class = BetweenTable
    filterset_class = BetweenFilter
    title = LIST[0]
    what = ("action between meetings", "actions between meetings")
    intro = (
        "What a chair did for a body, or what was done urgently, before the body could meet. "
        "Each heads the agenda of the next meeting, to be ratified."
    )
    empty = "No action between meetings is held. One is recorded from the page of its body."
    breadcrumbs = [MAP]

    def rows(self) -> Any:
        named = BetweenMeetings.objects.select_related("body", "commissioner", "taken_by")
        return with_state(named).order_by("-taken_on", "-pk")


class BetweenPage(DetailPage):
    permission = VIEW
    scope = "commissioner_id"
    template_name = "governance/sitting/between.jinja"
    model = BetweenMeetings
    breadcrumbs = [MAP, LIST]

    def queryset(self) -> Any:
        return with_state(
            BetweenMeetings.objects.select_related(
                "body", "commissioner", "taken_by", "recorded_by", "source", "item__meeting__body"
            )
        )

    def get_caption(self) -> str:
        return str(self.object.body)

    def context(self) -> dict[str, Any]:
        item, user = self.object.item, self.request.user
        standing = item.resolutions.filter(superseded_by__isnull=True) if item else []
        may_resolve = user.can("governance.write_minutes", self.object.commissioner_id)
        return {
            "may_resolve": may_resolve and bool(item) and self.object.state == WAITS,
            "resolutions": list(standing),
            "events": events_of(self.object)[:50] if user.can("history.view_event") else None,
        }


class RecordBetween(FormPage):
    permission = PERMISSION
    model = Body
    form_class = BetweenForm
    title = "Record an action between meetings"
    button = "Record the action"
    done = "The action is recorded. It heads the next agenda, to be ratified."

    def queryset(self) -> Any:
        return bodies_for(self.request.user.scope(VIEW)).select_related("organisation")

    def fetch(self) -> Any:
        self.object = super().fetch()
        if not self.commissioners().exists():
            raise NotAllowed("This belongs to another organisation.")
        return self.object

    def commissioners(self) -> Any:
        """Those of the user's commissioners whose body it is or which it serves."""
        own = Organisation.objects.filter(pk__in=self.request.user.scope(PERMISSION)).order_by("name")
        served = Q(pk=self.object.organisation_id) | Q(pk__in=self.object.serves.values("pk"))
        return own.filter(served)

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [(MAP[0], reverse(MAP[1])), (str(self.object), self.object.get_absolute_url())]

    def form_kwargs(self) -> dict[str, Any]:
        return {"commissioners": self.commissioners()}

    @transaction.atomic
    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        names = ("commissioner", "kind", "text", "why", "consulted", "taken_on", "taken_by", "name")
        return record_between(
            self.object, by=self.request.user, source=form.source(), **{name: typed[name] for name in names}
        )


class SetQuorum(OfBody):
    form_class = QuorumForm
    title = "Set the quorum rule"
    intro = (
        "How many have to be there for the body to decide. The rule before it stays readable, until its day."
    )
    button = "Set the rule"
    done = "The quorum rule is set."

    def initial(self) -> dict[str, Any]:
        rule = self.body.quorum_rules.filter(held(clock.today())).first()
        if rule is None:
            return {}
        return {"voting_members": rule.voting_members, "offices": written_offices(rule.offices)}

    @transaction.atomic
    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        facts = {name: typed[name] for name in ("voting_members", "offices", "starts_on")}
        set_quorum(self.body, **self.said(form), **facts, source=form.source())
