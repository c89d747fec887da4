"""Words that are nearly the typed ones: a letter or two wrong, missing, too many or swapped."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.lookups import Contains
from rapidfuzz import process
from rapidfuzz.distance import OSA

from .search import NETWORK, Asked, Plain, meant_by, plain, slips, telling

# As many names are read whole. Where there are more, PostgreSQL first picks those with a word like the typed.
MANY = 30_000
LIKENESS, PICKED = "0.3", 500
# Of a word that is not finished only the beginning is compared, from this many letters on.
UNFINISHED = 5
MOST_MEANT = 12
WORD_OR_END = re.compile(r"[^\W_]+|\n")

Names = tuple["QuerySet[Any]", str]


def corrected(given: Asked, names: Sequence[Names]) -> Asked | None:
    """The same search with every word of `names` that is nearly a typed one; None where there is none.

    `names` are query sets with their column of names. They may hold what the user may not see: what is found
    with these words the search itself decides.
    """
    said = telling(given.text)
    known = _vocabulary(_names(said, names))
    near = [_near(word, known) for word in said]
    if all(set(meant) <= {word} for word, meant in zip(said, near, strict=True)):
        return None
    words = tuple(
        tuple(dict.fromkeys((word, *meant_by(word), *meant))) for word, meant in zip(said, near, strict=True)
    )
    return Asked("", words, given.text)


def _near(word: str, known: dict[str, str]) -> list[str]:
    """What may be meant by a word, the nearest first."""
    allowed = slips(word)
    if not allowed or NETWORK in meant_by(word):
        return []
    found = process.extract(word, known.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=MOST_MEANT)
    if not found and len(word) >= UNFINISHED:
        begun = {known_word[: len(word)] for known_word in known if len(known_word) > len(word) + allowed}
        found += process.extract(word, begun, scorer=OSA.distance, score_cutoff=1, limit=MOST_MEANT)
    return [known.get(text, text) for text, _distance, _place in found]


def _vocabulary(names: Iterable[str]) -> dict[str, str]:
    """Every word of the names, and every two that were typed as one, each with how a name writes it."""
    # All names as one text, which is ten times as quick as one by one.
    said = WORD_OR_END.findall(plain("\n".join(names)))
    pairs = [pair for pair in set(pairwise(said)) if "\n" not in pair]
    return {first + second: f"{first} {second}" for first, second in pairs} | {word: word for word in said}


def _names(words: list[str], names: Sequence[Names]) -> Iterable[str]:
    parts = [rows.order_by().values_list(column) for rows, column in names]
    is_picked = picks()
    if is_picked:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)", [LIKENESS])
        parts = [
            part.filter(_like(word, column))[:PICKED]
            for part, (_, column) in zip(parts, names, strict=True)
            for word in words
            if slips(word)
        ]
        if not parts:
            return []
    every = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
    return (name for (name,) in (every if is_picked else every[:MANY]))


def _like(word: str, column: str) -> Q:
    """Names with a word like this one, or with two of its letters swapped: too much for a short one."""
    like = Func(Plain(F(column)), Value(word), arg_joiner=" %%> ", template="%(expressions)s")
    like.output_field = BooleanField()
    wanted = Q(like)
    for at in range(len(word) - 1) if len(word) < 6 else ():
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        wanted |= Q(Contains(Plain(F(column)), Value(swapped)))
    return wanted


def picks() -> bool:
    """Whether there are so many names that the database picks some, and can."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT reltuples FROM pg_class WHERE oid = 'people_organisation'::regclass) > %s"
            " AND EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')",
            [MANY],
        )
        return bool(cursor.fetchone()[0])
