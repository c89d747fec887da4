"""Columns of the list of actions between meetings."""

from governance.models import BetweenMeetings
from pcnportal.pages.tables import Column, Day, Status, Table


class BetweenTable(Table):
    text = Column("What was done", to=lambda row: row.get_absolute_url(), orderable=False)
    kind = Column("Whose action", accessor="get_kind_display", orderable=False)
    body = Column("Body", accessor="body__name")
    taken_on = Day("Taken")
    taken_by = Column("By", accessor="taken_by__name")
    state = Status("Status")
    export_columns = {
        "id": "pk",
        "body": "body__name",
        "kind": BetweenMeetings.get_kind_display,
        "text": "text",
        "why": "why",
        "consulted": "consulted",
        "taken_on": "taken_on",
        "taken_by": "taken_by__name",
        "status": "state",
        "commissioner": "commissioner__name",
    }
