"""What can’t be paid now, why, and what releases it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from funding.rows import Row, State
from funding.totals import added


@dataclass(frozen=True)
class Holding:
    """Why some payments of some PCNs can’t be paid now, and what releases them.

    `reasons` are (PCNs, sentence): those for which the same holds together.
    """

    state: str
    payments: tuple[str, ...]
    reasons: tuple[tuple[tuple[str, ...], str], ...]
    amount: Decimal
    releases: str

    @property
    def pcns(self) -> list[str]:
        return [pcn for pcns, _why in self.reasons for pcn in pcns]


# What a line waits for where its own sentence does not say it.
RELEASES = {
    State.NOT_HELD: "Reckoned as soon as that is held with its source, and on nothing else.",
    State.NO_RATE: "Pays nothing until a rate is entered with its source and confirmed.",
    State.UNCONFIRMED: "Pays nothing until finance confirms the rate.",
}


def holdings_of(rows: Iterable[Row]) -> list[Holding]:
    """What is held, the largest amounts first: the same payments that lack the same together."""
    of_pcn: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.line.why:
            of_pcn[row.line.state, row.line.why, row.pcn].append(row)
    groups: dict[tuple[str, tuple[str, ...]], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for (state, why, _pcn), some in of_pcn.items():
        groups[state, tuple(row.payment for row in some)][why] += some
    found = [
        Holding(
            state=str(State(state).label),
            payments=payments,
            reasons=tuple((tuple(dict.fromkeys(row.pcn for row in of)), why) for why, of in by_why.items()),
            amount=added(row for of in by_why.values() for row in of),
            releases=RELEASES.get(State(state), ""),
        )
        for (state, payments), by_why in groups.items()
    ]
    return sorted(found, key=lambda holding: (-holding.amount, holding.state, holding.payments))
