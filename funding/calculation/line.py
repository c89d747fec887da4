"""A line of a year: what a PCN is due for a payment, month by month, and why."""

from __future__ import annotations

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


class Share(NamedTuple):
    """What a practice is due of a line that is paid to practices: its list size, and each month’s pounds."""

    practice: int
    patients: Decimal
    months: tuple[Month, ...]

    @property
    def amount(self) -> Decimal:
        return sum((month.amount for month in self.months), NOTHING)


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
    months: tuple[Month, ...] = ()
    shares: tuple[Share, ...] = ()
    workings: str = "{}"

    @property
    def payment(self) -> Payment:
        return self.term.payment

    @property
    def is_payable(self) -> bool:
        return self.state == State.DUE
