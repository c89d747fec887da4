"""The offices that a quorum wants, as they are typed: a line each, the number, then the office or offices."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

LINE = re.compile(r"(\d{1,3})\s+(\S.*)")
OR = re.compile(r"\s+or\s+", re.IGNORECASE)
HINT = "One a line, with the number wanted: 1 chair. Where any of several will do: 2 lay member or nurse."


def read_offices(text: str) -> list[dict[str, Any]]:
    """As `QuorumRule.offices` holds them. Raises `ValueError` with a sentence about a wrong line."""
    wanted: list[dict[str, Any]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        found = LINE.fullmatch(line)
        if not found or not int(found[1]):
            raise ValueError(f"Begin with the number that is wanted: “{line}”.")
        offices = OR.split(found[2])
        said = {"office": offices[0]} if len(offices) == 1 else {"offices": offices}
        wanted.append(said | {"at_least": int(found[1])})
    return wanted


def written_offices(offices: Iterable[Mapping[str, Any]]) -> str:
    """The lines again."""
    return "\n".join(f"{o['at_least']} {o.get('office') or ' or '.join(o['offices'])}" for o in offices)
