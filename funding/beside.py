"""Published beside calculated: where a table's rows meet the lines of the year. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .calculation import reckon
from .models import RunLine
from .printed import Printed


@dataclass(frozen=True)
class Calculated:
    """A payment of a PCN as calculated. `amount` is None where it can’t be; `why` says what is lacking."""

    amount: Decimal | None
    rate: Decimal | None
    patients: Decimal | None
    as_at: date | None
    state: str
    why: str

    @property
    def is_listed(self) -> bool:
        """Whether it is rate × list size: an actual cost is compared with no published maximum."""
        return self.rate is not None and self.patients is not None

    @property
    def said(self) -> str:
        return str(RunLine.State(self.state).label)


def calculated_for(
    table: Printed, commissioners: Collection[int], day: date
) -> dict[tuple[int, int], Calculated]:
    """What is calculated of the PCNs of some commissioners, by PCN and payment; constant in queries."""
    found = {}
    for line in reckon(table.record.year, sorted(commissioners), day):
        found[line.network.pk, line.payment.pk] = Calculated(
            line.amount, line.rate, line.list_size_used, line.list_as_at, line.state, line.why
        )
    return found
