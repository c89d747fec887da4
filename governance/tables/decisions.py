"""Columns of the decisions register."""

from typing import Any

from django.utils.html import format_html

from pcnportal.pages import jinja, status
from pcnportal.pages.tables import Column, Table


class Held(Column):
    def show(self, value: Any) -> Any:
        return jinja.day(value)


class Tags(Column):
    def show(self, value: Any) -> Any:
        return format_html("{}" + " {}" * (len(value) - 1), *map(status.tag, value))


def subject(row: Any) -> str:
    """The page of what the item is about, where the reader's own commissioner has it; else none."""
    found = row.item.subject if row.is_own else None
    address: str = found.get_absolute_url() if found else ""
    return address


class ResolutionTable(Table):
    words = Column("Resolved that", order_by=("text",), to=lambda row: row.get_absolute_url())
    held_on = Held("Date", accessor="item__meeting__held_on")
    body = Column("Body", accessor="item__meeting__body__name")
    title = Column("Subject", accessor="item__title", to=subject)
    tags = Tags("Outcome", order_by=("outcome",))
    votes_in_words = Column("Votes", orderable=False)
    export_columns = {
        "id": "pk",
        "number": "number",
        "text": "text",
        "outcome": "get_outcome_display",
        "body": "item__meeting__body__name",
        "held_on": "item__meeting__held_on",
        "subject": "item__title",
        "votes": "votes_in_words",
        "quorum": "quorum_note",
        "standing": "standing",
        "replaces": "supersedes_id",
        "reason": "reason",
        "commissioner": "item__meeting__commissioner__name",
        "source": "source",
    }
