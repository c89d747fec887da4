"""The stated list size against the range of the checklist's population rule, in a few words for a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class SizeCheck:
    """`word` is in_range, below, above, not_held or no_rule; `off` is by how many patients it misses."""

    word: str
    off: int = 0
    bound: int = 0

    def __str__(self) -> str:
        if self.word in ("below", "above"):
            said = f"{self.off:,} {self.word} {self.bound:,}"
            return f"{said}: commissioner’s discretion" if self.word == "above" else said
        return {"in_range": "in range", "not_held": "not held", "no_rule": "no range is held"}[self.word]


def size_check(size: int | None, parameters: Mapping[str, Any]) -> SizeCheck:
    """`parameters` are those of the population rule: {"minimum": 30000, "maximum": 50000}."""
    low, high = parameters.get("minimum"), parameters.get("maximum")
    if size is None:
        return SizeCheck("not_held")
    if low is None or high is None:
        return SizeCheck("no_rule")
    if size < low:
        return SizeCheck("below", low - size, low)
    if size > high:
        return SizeCheck("above", size - high, high)
    return SizeCheck("in_range")
