"""One item of an agenda: add it, change it, take it off, move it."""

from typing import Any

from governance.forms.agenda import ItemForm, MoveForm
from governance.models import AgendaItem
from governance.views.agenda import OfAgenda
from governance.workflow.agenda import add_agenda_item, change_item, move_item, take_off
from pcnportal.pages.forms import ReasonForm

FACTS = (
    "title",
    "purpose",
    "presenter",
    "duration",
    "starts_at",
    "ends_at",
    "number",
    "is_private",
    "asked",
    "if_not",
)


def facts_of(form: Any) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in FACTS}


class AddItem(OfAgenda):
    form_class = ItemForm
    title = "Add an item"
    button = "Add the item"
    done = "The item is on the agenda."

    def initial(self) -> dict[str, Any]:
        return {"purpose": AgendaItem.Purpose.DECIDE}

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        item = add_agenda_item(
            self.object,
            by=self.request.user,
            seen=typed["seen"],
            reason=typed.get("reason", ""),
            **facts_of(form),
        )
        return f"{self.back()}#item-{item.pk}"


class OfItem(OfAgenda):
    model = AgendaItem
    scope = "meeting.commissioner_id"

    def queryset(self) -> Any:
        return AgendaItem.objects.select_related("meeting__body", "meeting__commissioner")

    def back(self) -> str:
        return f"{super().back()}#item-{self.object.pk}"


class ChangeItem(OfItem):
    form_class = ItemForm
    title = "Change the item"
    button = "Save the item"
    done = "The item is changed."

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in FACTS}

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        change_item(
            self.object,
            by=self.request.user,
            seen=typed["seen"],
            reason=typed.get("reason", ""),
            **facts_of(form),
        )


class TakeOff(OfItem):
    form_class = ReasonForm
    title = "Take the item off the agenda"
    button = "Take it off"
    warning = True
    done = "The item is off the agenda."

    def get_title(self) -> str:
        return f"Take “{self.object.title}” off the agenda"

    def form_kwargs(self) -> dict[str, Any]:
        return {}

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        take_off(self.object, by=self.request.user, seen=typed["seen"], reason=typed["reason"])


class MoveItem(OfItem):
    form_class = MoveForm
    button = "Move the item"
    done = "The item is moved."

    def get_title(self) -> str:
        return f"Move “{self.object.title}”"

    def initial(self) -> dict[str, Any]:
        return {"how": self.request.GET.get("how", "")}

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        move_item(
            self.object,
            by=self.request.user,
            seen=typed["seen"],
            how=typed["how"],
            reason=typed.get("reason", ""),
        )
