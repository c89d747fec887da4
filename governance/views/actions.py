"""The register of actions, and one of them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef as Outer
from django.db.models import Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.urls import reverse

from governance.actions import CHANGE, DROPPED, due_words, may_update, readable, with_state
from governance.agenda import title_of
from governance.filters.actions import ActionFilter
from governance.models import Action, ActionOwner, ActionUpdate
from governance.tables.actions import ActionTable
from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.pages.downloads import attachment
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage

TRAIL = [("Boards and committees", "governance:map")]


def actions() -> "QuerySet[Action]":
    """Actions with what every page of theirs names."""
    return Action.objects.select_related(
        "body", "commissioner", "item__meeting__body", "due_meeting__body", "due_body", "source"
    ).prefetch_related("owners__person", "owners__organisation")


class ActionList(ListPage):
    permission = "governance.view_meeting"
    scope = "commissioner_id"
    title = "Actions"
    what = ("action", "actions")
    intro = "What boards and committees gave somebody to do, until it is done. What is overdue comes first."
    template_name = "governance/actions/list.jinja"
    breadcrumbs = TRAIL
    model = Action
    table_class = ActionTable
    filterset_class = ActionFilter

    def rows(self) -> "QuerySet[Action]":
        owners = ActionOwner.objects.filter(action=Outer("pk")).order_by("pk")
        first = owners.values(who=Coalesce("person__name", "organisation__name", "name"))[:1]
        found = actions().filter(readable(self.request.user)).annotate(first_owner=Subquery(first))
        return with_state(found, clock.today())

    def context(self) -> dict[str, Any]:
        return {"may_record": self.request.user.can(CHANGE)}


class ActionPage(DetailPage):
    permission = "governance.view_meeting"
    scope = "commissioner_id"
    model = Action
    template_name = "governance/actions/action.jinja"
    breadcrumbs = [*TRAIL, ("Actions", "governance:actions")]

    def queryset(self) -> "QuerySet[Action]":
        said = ActionUpdate.objects.select_related("by", "file", "source")
        mine = with_state(actions(), clock.today()).filter(readable(self.request.user))
        return mine.prefetch_related(Prefetch("updates", said))

    def get_title(self) -> str:
        return "Action"

    def get_caption(self) -> str:
        return str(self.object.body)

    def context(self) -> dict[str, Any]:
        action, user = self.object, self.request.user
        may_change = user.can(CHANGE, action.commissioner_id)
        return {
            "due": due_words(action),
            "choices": self.choices(may_change),
            "origin": title_of(action.item, user) if action.item else "",
            "recorded": self.recorded(),
            "is_closed": action.status != Action.Status.OPEN,
            "is_dropped": action.state == DROPPED,
        }

    def choices(self, may_change: bool) -> list[dict[str, str]]:
        """What the user can do now."""
        if self.object.status != Action.Status.OPEN:
            offered = [("Open it again", "reopen_action")] if may_change else []
        else:
            offered = [("Say how it stands", "update_action"), ("Record it as done", "finish_action")]
            offered = offered if may_update(self.request.user, self.object) else []
            if may_change:
                offered += [
                    ("Change when it is due", "change_due"),
                    ("Change the words or the owner", "change_action"),
                    ("Drop it", "drop_action"),
                ]
        return [
            {"text": text, "href": reverse(f"governance:{name}", args=[self.object.pk]), "missing": ""}
            for text, name in offered
        ]

    def recorded(self) -> Event | None:
        kind = ContentType.objects.get_for_model(Action)
        events = Event.objects.filter(subject_type=kind, subject_id=self.object.pk)
        return events.filter(verb="recorded the action").select_related("by").first()


class ActionFile(DetailPage):
    """The file that shows that an action is done."""

    permission = "governance.view_meeting"
    scope = "action.commissioner_id"
    model = ActionUpdate

    def queryset(self) -> "QuerySet[ActionUpdate]":
        return ActionUpdate.objects.filter(file__isnull=False).select_related("action__item", "file")

    def fetch(self) -> Any:
        said = super().fetch()
        if not Action.objects.filter(readable(self.request.user), pk=said.action_id).exists():
            raise Http404
        return said

    def get(self, _request: HttpRequest, **_kwargs: Any) -> Any:
        file = self.object.file
        return attachment(file.file, file.name, file.media_type)
