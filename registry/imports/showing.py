"""Lines of a difference report as a table."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from pcnportal.history.words import sentence
from registry.models import ImportRun

from .plan import Line

HEADS = ("Name", "ODS code", "What", "Held", "In the file", "Line", "Why")
FIGURES = ("Held", "In the file")


def report_of(lines: Iterable[Line], kind: str) -> dict[str, Any]:
    """The heads and rows of what says something; list sizes as numbers."""
    is_of_sizes = kind == ImportRun.Kind.LIST_SIZES
    said = _figure if is_of_sizes else str
    rows = [
        (
            line.name or line.code or "–",
            line.code,
            sentence(line.column),
            said(line.old),
            said(line.new),
            str(line.line or ""),
            line.reason,
        )
        for line in lines
    ]
    shown = [at for at, _ in enumerate(HEADS) if not at or any(row[at] != "" for row in rows)]
    return {
        "heads": [
            {"text": HEADS[at], "numeric": HEADS[at] == "Line" or (is_of_sizes and HEADS[at] in FIGURES)}
            for at in shown
        ],
        "rows": [[row[at] for at in shown] for row in rows],
    }


def _figure(text: str) -> Decimal | str:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
