"""Columns of the register of actions."""

from textwrap import shorten
from typing import Any

from django.db.models import F, QuerySet

from governance.actions import due_words, owners_in_words
from governance.models import Action
from pcnportal.pages import jinja
from pcnportal.pages.tables import Column, Status, Table

SHORT = 140


class Words(Column):
    def show(self, value: Any) -> str:
        return shorten(value, SHORT, placeholder=" …")


class Owners(Column):
    def cell(self, value: Any, row: Any) -> str:
        return owners_in_words(row) or jinja.NOT_HELD


class Due(Column):
    """When it is due in words, and how far that is; what has no date comes last."""

    def order(self, queryset: "QuerySet[Any]", is_descending: bool) -> tuple["QuerySet[Any]", bool]:
        day = F("due_day")
        first = day.desc(nulls_last=True) if is_descending else day.asc(nulls_last=True)
        return queryset.order_by(first, "pk"), True

    def cell(self, value: Any, row: Any) -> str:
        said = due_words(row) or jinja.NOT_HELD
        return f"{said}, {jinja.in_days(value)}" if value and row.status == Action.Status.OPEN else said


class ActionTable(Table):
    text = Words("Action", orderable=False, to=lambda row: row.get_absolute_url())
    owner = Owners("Owner", accessor="first_owner", order_by=("first_owner", "pk"), empty_values=())
    due_on = Due("Due", accessor="due_day")
    body = Column("Given by", accessor="body__name", order_by=("body__name", "pk"))
    kind = Column("Kind", accessor="get_kind_display", order_by=("kind", "pk"))
    state = Status("Status", order_by=("rank", "due_day", "pk"))
    export_columns = {
        "text": "text",
        "owner": owners_in_words,
        "due_on": "due_day",
        "status": "state",
        "id": "pk",
        "due": due_words,
        "body": "body__name",
        "kind": "get_kind_display",
        "meeting_on": "item__meeting__held_on",
        "commissioner": "commissioner__name",
        "recorded_on": "recorded_on",
        "closed_on": "closed_on",
    }
