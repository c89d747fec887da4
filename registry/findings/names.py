"""Names that are easily taken for each other, among the practices or PCNs of one commissioner."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from rapidfuzz.fuzz import ratio

from pcnportal.findings.rules import Doubt, Rule

from .rows import OrganisationRow, PCNRow, PracticeRow, pcns_on, practices_on

# What names have in common, and so tells nobody apart.
COMMON = re.compile(
    r"\b(the|and|dr|drs|doctors?|partners?|surgery|surgeries|medical|health|healthcare|care|centre|center|clinic|"
    r"practice|group|gp|hc|mc|road|rd|pcn|primary|network|networks|ctr|cntr|med|surg|"
    r"ltd|limited|llp|plc|cic|company)\b"
)
PLACED = {"north", "south", "northern", "southern", "eastern", "western"}
# Of 100: a letter too many in a word of five or more, or another letter in one of seven or more.
ALIKE, LONG = 85, 5


def plain(name: str) -> str:
    """A name in small letters, without punctuation."""
    return " ".join(re.sub(r"[^a-z0-9]+", " ", name.casefold().replace("’", "").replace("'", "")).split())


def telling(name: str) -> str:
    """The words of a name that tell it from others."""
    return " ".join(COMMON.sub(" ", plain(name)).split())


def alike(first: str, second: str) -> bool:
    """Whether two names are the same but for words that many names have, or for slips of the pen.

    North and South, or 1 and 2, tell two names apart.
    """
    return _alike(telling(first).split(), telling(second).split())


def same(first: str, second: str) -> bool:
    """Whether two names may well be one name written in two ways.

    They are alike, or one has all the words that tell the other from others.
    """
    one, other = telling(first).split(), telling(second).split()
    shorter, longer = sorted((set(one), set(other)), key=len)
    return _alike(one, other) or (bool(shorter) and shorter <= longer)


def _alike(one: list[str], other: list[str]) -> bool:
    return bool(one) and len(one) == len(other) and all(map(_is_a_slip, one, other))


def _is_a_slip(one: str, other: str) -> bool:
    if one == other:
        return True
    return _is_long(one) and _is_long(other) and one not in PLACED and ratio(one, other) >= ALIKE


def _is_long(word: str) -> bool:
    """Whether a slip may have changed the word."""
    return len(word) >= LONG and word.isalpha()


def _firm(words: list[str]) -> tuple[str, ...]:
    """The words that are the same in all names which are alike, in their places."""
    return tuple("" if _is_long(word) else word for word in words)


def near_identical(day: date) -> Iterator[Doubt]:
    yield from _of(row for row in practices_on(day).values() if row.is_open(day))
    yield from _of(row for row in pcns_on(day).values() if row.is_open(day))


def _of(rows: Iterable[PracticeRow] | Iterable[PCNRow]) -> Iterator[Doubt]:
    by_commissioner: dict[int, list[OrganisationRow]] = defaultdict(list)
    for row in rows:
        by_commissioner[row.commissioner].append(row)
    for own in by_commissioner.values():
        ordered = sorted(own, key=lambda row: (row.name.casefold(), row.code, row.pk))
        near: dict[tuple[str, ...], list[tuple[OrganisationRow, list[str]]]] = defaultdict(list)
        for held in ordered:
            words = telling(held.name).split()
            near[_firm(words)].append((held, words))
        for some in near.values():
            for (first, one), (second, other) in combinations(some, 2):
                # Most differ in their first words, which is quickly seen.
                if one and ratio(one[0], other[0]) >= ALIKE and _alike(one, other):
                    yield _doubt(first, second)


def _doubt(first: OrganisationRow, second: OrganisationRow) -> Doubt:
    same = plain(first.name) == plain(second.name)
    return Doubt(
        subject=first.record,  # type: ignore[attr-defined]
        key=second.slug,
        commissioner=first.commissioner,
        stated=_named(first),
        stated_by=first.source,
        found=_named(second),
        found_by=second.source,
        difference="The same name" if same else "Nearly the same name",
        meaning="One is easily taken for the other: a form, a payment or a letter may go to the wrong one.",
    )


def _named(row: OrganisationRow) -> str:
    return f"{row.name} ({row.code})" if row.code else row.name


RULES = (
    Rule(
        slug="near-identical-names",
        group="register",
        title="Nearly the same name",
        question="Do two practices, or two PCNs, of one commissioner have nearly the same name?",
        source="The names in the register, without the words that most names have (surgery, medical "
        "centre, road…)",
        to_do="Use the codes beside the names; accept it where both are there and meant.",
        find=near_identical,
    ),
)
