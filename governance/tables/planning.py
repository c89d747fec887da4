"""Columns of the list of meetings."""

from typing import Any

from django.utils.html import format_html

from pcnportal.pages import jinja
from pcnportal.pages.tables import Column, Number, Status, Table


class Held(Column):
    """The day, and below it the one that it was first planned for."""

    def cell(self, value: Any, row: Any) -> Any:
        first = moved_from(row)
        said = jinja.day(value)
        return (
            format_html('{}<span class="portal-source">was {}</span>', said, jinja.day(first))
            if first
            else said
        )


class Clock(Column):
    def show(self, value: Any) -> str:
        return f"{value:%H:%M}" if value else ""


def moved_from(meeting: Any) -> Any:
    """The day that it was first planned for, where it is another one now; else None."""
    moves = list(meeting.moves.all())
    return moves[0].from_day if moves and moves[0].from_day != meeting.held_on else None


class MeetingTable(Table):
    body = Column("Meeting of", accessor="body__name", to=lambda m: m.get_absolute_url())
    held_on = Held("Date")
    starts_at = Clock("Time")
    items_count = Number("Agenda items")
    commissioner = Column("Recorded for", accessor="commissioner__name")
    stage = Status("Status", orderable=False)
    export_columns = {
        "id": "pk",
        "body": "body__name",
        "held_on": "held_on",
        "items": "items_count",
        "commissioner": "commissioner__name",
        "status": "stage",
        "starts_at": "starts_at",
        "ends_at": "ends_at",
        "place": "place",
        "moved_from": moved_from,
        "cancelled_because": "cancelled_because",
    }
