"""PCNs whose code no file gave or knows, and the rows of a file that may be they.

A PCN registers months before ODS codes it. Proposed is a row that shares the most members with it, each with
the other, or that has its name under its commissioner, with the commissioner's place before it or without;
where no member is held, also those that its name may stand for in short. One that has a code, which a person
may have mistyped, has to agree in its name or in most members of both. Accepted without a person is only
where every reason agrees: the same name, the same commissioner, most practices of both shared, and no rival.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from pcnportal.people.models import FormerDetail, Organisation

from .details import is_placeholder, plainly
from .held import Held
from .reading.rows import PCNRow


def name_of(name: str) -> str:
    """A PCN's name without what its spellings differ in: case, punctuation and the word PCN."""
    words = re.sub(r"\b(pcn|primary care networks?)\b", " ", plainly(name))
    return " ".join(words.split())


OF_ANY_PLACE = re.compile(
    r"\b(nhs|ccgs?|clinical commissioning groups?|(sub )?icbs?|integrated care boards?"
    r"|loc(ation)?|commissioner)\b"
)


def place_of(commissioner: str) -> str:
    """The place that a commissioner's name gives; ODS's names of PCNs often begin with it."""
    return " ".join(OF_ANY_PLACE.sub(" ", plainly(commissioner)).split())


class Pair(NamedTuple):
    """A PCN that is held and a file's row, with the practices in both, of the PCN, and of the row."""

    pcn: int
    row: PCNRow
    shared: int
    held: int
    named: int
    has_same_name: bool
    has_same_commissioner: bool
    is_named_in_short: bool = False
    is_named_in_full: bool = False

    @property
    def is_likely(self) -> bool:
        of_it = self.has_same_commissioner and (self.has_same_name or self.is_named_in_short)
        return of_it or self.is_named_in_full

    @property
    def has_most_of_both(self) -> bool:
        return 2 * self.shared > self.held and 2 * self.shared > self.named

    @property
    def rank(self) -> tuple[bool, int, bool, bool, str]:
        is_named = self.has_same_name or self.is_named_in_full
        return is_named and self.shared > 0, self.shared, is_named, self.has_same_commissioner, self.row.code


