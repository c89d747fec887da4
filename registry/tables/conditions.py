"""The list of conditions."""

from textwrap import shorten
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.html import format_html

from pcnportal.pages import jinja, status
from pcnportal.pages.tables import Column, Table
from pcnportal.people.roles import RoleName
from registry.models import Condition

SHORT = 110
PCN = "case__pcn__organisation__name"


class Words(Column):
    """The body's words, the first hundred characters of them."""

    def show(self, value: Any) -> str:
        return shorten(value, SHORT, placeholder=" …")


class Due(Column):
    """The date with how far it is, or the event that makes the condition due; no date comes last."""

    def order(self, queryset: "QuerySet[Any]", is_descending: bool) -> tuple["QuerySet[Any]", bool]:
        day = F("due_on")
        first = day.desc(nulls_last=True) if is_descending else day.asc(nulls_last=True)
        return queryset.order_by(first, PCN, "pk"), True

    def cell(self, value: Any, row: Any) -> str:
        if not value:
            return str(row.due_event)
        far = "" if row.result else f", {jinja.in_days(value)}"
        return f"{jinja.day(value)}{far}"


class Stand(Column):
    """The status; evidence that waits is said beside an overdue one too."""

    def cell(self, value: Any, row: Any) -> Any:
        waits = row.awaits_judgement and value == "Overdue"
        return (
            format_html("{} {}", status.tag(value), status.tag("Evidence submitted"))
            if waits
            else status.tag(value)
        )


class Timing(Column):
    def show(self, value: Any) -> str:
        return str(Condition.Timing(value).label)


def discharged_by(row: Any) -> str:
    """The body or the role that may discharge the condition."""
    return row.discharge_body__name or str(RoleName(row.discharge_role).label)


class DischargedBy(Column):
    def cell(self, value: Any, row: Any) -> str:
        return discharged_by(row)


class ConditionTable(Table):
    pcn = Column("PCN", accessor=PCN, order_by=(PCN, "number", "pk"))
    text = Words("Condition", orderable=False, to=lambda row: reverse("registry:condition", args=[row.pk]))
    owner = Column("Owner", accessor="owner_name", order_by=("owner_name", PCN, "pk"))
    due_on = Due("Due")
    timing = Timing("Go-live", order_by=("timing", PCN, "pk"))
    discharge_role = DischargedBy("Discharged by", orderable=False)
    state = Stand("Status", order_by=("attention", "due_on", PCN, "pk"))
    export_columns = {
        "id": "pk",
        "pcn": PCN,
        "text": "text",
        "due_on": "due_on",
        "status": "state",
        "number": "number",
        "year": "case__round__year",
        "commissioner": "case__commissioner__name",
        "owner": "owner_name",
        "due_event": "due_event",
        "timing": lambda row: Condition.Timing(row.timing).label,
        "discharged_by": discharged_by,
        "set_by": "decision__body__name",
        "set_on": "decision__decided_on",
        "closed_on": "closed_on",
    }
