"""What the lines of one PCN share: its lists month by month, and their workings in words for a machine."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import groupby

from funding.entitlement import months
from funding.models import Rate
from funding.rates import TermRates

from .bases import Base, bases_of, practices_of
from .inputs import Inputs, Network

LISTED = (Rate.Per.REGISTERED, Rate.Per.WEIGHTED, Rate.Per.ADJUSTED)


class Reckoner:
    """A PCN with what its lines share, so that it is reckoned once."""

    def __init__(self, inputs: Inputs, network: Network) -> None:
        self.inputs, self.network = inputs, network
        self._bases: dict[tuple[str, bool], list[Base | None]] = {}
        self._said: dict[tuple[str, bool], str] = {}
        year = inputs.year
        self.months = months(year.starts_on, year.ends_on)
        self.practices = practices_of(network, self.months, inputs)

    def bases(self, kind: str, by_practice: bool) -> list[Base | None]:
        key = (kind, by_practice)
        if key not in self._bases:
            self._bases[key] = bases_of(
                self.network, kind, self.inputs, self.practices, by_practice=by_practice
            )
        return self._bases[key]

    def over(self, rate: Rate, *, by_practice: bool) -> list[Base | None]:
        """What counts in each month of a rate."""
        covered = months(rate.starts_on, rate.ends_on)
        bases = self.bases(rate.per, by_practice)
        if covered == self.months:
            return bases
        held = dict(zip(self.months, bases, strict=True))
        return [held.get(month) for month in covered]

    def lists_said(self, kind: str, by_practice: bool) -> str:
        """The lists of the year as JSON: from which month on which rows count."""
        key = (kind, by_practice)
        if key not in self._said:
            parts = []
            dated = zip(self.months, self.bases(kind, by_practice), strict=True)
            for base, run in groupby(dated, key=lambda pair: pair[1]):
                parts.append(_part(next(run)[0], base))
            self._said[key] = json.dumps(parts)
        return self._said[key]

    def workings(self, of: TermRates, *, by_practice: bool) -> str:
        """JSON: each rate with what it counts and, where that is a list, the lists of the year."""
        parts = []
        for rate in of.rates:
            head = _head(rate.pk, rate.pounds, rate.per, rate.starts_on, rate.ends_on)
            if rate.per in LISTED:
                head = f'{head[:-1]}, "lists": {self.lists_said(rate.per, by_practice)}}}'
            parts.append(head)
        return f'{{"rates": [{", ".join(parts)}]}}'


@lru_cache(maxsize=1024)
def _head(pk: int, pounds: Decimal, per: str, starts_on: date, ends_on: date) -> str:
    said = {"rate": pk, "pounds": str(pounds), "per": per}
    return json.dumps(said | {"from": starts_on.isoformat(), "until": ends_on.isoformat()})


def _part(month: date, base: Base | None) -> dict[str, object]:
    if base is None:
        return {"from": month.isoformat(), "patients": None, "missing": "Closed."}
    lists = [[one.organisation, str(one.patients), one.pk, one.source] for one in base.lists]
    patients = None if base.patients is None else str(base.patients)
    return {"from": month.isoformat(), "patients": patients, "missing": base.missing, "lists": lists}
