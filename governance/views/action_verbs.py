"""What is done about actions: one page for each verb."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from governance.actions import CHANGE, UPDATE, due_words, may_update, owners_in_words, readable
from governance.agenda import may_read, title_of
from governance.forms.actions import ChangeForm, DoneForm, DueForm, NewForm, RecordForm, UpdateForm
from governance.forms.due import due_initial
from governance.forms.owners import OWNERS, owners_from, owners_initial
from governance.models import Action, AgendaItem, Body
from governance.views.actions import TRAIL, actions
from governance.views.meetings import OfMeeting
from governance.workflow.actions import (
    NOT_THE_OWNER,
    change_action,
    change_due,
    drop_action,
    finish_action,
    record_action,
    reopen_action,
    update_action,
)
from pcnportal.pages.forms import ReasonForm
from pcnportal.pages.pages import FormPage
from pcnportal.people.models import Organisation
from pcnportal.refusals import Refused


class NewAction(FormPage):
    """An action by hand."""

    permission = CHANGE
    title = "Record an action"
    button = "Record the action"
    done = "The action is recorded."
    form_class: Any = NewForm
    cards = {"owners": OWNERS}
    breadcrumbs = [*TRAIL, ("Actions", "governance:actions")]

    def form_kwargs(self) -> dict[str, Any]:
        return {"commissioners": Organisation.objects.filter(pk__in=self.request.user.scope(CHANGE))}

    def initial(self) -> dict[str, Any]:
        return {"body": Body.objects.filter(slug=self.request.GET.get("body", "")).first()}

    def back(self) -> str:
        return reverse("governance:actions")

    @transaction.atomic
    def save(self, form: Any) -> Any:
        said = form.cleaned_data
        return record_action(
            by=self.request.user,
            owners=owners_from(self.cards_data["owners"]),
            **{name: said[name] for name in ("text", "kind", *self.named)},
            **form.due_facts(),
            **self.given(),
        )

    named: tuple[str, ...] = ("body", "commissioner")

    def given(self) -> dict[str, Any]:
        return {}


class ItemAction(NewAction, OfMeeting):
    """An action that comes of an agenda item."""

    form_class = RecordForm
    model = AgendaItem
    scope = "meeting.commissioner_id"
    named = ()

    def queryset(self) -> Any:
        return AgendaItem.objects.select_related("meeting__body", "meeting__commissioner")

    def fetch(self) -> Any:
        item = super().fetch()
        if item.is_private and not may_read(self.request.user, item):
            raise Http404
        return item

    def form_kwargs(self) -> dict[str, Any]:
        return {"commissioners": [self.object.meeting.commissioner_id]}

    def initial(self) -> dict[str, Any]:
        return {}

    def get_caption(self) -> str:
        return f"{self.object.meeting}, item {self.object.reference}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        meeting = self.object.meeting
        trail = [(text, reverse(name)) for text, name in TRAIL]
        return [*trail, (str(meeting), meeting.get_absolute_url())]

    def back(self) -> str:
        return str(self.object.get_absolute_url())

    def context(self) -> dict[str, Any]:
        return {"item": title_of(self.object, self.request.user)}

    def given(self) -> dict[str, Any]:
        meeting = self.object.meeting
        return {"item": self.object, "body": meeting.body, "commissioner": meeting.commissioner}


class OfAction(FormPage):
    permission = CHANGE
    see = "governance.view_meeting"
    scope = "commissioner_id"
    model = Action
    template_name = "governance/actions/form.jinja"
    breadcrumbs = [*TRAIL, ("Actions", "governance:actions")]

    def queryset(self) -> Any:
        return actions().filter(readable(self.request.user))

    def get_caption(self) -> str:
        return str(self.object.body)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        trail = [(text, reverse(name)) for text, name in self.breadcrumbs]
        return [*trail, ("Action", self.object.get_absolute_url())]

    def context(self) -> dict[str, Any]:
        return {"due": due_words(self.object), "owners": owners_in_words(self.object)}

    def said(self, form: Any) -> dict[str, Any]:
        return {"by": self.request.user, "seen": form.cleaned_data["seen"]}


class OwnersPage(OfAction):
    """For its owner, and for who keeps the actions."""

    permission = UPDATE

    def guard(self) -> None:
        if not may_update(self.request.user, self.object):
            raise Refused(NOT_THE_OWNER)


class UpdateAction(OwnersPage):
    form_class = UpdateForm
    title = "Say how it stands"
    button = "Save the update"
    done = "The update is saved."

    def save(self, form: Any) -> None:
        update_action(self.object, **self.said(form), text=form.cleaned_data["text"])


class FinishAction(OwnersPage):
    form_class = DoneForm
    title = "Record it as done"
    button = "Record as done"
    done = "The action is done."

    def show_form(self, form: Any, sets: Any, status: int = 200, **extra: Any) -> Any:
        form.ask_for_the_file_again()
        return super().show_form(form, sets, status, **extra)

    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        finish_action(self.object, **self.said(form), text=typed["text"], upload=typed["file"])


class ChangeDue(OfAction):
    form_class = DueForm
    title = "Change when it is due"
    button = "Change the date"
    done = "The date is changed. The earlier one stays readable."

    def form_kwargs(self) -> dict[str, Any]:
        return {"commissioners": [self.object.commissioner_id]}

    def initial(self) -> dict[str, Any]:
        return due_initial(self.object)

    def save(self, form: Any) -> None:
        change_due(self.object, **self.said(form), reason=form.cleaned_data["reason"], **form.due_facts())


class ChangeAction(OfAction):
    form_class = ChangeForm
    title = "Change the words or the owner"
    button = "Change the action"
    done = "The action is changed. What it said stays readable."
    cards = {"owners": OWNERS}

    def initial(self) -> dict[str, Any]:
        return {"text": self.object.text, "kind": self.object.kind}

    def cards_initial(self, _prefix: str) -> list[dict[str, Any]]:
        return owners_initial(self.object)

    @transaction.atomic
    def save(self, form: Any) -> None:
        typed = form.cleaned_data
        change_action(
            self.object,
            **self.said(form),
            owners=owners_from(self.cards_data["owners"]),
            **{name: typed[name] for name in ("text", "kind", "reason")},
        )


class DropAction(OfAction):
    form_class = ReasonForm
    title = "Drop the action"
    button = "Drop the action"
    warning = True
    done = "The action is dropped."

    def save(self, form: Any) -> None:
        drop_action(self.object, **self.said(form), reason=form.cleaned_data["reason"])


class ReopenAction(OfAction):
    form_class = ReasonForm
    title = "Open the action again"
    button = "Open it again"
    done = "The action is open again."

    def save(self, form: Any) -> None:
        reopen_action(self.object, **self.said(form), reason=form.cleaned_data["reason"])
