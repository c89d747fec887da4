"""What a rule is, and what it gives: a doubt."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

from django.db.models import Model


class Mend(NamedTuple):
    """Where a doubt is mended: the words of a link and its address."""

    text: str
    href: str


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One thing that a rule doubts of a record.

    `stated` and `found` are sentences or figures in words; what they say makes the fingerprint, so neither
    holds anything that changes by itself from one day to the next. `key` tells several doubts of one rule
    about one subject apart. `commissioner` is the id of the organisation whose people read it; None where it
    is nobody's own. `patients` and `pounds` are how many the difference concerns, never negative. `since` is
    the day from which there is something to doubt, where the rule knows it; else it is the day it was seen.
    """

    subject: Model
    stated: str
    found: str
    commissioner: int | None = None
    key: str = ""
    stated_by: str = ""
    found_by: str = ""
    difference: str = ""
    patients: Decimal | int | None = None
    pounds: Decimal | int | None = None
    meaning: str = ""
    since: date | None = None

    @property
    def fingerprint(self) -> str:
        """64 hexadecimal digits over what was stated and found."""
        return hashlib.sha256(json.dumps([self.stated, self.found]).encode()).hexdigest()


# The register with whom and what it holds; a change of one is told by an event about it.
ORGANISATIONS = frozenset({"organisation", "practice", "pcn", "pcnmatch"})

# What a rule holds against each other, so that a person can work through one set at a time.
GROUPS = {
    "register": "The register with itself",
    "documents": "What documents state",
    "boards": "Boards and their meetings",
    "ods": "ODS beside what was recorded",
    "money": "Money as published",
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A small function that doubts, with what a reader needs to know of it. `group` is one of `GROUPS`.

    `question` is what it asks in one sentence, `source` where the rule comes from, `to_do` what to do about
    a doubt. `find` gives the doubts on a day, in a constant number of queries. `mend` gives the links to
    where a doubt about a subject is mended, by the subject and the doubt's key. `after` are the kinds of
    records (names of models) of which a change has the rule asked anew; every rule is asked once a day.
    `see` is the permission without which nobody reads its doubts; empty where each reader of findings may.
    """

    slug: str
    group: str
    title: str
    question: str
    source: str
    to_do: str
    find: Callable[[date], Iterable[Doubt]]
    mend: Callable[[Model, str], Iterable[Mend]] = lambda _subject, _key: ()
    after: Collection[str] = ORGANISATIONS
    see: str = ""


_kept: list[Callable[[], Iterable[Rule]]] = []


def keep(rules: Callable[[], Iterable[Rule]]) -> None:
    """Name once, at the start, the rules of every floor, whose `see` the ground respects."""
    _kept[:] = [rules]


def kept_from(may: Callable[[str], Collection[int]]) -> dict[str, Collection[int]]:
    """By the slug of each rule with a permission of its own: for whom `may` says that it is held."""
    asked = {rule.slug: rule.see for rules in _kept for rule in rules() if rule.see}
    held = {see: may(see) for see in {*asked.values()}}
    return {slug: held[see] for slug, see in asked.items()}


P = ParamSpec("P")
T = TypeVar("T")
_held: ContextVar[dict[Any, Any] | None] = ContextVar("read by the rules so far", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within the block what several rules read of the register is read once: nothing is written meanwhile."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def read_once(read: Callable[P, T]) -> Callable[P, T]:
    """Makes of a function one whose result the rules of one refresh share, so nobody may change it."""

    @wraps(read)
    def shared(*args: P.args, **kwargs: P.kwargs) -> T:
        held = _held.get()
        if held is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(kwargs.items()))
        if key not in held:
            held[key] = read(*args, **kwargs)
        found: T = held[key]
        return found

    return shared
