"""Everything that happened in the user's commissioners, newest first."""

from datetime import date, datetime, time, timedelta
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from pcnportal.history.models import Event
from pcnportal.history.record import is_genuine
from pcnportal.history.words import changes_in_words, sentence, verb_in_words
from pcnportal.pages import jinja, status
from pcnportal.pages.days import DayFilter
from pcnportal.pages.lists import ListPage
from pcnportal.pages.tables import Column, Table
from pcnportal.subjects import with_subjects

FORGED = "Not written by the portal"
NO_DATE = "date not held"


def recorded(event: Event) -> str:
    """The day on which the event was written, where it is another than the day of which it tells."""
    if settings.DEMO or abs(event.recorded_at - event.at) <= timedelta(days=1):
        return ""
    return f"recorded {jinja.day(event.recorded_at)}"


def subject_in_words(event: Event) -> str:
    """What the event is about, and what that belongs to."""
    about, whole = event.subject, event.whole
    if about is None:
        return str(event.subject_type.name)
    belongs = whole is not None and whole != about and str(whole) not in str(about)
    return f"{about}, {whole}" if belongs else str(about)


def address_of(event: Event) -> str:
    for found in (event.subject, event.whole):
        if isinstance(found, Model) and hasattr(found, "get_absolute_url"):
            return str(found.get_absolute_url())
    return ""


def changes(event: Event) -> str:
    return "; ".join(f"{field}: {change}" for field, change in changes_in_words(event))


class When(Column):
    def cell(self, value: Any, row: Event) -> Any:
        shown = jinja.day(value) if row.dated else NO_DATE
        later = recorded(row)
        return format_html('{}<span class="portal-source">{}</span>', shown, later) if later else shown


class What(Column):
    def cell(self, value: Any, row: Event) -> Any:
        words = sentence(verb_in_words(value))
        return words if is_genuine(row) else format_html("{} {}", words, status.tag(FORGED))


class About(Column):
    def cell(self, value: Any, row: Event) -> Any:
        words, address = subject_in_words(row), address_of(row)
        return format_html('<a href="{}">{}</a>', address, words) if address else words


class Why(Column):
    def cell(self, value: Any, row: Event) -> Any:
        said = changes_in_words(row)
        below = format_html_join("", '<span class="portal-source">{}: {}</span>', said)
        return format_html("{}{}", value, below)


class HistoryTable(Table):
    caption = "What happened, newest first"
    at = When("When", orderable=False)
    by = Column("Who", orderable=False)
    verb = What("What", orderable=False)
    subject = About("About", orderable=False, accessor="subject_id")
    reason = Why("Reason and changes", orderable=False)
    export_columns = {
        "when": lambda event: timezone.localdate(event.at) if event.dated else None,
        "who": lambda event: event.by or "the portal",
        "what": lambda event: verb_in_words(event.verb),
        "about": subject_in_words,
        "reason": "reason",
        "changes": changes,
        "commissioner": "commissioner",
        "recorded_at": "recorded_at",
        "written_by_the_portal": is_genuine,
    }


class HistoryFilter(django_filters.FilterSet):
    who = django_filters.CharFilter(label="Who", field_name="by__name", lookup_expr="icontains")
    what = django_filters.ChoiceFilter(label="What", field_name="verb", empty_label="All")
    since = DayFilter(label="From", method="of_since")
    until = DayFilter(label="To", method="of_until")
    text = django_filters.CharFilter(label="Reason", field_name="reason", lookup_expr="icontains")

    class Meta:
        model = Event
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = self.queryset.order_by("verb").values_list("verb", flat=True).distinct()
        named = sorted((sentence(verb_in_words(verb)), verb) for verb in verbs)
        self.filters["what"].extra["choices"] = [(verb, words) for words, verb in named]

    def of_since(self, rows: "QuerySet[Event]", _name: str, day: date) -> "QuerySet[Event]":
        return rows.filter(at__gte=midnight(day), dated=True)

    def of_until(self, rows: "QuerySet[Event]", _name: str, day: date) -> "QuerySet[Event]":
        return rows.filter(at__lt=midnight(day + timedelta(days=1)), dated=True)


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


class HistoryPage(ListPage):
    permission = "history.view_event"
    scope = "commissioner_id"
    title = "History"
    what = ("event", "events")
    intro = "What happened, newest first. Between two dates only events are shown whose date is held."
    empty = "Nothing has happened yet."
    model = Event
    table_class = HistoryTable
    filterset_class = HistoryFilter

    def rows(self) -> "QuerySet[Event]":
        return Event.objects.select_related("by", "commissioner", "subject_type", "whole_type").order_by(
            "-pk"
        )

    def complete(self, rows: list[Event]) -> list[Event]:
        return with_subjects(rows)
