"""Rows of a file: each taken, rejected with its reason, or reason enough to refuse the file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, Protocol, TypeVar

from pcnportal.refusals import Refused

from . import limits
from .cells import Unfit
from .rows import Rejected

Cells = list[str]
Line = tuple[int, Cells]


class OfLine(Protocol):
    @property
    def line(self) -> int: ...

    def _replace(self, *, line: int = ...) -> Any: ...


Row = TypeVar("Row", bound=OfLine)


def refused(sentence: str) -> Refused:
    return Refused(sentence, "file")


def take(
    lines: Iterable[Line], parse: Callable[[int, Cells], Row | None]
) -> tuple[list[Row], list[Rejected]]:
    """What `parse` makes of each line; it returns None for a line that is not asked for.

    Raises `Refused` for what makes the whole file doubtful: a cell for which it is refused, or too many
    rejected rows.
    """
    taken: list[Row] = []
    rejected: list[Rejected] = []
    total = 0
    for line, cells in lines:
        total += 1
        try:
            row = parse(line, cells)
        except Unfit as unfit:
            if unfit.whole:
                raise refused(
                    f"Line {line:,}, {unfit.column}: “{unfit.value}”. {unfit.reason} "
                    "Nothing of the file is taken: fetch it again from where it is published."
                ) from None
            rejected.append(Rejected(line, unfit.column, unfit.value, unfit.reason))
        else:
            if row is not None:
                taken.append(row)
    not_too_many(rejected, total)
    return taken, rejected


def not_too_many(rejected: list[Rejected], total: int) -> None:
    count = len(rejected)
    many = count > limits.REJECTED_ALWAYS and count * limits.REJECTED_SHARE > total
    if many or (count and count == total):
        first = rejected[0]
        raise refused(
            f"{count:,} of {total:,} rows cannot be read. The first is line {first.line:,}, {first.column}: "
            f"“{first.value}”. {first.reason} Check that it is the right file, or fetch it again."
        )


def once(
    rows: list[Row], rejected: list[Rejected], key: Callable[[Row], tuple[Hashable, ...]], column: str
) -> list[Row]:
    """The rows without those that repeat an earlier one, which are added to `rejected`.

    A key begins with the code that stands in `column`. Raises `Refused` where two rows of one key contradict
    each other, or too many repeat.
    """
    total = len(rows) + len(rejected)
    first: dict[tuple[Hashable, ...], Row] = {}
    for row in rows:
        earlier = first.setdefault(key(row), row)
        if earlier is row:
            continue
        code = str(key(row)[0])
        if row._replace(line=earlier.line) != earlier:
            raise refused(
                f"Lines {earlier.line:,} and {row.line:,} both speak of {code} and contradict each other "
                f"({column}). Ask the publisher which is right, or fetch the file again."
            )
        rejected.append(Rejected(row.line, column, code, f"It repeats line {earlier.line:,}."))
    not_too_many(rejected, total)
    return list(first.values())
