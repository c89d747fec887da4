"""What a floor's `work` module tells the first page: what waits, what comes next, how things stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import IntEnum

SOON = timedelta(days=14)


class Urgency(IntEnum):
    """The most urgent first. ELSEWHERE: somebody else has to act before the user can."""

    OVERDUE = 0
    NOW = 1
    SOON = 2
    OPEN = 3
    ELSEWHERE = 4


@dataclass(frozen=True)
class Link:
    """A record that a task is about; `note` says what is the matter with it."""

    text: str
    href: str
    note: str = ""


@dataclass(frozen=True)
class Task:
    """One sentence with a count, and where to do it. `missing` says what stands in the way, or is empty."""

    text: str
    href: str
    urgency: Urgency = Urgency.OPEN
    links: tuple[Link, ...] = ()
    note: str = ""
    missing: str = ""
    due_what: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Coming:
    """Something that falls on a day; `also` is another way to it."""

    day: date
    text: str
    href: str
    note: str = ""
    also: Link | None = None


@dataclass(frozen=True)
class Figure:
    """A figure of a commissioner with its source in words."""

    text: str
    href: str = ""
    source: str = ""


@dataclass(frozen=True)
class Glance:
    """How a commissioner stands; its id, so that several floors can add to it."""

    title: str
    figures: tuple[Figure, ...]
    commissioner: int | None = None


@dataclass(frozen=True)
class Work:
    """`waiting` is for the user to do, `reading` to know. `figures` join the glance of their commissioner."""

    waiting: list[Task] = field(default_factory=list)
    reading: list[Task] = field(default_factory=list)
    coming: list[Coming] = field(default_factory=list)
    glances: list[Glance] = field(default_factory=list)
    figures: dict[int, tuple[Figure, ...]] = field(default_factory=dict)


def together(parts: Iterable[Work]) -> Work:
    """The work of several floors: the most urgent task first, the next day first."""
    parts = list(parts)

    def whole(glance: Glance) -> Glance:
        more = (figure for part in parts for figure in part.figures.get(glance.commissioner or 0, ()))
        return replace(glance, figures=(*glance.figures, *more))

    def urgent(task: Task) -> tuple[object, ...]:
        return (task.urgency, bool(task.missing), task.due_on or date.max)

    return Work(
        waiting=sorted((task for part in parts for task in part.waiting), key=urgent),
        reading=sorted((task for part in parts for task in part.reading), key=urgent),
        coming=sorted((found for part in parts for found in part.coming), key=lambda found: found.day),
        glances=[whole(glance) for part in parts for glance in part.glances],
    )


def urgency_on(day: date, due_on: date | None) -> Urgency:
    """How urgent something is that is due on a day: overdue after it, soon within two weeks."""
    if due_on is None:
        return Urgency.OPEN
    if due_on < day:
        return Urgency.OVERDUE
    return Urgency.SOON if due_on <= day + SOON else Urgency.OPEN
