"""The reading stage: bytes in, rows or a refusal out. No database, no models."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from .rows import Read


def read(
    kind: str, content: BinaryIO, name: str, *, progress: Callable[[int, int], None] | None = None
) -> Read:
    """The rows of a published file. Raises `Refused` with a sentence where the file is refused whole."""
    raise NotImplementedError
