"""The columns of the registrations."""

from typing import Any

from django.utils.html import format_html, format_html_join

from pcnportal.pages import jinja, status
from pcnportal.pages.tables import Column, Number, Table
from registry.checklist import summary_of
from registry.rows import Row


class Tags(Column):
    """Status tags below each other."""

    def show(self, value: Any) -> Any:
        tags = format_html_join(" ", "{}", ((status.tag(word),) for word in value))
        return format_html('<span class="portal-tags">{}</span>', tags)


class Next(Column):
    """The next date of a row, how far it is, and what falls on it."""

    def cell(self, value: Any, row: Row) -> Any:
        if not value:
            return ""
        return format_html(
            '{}, {}<span class="portal-source">{}</span>',
            jinja.day(value),
            jinja.in_days(value),
            row.next_what,
        )


class RegistrationTable(Table):
    name = Column("PCN", order_by="pcn__organisation__name", to=lambda row: row.case.get_absolute_url())
    practices = Number("Practices", accessor="case__practices", order_by="practices")
    stated_list_size = Number("Stated list size", order_by="current__stated_list_size")
    size = Column("Size check", orderable=False)
    criteria = Column("Criteria met", orderable=False)
    recommendation = Column("Recommended", order_by="recommended")
    tags = Tags("Status", orderable=False)
    conditions = Column(
        "Conditions",
        order_by="conditions_open",
        to=lambda row: f"{row.case.get_absolute_url()}#conditions" if row.case.conditions_total else "",
    )
    next_on = Next("Next date")

    export_columns = {
        "id": "case__pk",
        "pcn": "name",
        "received_on": "case__current__received_on",
        "status": "status",
        "outcome": "outcome",
        "conditions_open": "case__conditions_open",
        "conditions_total": "case__conditions_total",
        "received_precision": "case__current__received_precision",
        "year": "case__round__year",
        "commissioner": "case__commissioner__name",
        "practices": "case__practices",
        "stated_list_size": "stated_list_size",
        "stated_as_at": "case__current__stated_as_at",
        "size_check": lambda row: str(row.size),
        "criteria_met": lambda row: summary_of(row.lines).met,
        "criteria_total": lambda row: summary_of(row.lines).total,
        "criteria_open": lambda row: summary_of(row.lines).open,
        "criteria_not_met": lambda row: "; ".join(summary_of(row.lines).failing),
        "recommendation": "recommendation",
        "conditions_overdue": "case__conditions_overdue",
        "regional_answer_not_held": "is_regional_answer_missing",
        "review_wanted_because": "case__review_wanted_because",
        "next_on": "next_on",
        "next": "next_what",
    }
