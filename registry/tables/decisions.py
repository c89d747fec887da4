"""The columns of the decisions register."""

from typing import Any

from django.urls import reverse

from pcnportal.pages.tables import Column, Day, Number, Table

from .registrations import Tags


def where(row: Any) -> str:
    return f"{reverse('registry:registration', args=[row.case_id])}#decision-{row.pk}"


def letter(row: Any) -> str:
    return reverse("registry:letter", args=[row.pk]) if row.letter_text else ""


class Set(Number):
    """How many conditions were set; an empty cell for none."""

    def show(self, value: Any) -> str:
        return super().show(value) if value else ""


class DecisionTable(Table):
    decided_on = Day("Date")
    pcn = Column("PCN", to=where)
    body_name = Column("Body")
    tags = Tags("Outcome", order_by=("outcome",))
    conditions_set = Set("Conditions")
    recorded_by_name = Column("Recorded by")
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
        "standing": "standing",
        "replaces": "supersedes_id",
    }
