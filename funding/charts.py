"""What makes up each PCN's money: what to draw where. The template writes the SVG, beside its table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from funding.entitlement import NOTHING
from funding.rows import Row
from pcnportal.pages.jinja import pounds

DRAWN = 30
WIDTH = 99.5  # percent, so that the last edge is drawn
LOOKS = 8  # as many are told apart by their pattern


@dataclass(frozen=True)
class Part:
    """A payment in a bar, from `start` and of `length` in percent of the width; `look` is its pattern."""

    look: int
    said: str
    start: float
    length: float


@dataclass(frozen=True)
class Stack:
    """A PCN: its bar, what each payment comes to, and all of them together; None where none is reckoned."""

    name: str
    slug: str
    parts: Sequence[Part]
    amounts: Sequence[Decimal | None]
    total: Decimal | None


@dataclass(frozen=True)
class Stacks:
    """PCNs beside each other. `payments` are (look, name) in the order of the parts."""

    payments: Sequence[tuple[int, str]]
    stacks: Sequence[Stack]
    totals: Sequence[Decimal]
    left_out: int

    @property
    def total(self) -> Decimal:
        return sum(self.totals, NOTHING)


def made_up_of(rows: Iterable[Row]) -> Stacks | None:
    """The PCNs with what each payment is reckoned to give them; None where nothing is reckoned.

    Of very many those that get most are drawn, in the order of the rows.
    """
    by_pcn: dict[int, list[Row]] = defaultdict(list)
    names: dict[int, str] = {}
    for row in rows:
        by_pcn[row.line.network.pk].append(row)
        if row.reckoned is not None:
            names[row.line.payment.position] = row.payment
    if not names:
        return None
    positions = sorted(names)
    whole = {pcn: sum((row.reckoned or NOTHING for row in some), NOTHING) for pcn, some in by_pcn.items()}
    drawn = set(sorted(whole, key=lambda pcn: -whole[pcn])[:DRAWN])
    most = max(whole.values())
    stacks = [_stack(some, positions, whole[pcn], most) for pcn, some in by_pcn.items() if pcn in drawn]
    return Stacks(
        payments=[(at % LOOKS + 1, names[position]) for at, position in enumerate(positions)],
        stacks=stacks,
        totals=[sum((s.amounts[at] or NOTHING for s in stacks), NOTHING) for at in range(len(positions))],
        left_out=len(by_pcn) - len(stacks),
    )


def _stack(rows: Sequence[Row], positions: Sequence[int], whole: Decimal, most: Decimal) -> Stack:
    held = {row.line.payment.position: row for row in rows}
    parts, begun = [], NOTHING
    for at, position in enumerate(positions):
        row = held.get(position)
        if row and row.reckoned:
            said = f"{row.payment}: {pounds(row.reckoned)}"
            parts.append(Part(at % LOOKS + 1, said, _part(begun, most), _part(row.reckoned, most)))
            begun += row.reckoned
    amounts = [held[position].reckoned if position in held else None for position in positions]
    total = whole if any(amount is not None for amount in amounts) else None
    return Stack(rows[0].pcn, rows[0].line.network.slug, parts, amounts, total)


def _part(value: Decimal, whole: Decimal) -> float:
    return round(WIDTH * float(value) / float(whole), 2) if whole else 0.0
