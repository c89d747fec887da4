"""The columns of the decisions register."""

from typing import Any

from django.urls import reverse

from pcnportal.pages.tables import Column, Day, Number, Status, Table


def where(row: Any) -> str:
    return f"{reverse('registry:registration', args=[row.case_id])}#decision-{row.pk}"


def letter(row: Any) -> str:
    return reverse("registry:letter", args=[row.pk]) if row.letter_text else ""


class DecisionTable(Table):
    decided_on = Day("Date")
    pcn = Column("PCN", to=where)
    body_name = Column("Body")
    words = Status("Outcome", order_by=("outcome",))
    conditions_set = Number("Conditions")
    recorded_by_name = Column("Recorded by")
    replaced = Status("Replaced", orderable=False)
    letter_text = Column("Letter", to=letter, orderable=False)
    export_columns = {
        "id": "pk",
        "pcn": "pcn",
        "body": "body_name",
        "outcome": "words",
        "decided_on": "decided_on",
        "year": "year",
        "conditions": "conditions_set",
        "reasons": lambda row: " ".join(row.reasons),
        "recorded_by": "recorded_by_name",
        "quorum": "quorum_basis",
        "replaced": lambda row: bool(row.replaced),
        "replaces": "supersedes_id",
    }
