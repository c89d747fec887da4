"""The minutes of a meeting: the document, an item's text, and publishing them."""

from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse

from governance.agenda import may_read, title_of
from governance.forms.minutes import GIVEN_OUT, MinuteForm, PublishForm
from governance.minutes import (
    PRIVATE,
    VIEW,
    attendance_corrections,
    is_public,
    minutes_of,
    one_quorum,
    who_came,
)
from governance.models import AgendaItem, Meeting
from governance.owners import owners_of
from governance.undecided import undecided
from governance.unquorate import without_quorum
from governance.views.meetings import TRAIL, OfMeeting
from governance.workflow.actions import record_action
from governance.workflow.minutes import publish_minutes, why_not_published, write_minute
from pcnportal.pages.pages import DetailPage
from pcnportal.refusals import NotAllowed, Refused

WRITE, PUBLISH = "governance.write_minutes", "governance.publish_meeting"


class MinutesPage(DetailPage):
    """The public part. Published, it is read by everybody who sees meetings, of whichever commissioner."""

    permission = VIEW
    scope = "commissioner_id"
    model = Meeting
    template_name = "governance/minutes/minutes.jinja"
    is_private = False

    def queryset(self) -> Any:
        return Meeting.objects.select_related("body", "commissioner", "source")

    def fetch(self) -> Any:
        try:
            return super().fetch()
        except Http404:
            found = self.queryset().filter(**self.kwargs).first()
            if self.is_private or found is None or not is_public(found, self.request.user):
                raise
            return found

    def get_title(self) -> str:
        return "Minutes, with the private part" if self.is_private else "Minutes"

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        trail = [(text, reverse(name)) for text, name in TRAIL]
        own = [(str(self.object), self.object.get_absolute_url())]
        return trail + (own if self.is_own else [])

    @property
    def is_own(self) -> bool:
        return self.request.user.can(VIEW, self.object.commissioner_id)

    def context(self) -> dict[str, Any]:
        user, meeting = self.request.user, self.object
        may_write = user.can(WRITE, meeting.commissioner_id) and not meeting.is_cancelled
        may_publish = user.can(PUBLISH, meeting.commissioner_id) and not meeting.minutes_published_at
        rows = minutes_of(meeting, user, private=self.is_private)
        waiting = {item.pk for item in undecided(meeting)} if self.is_own else set()
        return {
            "rows": rows,
            "came": who_came(meeting),
            "corrections": attendance_corrections(meeting),
            "one_quorum": one_quorum(rows),
            "without_quorum": without_quorum(meeting, {row.item.pk for row in rows if row.is_open}),
            "is_own": self.is_own,
            "is_private": self.is_private,
            "has_private": any(row.item.is_private for row in rows),
            "may_read_private": user.can(PRIVATE, meeting.commissioner_id),
            "may_write": may_write,
            "may_publish": may_publish and not meeting.is_cancelled,
            "waiting": waiting,
            "why_not": why_not_published(meeting) if may_publish and not meeting.is_cancelled else "",
            "sources": _sources(meeting, rows),
        }


def _sources(meeting: Meeting, rows: Any) -> list[Any]:
    found = [meeting.source]
    for row in rows:
        found += [row.minute.source if row.minute else None]
        found += [resolved.resolution.source for resolved in row.resolved]
    return list({source.pk: source for source in found if source}.values())


class PrivateMinutesPage(MinutesPage):
    """All that the reader may read: the private part too, without the items for which they left."""

    permission = PRIVATE
    see = VIEW
    is_private = True


class OfMinutes(OfMeeting):
    """What is minuted of an item, by who writes the minutes and may read the item."""

    permission = WRITE
    model: Any = AgendaItem
    scope = "meeting.commissioner_id"

    def queryset(self) -> Any:
        return AgendaItem.objects.select_related("meeting__body", "meeting__commissioner")

    @property
    def item(self) -> AgendaItem:
        item: AgendaItem = self.object
        return item

    def fetch(self) -> Any:
        self.object = super().fetch()
        if self.item.is_private and not may_read(self.request.user, self.item):
            raise NotAllowed("You withdrew from this item, so somebody else minutes it.")
        return self.object

    def get_caption(self) -> str:
        return f"{self.item.reference}. {title_of(self.item, self.request.user)}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        meeting = self.item.meeting
        trail = [(text, reverse(name)) for text, name in TRAIL]
        minutes = ("Minutes", reverse("governance:minutes", args=[meeting.pk]))
        return [*trail, (str(meeting), meeting.get_absolute_url()), minutes]

    def version(self) -> int:
        return int(self.item.meeting.version)

    def back(self) -> str:
        name = "governance:private_minutes" if self.item.is_private else "governance:minutes"
        return f"{reverse(name, args=[self.item.meeting_id])}#item-{self.item.pk}"


class WriteMinute(OfMinutes):
    form_class = MinuteForm
    title = "Minutes of the item"
    button = "Save"
    done = "The minutes of the item are saved."
    template_name = "governance/minutes/write.jinja"
    cards = {"actions": GIVEN_OUT}

    def fetch(self) -> Any:
        found = super().fetch()
        if found.meeting.minutes_published_at:
            self.cards = {}
        return found

    def form_kwargs(self) -> dict[str, Any]:
        meeting = self.item.meeting
        return {
            "is_published": meeting.minutes_published_at is not None,
            "asks_source": meeting.held_on is None,
        }

    @property
    def held(self) -> Any:
        return self.item.minutes.filter(superseded_by__isnull=True).first()

    def initial(self) -> dict[str, Any]:
        return {"text": self.held.text if self.held else ""}

    def context(self) -> dict[str, Any]:
        return {"given_out": self.item.actions.prefetch_related("owners__person", "owners__organisation")}

    @transaction.atomic
    def save(self, form: Any) -> Any:
        typed, item, user = form.cleaned_data, self.item, self.request.user
        given = self.cards_data.get("actions", [])
        if not given or not self.held or self.held.text != "\n".join(typed["text"].split("\r\n")).strip():
            write_minute(
                item,
                by=user,
                seen=typed["seen"],
                text=typed["text"],
                reason=form.why(),
                source=form.read_in(),
            )
        for card in given:
            record_action(
                by=user,
                body=item.meeting.body,
                commissioner=item.meeting.commissioner,
                item=item,
                text=card["text"],
                kind=card["kind"],
                owners=owners_of(card["owners"], item.meeting.body),
                due_on=card["due_on"],
            )


class PublishMinutes(OfMeeting):
    permission = PUBLISH
    form_class = PublishForm
    title = "Publish the minutes"
    button = "Publish the minutes"
    intro = (
        "From then on everybody who sees meetings reads their public part, and a change is a correction "
        "with its reason."
    )
    done = "The minutes are published."

    def guard(self) -> None:
        if sentence := why_not_published(self.object):
            raise Refused(sentence)

    def form_kwargs(self) -> dict[str, Any]:
        return {"is_attended": self.object.attendances.exists()}

    def back(self) -> str:
        return reverse("governance:minutes", args=[self.object.pk])

    def save(self, form: Any) -> Any:
        typed = form.cleaned_data
        publish_minutes(
            self.object,
            by=self.request.user,
            seen=typed["seen"],
            attendance_not_held=typed.get("attendance_not_held", False),
        )
