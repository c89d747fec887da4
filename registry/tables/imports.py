"""The columns of the imports and of the matches."""

from typing import Any

from django.urls import reverse

from pcnportal.pages.tables import Column, Day, Number, Status, Table
from registry.imports.plan import KINDS, in_numbers


class Counts(Column):
    """What a report counts."""

    def show(self, value: Any) -> str:
        return in_numbers(value or {})


class By(Column):
    """Who read the file."""

    def show(self, value: Any) -> str:
        return str(value or "by command")


class ImportTable(Table):
    file_name = Column("File", to=lambda row: row.get_absolute_url())
    what = Column("What it is", order_by=("kind",), accessor="get_kind_display")
    stated_on = Day("Date of the file")
    state = Status("Status", order_by=("applied_at", "pk"))
    read_on = Day("Read on", order_by=("read_at",))
    by_name = By("By", accessor="by__name", order_by=("by__name",))
    counts = Counts("Changes", orderable=False)
    export_columns = {
        "id": "pk",
        "file": "file_name",
        "kind": "kind",
        "date": "stated_on",
        "status": "state",
        "read_at": "read_at",
        "applied_at": "applied_at",
        "undone_at": "undone_at",
        "by": "by__name",
        "commissioners": lambda row: " ".join(row.codes),
        "sha256": "sha256",
        **{kind: (lambda name: lambda row: row.counts.get(name, 0))(kind) for kind in (*KINDS, "unchanged")},
    }


class MatchTable(Table):
    pcn_name = Column(
        "PCN",
        to=lambda row: reverse("registry:match", args=[row.pk]),
        accessor="pcn__organisation__name",
    )
    commissioner = Column(
        "Commissioner", accessor="pcn__commissioner__name", order_by=("pcn__commissioner__name",)
    )
    code = Column("Code in the file")
    name = Column("Name in the file")
    shared = Number("Practices in both")
    held = Number("Held here")
    named = Number("In the file")
    said = Status("Status", orderable=False)
    export_columns = {
        "id": "pk",
        "pcn": "pcn__organisation__name",
        "commissioner": "pcn__commissioner__name",
        "code": "code",
        "name": "name",
        "shared": "shared",
        "held": "held",
        "named": "named",
        "status": "said",
        "decided_at": "decided_at",
        "reason": "reason",
    }
