"""A line of a year: what a PCN is due for a payment, month by month, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from funding.entitlement import NOTHING
from funding.models import Payment, RunLine, Term

from .inputs import Network

State = RunLine.State


class Month(NamedTuple):
    """A month of a line: its first day, the day by which it is paid, and its pounds."""

    month: date
    due_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Months:
    """The months of a line or a share in their order, by column: a run has very many of them."""

    over: tuple[date, ...] = ()
    due_on: tuple[date, ...] = ()
    pounds: tuple[Decimal, ...] = ()

    def __iter__(self) -> Iterator[Month]:
        return map(Month, self.over, self.due_on, self.pounds)

    def __len__(self) -> int:
        return len(self.over)


class Share(NamedTuple):
    """What a practice is due of a line that is paid to practices: its list size, and each month’s pounds."""

    practice: int
    patients: Decimal
    months: Months

    @property
    def amount(self) -> Decimal:
        return sum(self.months.pounds, NOTHING)


@dataclass(frozen=True)
class Line:
    """A payment of a PCN in a year. `amount` is None where a part of it can’t be reckoned; `why` says what.

    `months` are what is due as far as it can be reckoned. `rate` and `list_size_used` are those of the newest
    part, where there is one rate; `workings` is JSON with every rate and list of every part.
    """

    network: Network
    term: Term
    state: State
    why: str = ""
    rate: Decimal | None = None
    list_size_used: Decimal | None = None
    list_as_at: date | None = None
    list_source: int | None = None
    amount: Decimal | None = None
    months: Months = Months()
    shares: tuple[Share, ...] = ()
    workings: str = "{}"

    @property
    def payment(self) -> Payment:
        return self.term.payment

    @property
    def is_payable(self) -> bool:
        return self.state == State.DUE