@dataclass
class Matching:
    """`rows` are those of the file whose code is not held, `known` the codes of all its rows.

    `members` are the practices' codes of each row, by the row's code.
    """

    held: Held
    rows: Collection[PCNRow]
    members: Mapping[str, set[str]]
    known: Collection[str] = ()

    def pairs(self) -> list[tuple[Pair, bool]]:
        """What is proposed, each with whether every reason agrees; nothing that was decided before."""
        every = self._every()
        best = self._best(every)
        proposed = [
            pair
            for pair in every
            if best[pair.pcn] == pair == best[pair.row.code]
            or pair.is_likely
            or self._waits(pair.pcn, pair.row.code)
        ]
        return [(pair, self._agrees(pair, proposed)) for pair in proposed]

    def _every(self) -> list[Pair]:
        own = self._practices_held()
        places: dict[str, set[int]] = defaultdict(set)
        names: dict[str, set[int]] = defaultdict(set)
        self.places = self._places(own)
        for pcn, practices in own.items():
            for name in self._names(pcn):
                names[name].add(pcn)
            for code in practices:
                places[code].add(pcn)
        waiting: dict[str, set[int]] = defaultdict(set)
        for pcn, code in self.held.matches:
            if pcn in own and self._waits(pcn, code):
                waiting[code].add(pcn)
        found = []
        for row in self.rows:
            members = self.members.get(row.code, set())
            near = names.get(name_of(row.name), set()) | waiting.get(row.code, set())
            near = near.union(*(places.get(code, set()) for code in members))
            for pcn in sorted(near):
                if self.held.matches.get((pcn, row.code), (0, None))[1] is not False:
                    found.append(self._pair(pcn, own[pcn], row, members))
        likely = [p for p in found if self._may_be(p)]
        return likely + self._in_short(own, likely)

    def _may_be(self, pair: Pair) -> bool:
        shares = pair.has_most_of_both if self.held.code(pair.pcn) else pair.shared > 0
        return shares or pair.is_likely or self._waits(pair.pcn, pair.row.code)

    def _in_short(self, own: dict[int, set[str]], others: list[Pair]) -> list[Pair]:
        """For a PCN without members and without another row: the rows whose names add the fewest words.

        Those that name its commissioner's place come before the others. Of several a person chooses.
        """
        known = {pair.pcn for pair in others}
        named = {pair.row.code for pair in others if pair.is_likely}
        rows = [(row, set(name_of(row.name).split())) for row in self.rows if row.code not in named]
        found = []
        bare = (pcn for pcn in own if not own[pcn] and not self.held.code(pcn))
        for pcn in sorted(pcn for pcn in bare if pcn not in known):
            words = set(name_of(self.held.name(pcn)).split())
            places = [set(place.split()) for place in self.places[pcn]]
            longer: dict[tuple[bool, int], list[Pair]] = defaultdict(list)
            for row, said in rows:
                if not words or not words < said:
                    continue
                pair = self._pair(pcn, set(), row, self.members.get(row.code, set()))
                decided = self.held.matches.get((pcn, row.code), (0, None))[1] is False
                if pair.has_same_commissioner and not decided:
                    elsewhere = not any(place <= said for place in places)
                    added = len(said - words)
                    longer[elsewhere, added].append(pair._replace(is_named_in_short=True))
            if longer:
                found += longer[min(longer)]
        return found

    def _names(self, pcn: int) -> set[str]:
        """What the PCN may be called: its own name, and with the place of its commissioner before it."""
        own = name_of(self.held.name(pcn))
        return {own, *(f"{place} {own.removeprefix(place).strip()}" for place in self.places[pcn])} - {""}

    def _places(self, pcns: Collection[int]) -> dict[int, list[str]]:
        """Of each PCN the places of its commissioner and of those before it."""
        found: dict[int, set[int]] = {pcn: {self.held.pcns[pcn]} for pcn in pcns}
        if found:
            rows = FormerDetail.objects.filter(what=FormerDetail.What.COMMISSIONER, organisation__in=found)
            for pcn, code in rows.values_list("organisation", "value"):
                if code in self.held.by_code:
                    found[pcn].add(self.held.by_code[code].pk)
        named = {pcn: [self.held.by_pk[pk] for pk in sorted(some)] for pcn, some in found.items()}
        return {
            pcn: [place for org in some if not is_placeholder(org) and (place := place_of(org.name))]
            for pcn, some in named.items()
        }

    def _waits(self, pcn: int, code: str) -> bool:
        """Whether an earlier file proposed the match and nobody decided: it waits on."""
        return self.held.matches.get((pcn, code), (0, False))[1] is None

    def _pair(self, pcn: int, practices: set[str], row: PCNRow, members: set[str]) -> Pair:
        names, said = self._names(pcn), name_of(row.name)
        return Pair(
            pcn,
            row,
            len(practices & members),
            len(practices),
            len(members),
            said == name_of(self.held.name(pcn)),
            self._is_commissioner(self.held.pcns[pcn], row.commissioner, members),
            is_named_in_full=said in names and any(said.startswith(f"{p} ") for p in self.places[pcn]),
        )

    def _is_commissioner(self, own: int, code: str, members: set[str]) -> bool:
        """The same, its successor, or whoever the file names for practices that are mostly held under it."""
        other = self.held.by_code.get(code)
        if other is not None and (other.pk == own or self.held.successor(own, other.pk)[0]):
            return True
        held = [self.held.by_code[member].pk for member in members if member in self.held.by_code]
        return 2 * sum(self.held.practices.get(practice) == own for practice in held) > len(members)

    def _practices_held(self) -> dict[int, set[str]]:
        """Codes of the practices of each PCN whose code no file knows, open memberships and forms."""
        found: dict[int, set[str]] = {
            org.pk: set()
            for org in self.held.by_pk.values()
            if org.kind == Organisation.Kind.PCN
            and org.pk in self.held.pcns
            and (not org.code or (org.code not in self.known and org.pk in self.held.coded_by_people))
        }
        for rows in self.held.members.values() if found else ():
            for row in rows:
                if row.pcn in found and row.ends_on is None:
                    found[row.pcn].add(self.held.code(row.practice))
        return found

    @staticmethod
    def _best(every: list[Pair]) -> dict[int | str, Pair]:
        best: dict[int | str, Pair] = {}
        for pair in sorted(every, key=lambda pair: pair.rank):
            best[pair.pcn] = best[pair.row.code] = pair
        return best

    def _agrees(self, pair: Pair, proposed: list[Pair]) -> bool:
        if self.held.code(pair.pcn) or (pair.pcn, pair.row.code) in self.held.reconsidered:
            return False
        rivals = [
            other
            for other in proposed
            if other is not pair and (other.pcn == pair.pcn or other.row.code == pair.row.code)
        ]
        agreed = pair.has_same_name and pair.has_same_commissioner and pair.has_most_of_both
        return agreed and not rivals
