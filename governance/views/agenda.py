"""The agenda of a meeting: its page, setting it up, ordering it, publishing it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from governance.actions import open_on, owners_in_words
from governance.agenda import Slot, called, closed_to, overrun, slots_of, title_of, with_earlier
from governance.forms.agenda import OrderForm
from governance.models import AgendaItem, Meeting, Paper
from governance.views.meetings import TRAIL, OfMeeting
from governance.workflow.agenda import order_agenda
from pcnportal.pages.pages import DetailPage
from pcnportal.pages.uploads import MEGABYTE
from pcnportal.people.models import User


@dataclass(frozen=True)
class PaperRow:
    """A paper as its item lists it, with those that it replaced. `is_open` to the reader."""

    paper: Paper
    called: str
    is_private: bool
    is_open: bool
    file: str
    earlier: list[Paper]


@dataclass(frozen=True)
class ItemRow:
    """An item as a reader sees it: the private ones without what is private, where it is closed to them."""

    item: AgendaItem
    title: str
    is_open: bool
    slot: Slot | None
    papers: list[PaperRow]


def rows_of(meeting: Meeting, user: User) -> list[ItemRow]:
    """The items, taken off ones too, with their papers. A constant number of queries."""
    items = list(
        meeting.items.select_related("standing", "stands_over__meeting__body", "action_between")
        .prefetch_related("subject")
        .order_by("is_taken_off", "position")
    )
    for item in items:
        item.meeting = meeting
    chains = with_earlier(items, Paper.objects.select_related("file", "superseded_by"))
    closed = closed_to(user, meeting, items)
    slots = slots_of(meeting, items)
    may_know = user.can("governance.read_private_paper", meeting.commissioner_id)
    return [
        ItemRow(
            item,
            title_of(item, user),
            not item.is_private or item.pk not in closed,
            slots.get(item.pk),
            list(_papers(item, chains[item.pk], item.pk not in closed, may_know)),
        )
        for item in items
    ]


def _papers(
    item: AgendaItem, chain: Sequence[AgendaItem], is_open: bool, may_know: bool
) -> Iterator[PaperRow]:
    """The papers in force by their enclosure; who may not know of private ones is not told of them."""
    every = [paper for one in chain for paper in one.held]  # type: ignore[attr-defined]
    for paper in every:
        is_private = paper.is_private or paper.item.is_private or item.is_private
        in_force = not paper.withdrawn_because and not hasattr(paper, "superseded_by")
        if in_force and (may_know or not is_private):
            place = (paper.item_id, paper.enclosure)
            earlier = [one for one in every if (one.item_id, one.enclosure) == place and one.pk != paper.pk]
            may_open = is_open or not is_private
            yield PaperRow(
                paper, called(paper, item), is_private, may_open, file_in_words(paper), earlier[::-1]
            )


def file_in_words(paper: Paper) -> str:
    """PDF, 12 pages, 1.2 MB."""
    if paper.file is None:
        return ""
    kind = paper.file.name.rsplit(".", 1)[-1].upper()
    pages = f"{paper.file.pages} page{'s' if paper.file.pages != 1 else ''}" if paper.file.pages else ""
    size = paper.file.size
    shown = f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE // 10 else f"{max(1, round(size / 1024))} KB"
    return ", ".join(part for part in (kind, pages, shown) if part)


class AgendaPage(DetailPage):
    permission = "governance.view_meeting"
    scope = "commissioner_id"
    model = Meeting
    template_name = "governance/agenda/agenda.jinja"

    def queryset(self) -> Any:
        return Meeting.objects.select_related("body__organisation", "commissioner")

    def get_title(self) -> str:
        return "Agenda"

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        trail = [(text, reverse(name)) for text, name in TRAIL]
        return [*trail, (str(self.object), self.object.get_absolute_url())]

    def context(self) -> dict[str, Any]:
        user, meeting = self.request.user, self.object
        rows = rows_of(meeting, user)
        standing = [row for row in rows if not row.item.is_taken_off]
        may_prepare = user.can("governance.plan_meeting", meeting.commissioner_id)
        return {
            "rows": standing,
            "open_actions": open_on(meeting, [row.item for row in standing], user),
            "owners_in_words": owners_in_words,
            "taken_off": [row for row in rows if row.item.is_taken_off],
            "overrun": overrun(meeting, [row.slot for row in standing if row.slot]),
            "may_prepare": may_prepare and not meeting.is_cancelled,
            "may_publish": user.can("governance.publish_meeting", meeting.commissioner_id)
            and not (meeting.is_cancelled or meeting.agenda_published_at)
            and meeting.held_on is not None,
            "may_read_private": user.can("governance.read_private_paper", meeting.commissioner_id),
            "standing_page": reverse("governance:standing", args=[meeting.body.slug]),
        }


class OfAgenda(OfMeeting):
    """What is changed of an agenda by who prepares it; afterwards the agenda's page is shown."""

    permission = "governance.plan_meeting"

    @property
    def meeting(self) -> Meeting:
        found = self.object if isinstance(self.object, Meeting) else self.object.meeting
        assert isinstance(found, Meeting)  # noqa: S101
        return found

    def get_caption(self) -> str:
        return str(self.meeting)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        trail = [(text, reverse(name)) for text, name in TRAIL]
        meeting = self.meeting
        return [
            *trail,
            (str(meeting), meeting.get_absolute_url()),
            ("Agenda", reverse("governance:agenda", args=[meeting.pk])),
        ]

    def version(self) -> int:
        return self.meeting.version

    def form_kwargs(self) -> dict[str, Any]:
        return {"is_published": self.meeting.agenda_published_at is not None}

    def back(self) -> str:
        return reverse("governance:agenda", args=[self.meeting.pk])


class OrderAgenda(OfAgenda):
    """A place for each item. Dragging sends the same."""

    form_class = OrderForm
    title = "Order the agenda"
    button = "Save the order"
    done = "The agenda is in the new order."
    intro = "Give the place where an item comes. The others move up or down."
    standing: Sequence[AgendaItem]

    def form_kwargs(self) -> dict[str, Any]:
        items = self.meeting.items.filter(is_taken_off=False).order_by("position")
        return {**super().form_kwargs(), "items": list(items)}

    def save(self, form: Any) -> Any:
        order_agenda(
            self.meeting,
            by=self.request.user,
            seen=form.cleaned_data["seen"],
            order=form.order(),
            reason=form.cleaned_data.get("reason", ""),
        )
