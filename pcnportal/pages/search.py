"""What a floor's `search` module finds: groups of records, each with what it is; and how text is compared.

Case, punctuation and the order of words do not count: "st peters" finds "St. Peter's Surgery".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Any

from django.db.models import CharField, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Upper
from django.db.models.lookups import Contains
from rapidfuzz.distance import OSA

MOST, MOST_NEAR = 10, 60
FEWER = 3  # nearly the typed words, of a kind, beside what was found of another
PARTS, SHORTEST = 4, 2
# What one name writes and another leaves out; words that say nothing; words that are one.
MARKS = ".'’"
SILENT = {"AND", "THE"}
NETWORK = "PRIMARY CARE NETWORK"
SAME = [{"SAINT", "ST"}, {"DOCTOR", "DR"}, {"ROAD", "RD"}, {"CENTRE", "CENTER", "CTR"}, {"PCN", NETWORK}]


@dataclass(frozen=True)
class Found:
    """`what` says what the record is; one without a page of its own has no `href`."""

    text: str
    what: str
    href: str = ""


@dataclass(frozen=True)
class Group:
    """At most ten records of a kind; `more` leads to all of them where there are more.

    `by_text`: they were found by what they say, and not by a name or a code.
    """

    title: str
    found: Sequence[Found]
    has_more: bool = False
    more: str = ""
    by_text: bool = False


@dataclass(frozen=True)
class Asked:
    """What was typed, and its words, each with all that may stand for it in a name.

    A near search, which forgives slips, has no `text`: it finds by words, or else by the `codes`
    and postcodes that are held and near the typed one. One that has `parts` finds what any of them finds.
    """

    text: str
    words: tuple[tuple[str, ...], ...]
    typed: str = ""
    parts: tuple[Asked, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """How many records of a kind to look for: one more than are shown, or many to choose from."""
        return MOST + 1 if self.text else MOST_NEAR


def asked(text: str) -> Asked:
    return Asked(text, tuple(meant_by(word) for word in telling(text)), text)


def either(text: str) -> Asked | None:
    """Of "Savita & Zain" what finds one or the other; None where nothing joins two."""
    named_ = [
        part for part in re.split(r"\s*[&,;+/]\s*|\s+and\s+", text, flags=re.I) if len(part) >= SHORTEST
    ]
    parts = tuple(map(asked, named_[:PARTS]))
    return Asked(text, (), text, parts) if len(parts) > 1 else None


def telling(text: str) -> list[str]:
    """The words that are looked for: at most eight, none that says nothing beside another."""
    said = words_of(text)
    return ([word for word in said if word not in SILENT] or said)[:8]


def meant_by(word: str) -> tuple[str, ...]:
    return tuple(sorted({word}.union(*(words for words in SAME if word in words)), key=len))


def plain(text: str) -> str:
    """St. Peter's as ST PETERS: what `Plain` makes of it in the database."""
    return text.upper().translate(str.maketrans("", "", MARKS))


def words_of(text: str) -> list[str]:
    """The words of a text; "primary care network" is one, PCN."""
    return re.findall(r"[^\W_]+", re.sub(r"\b(PCNS|PRIMARY\s+CARE\s+NETWORKS?)\b", "PCN", plain(text)))


class Plain(Func):
    """A text in capitals without its punctuation marks, as `plain` makes it.

    On PostgreSQL an index on exactly this expression answers `Contains`; see people/migrations.
    """

    function = "TRANSLATE"
    output_field = CharField()

    def __init__(self, text: Any) -> None:
        super().__init__(Upper(text), Value(MARKS), Value(""))

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        inner: Combinable = self.source_expressions[0]
        for mark in MARKS:
            inner = Func(inner, Value(mark), Value(""), function="REPLACE", output_field=CharField())
        return compiler.compile(inner)


def named(text: str | Asked, *fields: str) -> Q:
    """Rows in which every word of `text` stands in one of `fields`, in any order and case."""
    given = asked(text) if isinstance(text, str) else text
    if given.parts:
        return reduce(or_, (named(part, *fields) for part in given.parts))
    if given.codes:
        return Q(pk__in=[])
    columns = [Plain(F(field)) for field in fields]
    wanted = Q()
    for meant in given.words or ((given.text,),):
        here = Q()
        for column in columns:
            for word in meant:
                here |= Q(Contains(column, Value(word)))
        wanted &= here
    return wanted


def coded(given: Asked, code: str = "code", postcode_: str = "postcode") -> Q:
    """Rows whose code or postcode begins as was typed, or is one of the codes that are near it."""
    if given.parts:
        return reduce(or_, (coded(part, code, postcode_) for part in given.parts))
    if given.codes:
        return Q(**{f"{code}__in": given.codes}) | Q(**{f"{postcode_}__in": given.codes})
    began = code_of(given.text)
    if not began:
        return Q(pk__in=[])
    return Q(**{f"{code}__startswith": began}) | Q(**{f"{postcode_}__startswith": postcode(given.text)})


def group(title: str, found: Sequence[Found], given: Asked, more: str = "") -> Group:
    """A group of the first ten of `found`, of which `given.most` were looked for; the nearest first."""
    if given.text or given.codes:
        return Group(title, found[:MOST], has_more=len(found) > MOST, more=more)
    far = {one: distance(given, f"{one.text} {one.what}") for one in found}
    nearest = sorted((one for one in found if far[one] is not None), key=lambda one: far[one] or 0)
    return Group(title, nearest[:MOST])


def slips(word: str) -> int:
    """How many letters of a word may be wrong: none of two or of a number, one of up to four, else two."""
    if len(word) < 3 or not word.isalpha():
        return 0
    return 1 if len(word) < 5 else 2


def distance(given: Asked, said: str) -> int | None:
    """How many letters have to change for each word that was typed to be one that is said, or its beginning.

    None where one of them is none of these: it stood in the midst of another word.
    """
    single = words_of(said)
    words = [*single, *map("".join, pairwise(single))]
    total = 0
    for meant in given.words:
        typed = meant[0]
        nearest = min(
            (min(OSA.distance(typed, word), OSA.distance(typed, word[: len(typed)])) for word in words),
            default=len(typed),
        )
        if nearest > slips(typed):
            return None
        total += nearest
    return total


def lacking(groups: Sequence[Group], others: Sequence[Group], most: int = MOST) -> list[Group]:
    """The groups of a kind of which `others` have found nothing, each with its first `most`."""
    known = {other.title for other in others}
    return [replace(one, found=one.found[:most]) for one in groups if one.title not in known]


def said(*parts: str | None) -> str:
    """What a record is, in one line, without what is not held."""
    return " · ".join(part for part in parts if part)


def code_of(text: str) -> str:
    """E84018 of "(e 84018)."; empty where the text has neither letter nor digit."""
    return re.sub(r"[\W_]+", "", text).upper()


def postcode(text: str) -> str:
    """HA3 9AA of "ha39aa" or "HA3-9AA", HA3 9A of "ha39a"; anything else in capitals, its parts apart."""
    joined = re.fullmatch(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9][A-Z]{1,2})", code_of(text))
    return " ".join(joined.groups() if joined else re.findall(r"[^\W_]+", text.upper()))
