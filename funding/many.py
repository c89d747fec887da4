"""Rows of many owners: a database takes only so many values in a question, and each of them costs."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

# Above it the rows of all owners are read, and who reads them leaves out the strangers.
MANY = 1000


def among(rows: Any, look_up: str, wanted: Collection[int]) -> Any:
    """Of the rows those whose `look_up` is among the wanted; all of them where those are many."""
    return rows.filter(**{f"{look_up}__in": wanted}) if len(wanted) <= MANY else rows
