"""What the pages of a pack are called: numbers as published, with letters for what came late."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Section = tuple[str, int]  # its key, and how many pages it has


class Run(NamedTuple):
    """Pages of a section that follow one another.

    Without a letter (0) they are `number`, `number` + 1, …; else `number` with the letters from the
    `letter`-th on: 12a, 12b.
    """

    key: str
    number: int
    letter: int
    pages: int

    @property
    def last(self) -> int:
        """The number of its last page, without a letter."""
        return self.number if self.letter else self.number + self.pages - 1

    def labels(self) -> list[str]:
        if self.letter:
            return [f"{self.number}{letters(self.letter + n)}" for n in range(self.pages)]
        return [str(self.number + n) for n in range(self.pages)]


def number_pages(
    sections: Iterable[Section], held: Sequence[Sequence[Any]] = ()
) -> tuple[dict[str, list[str]], list[Run]]:
    """The labels of each section's pages by its key, and the runs to be held from now on.

    `held` is what was published. Pages that it lacks are lettered after the last page before them.
    """
    runs = [Run(*run) for run in held]
    if not runs:
        number = 1
        for key, pages in sections:
            runs.append(Run(key, number, 0, pages))
            number += pages
        return {run.key: run.labels() for run in runs}, runs
    labels, before = {}, 0
    for key, pages in sections:
        own = [run for run in runs if run.key == key]
        named = [label for run in own for label in run.labels()]
        before = own[-1].last if own else before
        if (missing := pages - len(named)) > 0:
            used = (run.letter + run.pages - 1 for run in runs if run.letter and run.number == before)
            late = Run(key, before, max(used, default=0) + 1, missing)
            runs.append(late)
            named += late.labels()
        labels[key] = named[:pages]
    return labels, runs


def letters(count: int) -> str:
    """1 is a, 26 is z, 27 is aa."""
    made = ""
    while count:
        count, rest = divmod(count - 1, 26)
        made = chr(97 + rest) + made
    return made
