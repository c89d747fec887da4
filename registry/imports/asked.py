"""A file as somebody handed it in, with what they asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.models import ImportRun


@dataclass(frozen=True)
class Asked:
    """`content` is an open binary file; no `codes`: all England.

    `accept_jumps` takes figures that a person typed though they are far off what is held.
    """

    kind: str
    content: Any
    name: str
    codes: tuple[str, ...] = ()
    stated_on: date | None = None
    accept_matches: bool = False
    accept_jumps: bool = False

    @classmethod
    def of(cls, run: ImportRun, content: Any) -> Asked:
        """What was asked for when the run was proposed."""
        return cls(
            run.kind,
            content,
            run.file_name,
            tuple(run.codes),
            run.stated_on,
            run.accepts_matches,
            run.accepts_jumps,
        )
