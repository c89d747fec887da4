"""How an amount came about: each rate with the lists that count, the multiplication written out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from funding.entitlement import NOTHING, amount, months, schedule
from funding.models import Rate, RateConfirmation
from funding.rows import Row, plain
from pcnportal.history.models import Source
from pcnportal.pages.jinja import number, pounds
from pcnportal.people.models import Organisation
from registry.models import ListSize


@dataclass(frozen=True)
class Listed:
    """A list size that counts: whose it is, its source, and what it corrected, if anything."""

    name: str
    code: str
    patients: Decimal
    source: Source | None
    corrected: Decimal | None


@dataclass(frozen=True)
class Count:
    """What counts in `months` of a rate’s period: `patients` (None: not held), made up of `lists`.

    `whole` is the amount of the whole period on this list, `share` what it gives for these months.
    """

    months: Sequence[date]
    patients: Decimal | None
    missing: str
    lists: Sequence[Listed]
    is_own: bool
    whole: Decimal | None
    share: Decimal
    exact: Decimal | None
    is_closed: bool = False

    @property
    def is_rounded(self) -> bool:
        return self.exact != self.whole


@dataclass(frozen=True)
class Working:
    """A rate with what it counts, in order; none where it counts no list. `sentence` is the sum in words."""

    rate: Rate
    confirmed: RateConfirmation | None
    counts: Sequence[Count]
    periods: int

    @property
    def is_replanned(self) -> bool:
        return len(self.counts) > 1


def multiplied(rate: Rate, count: Count) -> str:
    """£1.50 × 32,716 patients = £49,074.00"""
    kind = "" if rate.per == Rate.Per.REGISTERED else f"{rate.per} "
    return f"{rate.in_pounds} × {number(count.patients)} {kind}patients = {pounds(count.whole)}"


def workings_of(row: Row) -> list[Working]:
    """Read from the line’s workings; in a constant number of queries for any number of lists."""
    said = json.loads(row.line.workings).get("rates", [])
    if not said:
        return []
    rates: dict[int, Any] = {
        rate.pk: rate
        for rate in Rate.objects.filter(pk__in=[one["rate"] for one in said]).select_related("source")
    }
    confirmations = {
        one.rate_id: one
        for one in RateConfirmation.objects.filter(
            rate__in=rates, commissioner=row.line.network.commissioner
        ).select_related("by")
    }
    names = _names(said)
    return [
        _working(rates[one["rate"]], confirmations.get(one["rate"]), one.get("lists", []), row, names)
        for one in said
    ]


Names = tuple[dict[int, Any], dict[int, Any], dict[int, Any]]


def _names(said: Iterable[dict[str, Any]]) -> Names:
    """The owners of the lists, their sources, and the list sizes that corrected another one, each by id."""
    used = [one for of in said for part in of.get("lists", []) for one in part.get("lists", [])]
    owners = Organisation.objects.in_bulk({one[0] for one in used})
    sources = Source.objects.in_bulk({one[3] for one in used})
    corrected = {
        size.pk: size
        for size in ListSize.objects.filter(
            pk__in={one[2] for one in used}, supersedes__isnull=False
        ).select_related("supersedes")
    }
    return owners, sources, corrected


def _working(
    rate: Rate,
    confirmed: RateConfirmation | None,
    parts: Sequence[dict[str, Any]],
    row: Row,
    names: Names,
) -> Working:
    covered = months(rate.starts_on, rate.ends_on)
    starts = [date.fromisoformat(part["from"]) for part in parts]
    of_month = {
        month: max((at for at, start in enumerate(starts) if start <= month), default=None)
        for month in covered
    }
    patients = [_patients(parts, of_month[month]) for month in covered]
    wholes = [None if size is None else amount(rate.pounds, size) for size in patients]
    shares = dict(zip(covered, schedule(wholes), strict=True))
    counts = []
    for at, part in enumerate(parts):
        over = [month for month in covered if of_month[month] == at]
        if not over:
            continue
        size = _patients(parts, at)
        counts.append(
            Count(
                months=over,
                patients=plain(size),
                missing=part.get("missing", ""),
                lists=[_listed(one, names) for one in part.get("lists", [])],
                is_own=[one[0] for one in part.get("lists", [])] == [row.line.network.pk],
                whole=None if size is None else amount(rate.pounds, size),
                share=sum((shares[month] for month in over), NOTHING),
                exact=None if size is None else rate.pounds * size,
                is_closed="lists" not in part,
            )
        )
    return Working(rate, confirmed, counts, len(covered))


def _patients(parts: Sequence[dict[str, Any]], at: int | None) -> Decimal | None:
    said = None if at is None else parts[at]["patients"]
    return None if said is None else Decimal(said)


def _listed(one: Sequence[Any], names: Names) -> Listed:
    owners, sources, corrected = names
    organisation, patients, pk, source = one
    before = corrected.get(pk)
    owner = owners.get(organisation)
    return Listed(
        name=str(owner),
        code=(owner.code or "") if owner else "",
        patients=plain(Decimal(patients)) or Decimal(0),
        source=sources.get(source),
        corrected=plain(before.supersedes.patients) if before else None,
    )


@dataclass(frozen=True)
class ShareRow:
    """What a practice gets of a payment to practices."""

    name: str
    patients: Decimal | None
    amount: Decimal


def shares_of(row: Row) -> list[ShareRow]:
    """The practices’ parts, by name. One query."""
    owners = Organisation.objects.in_bulk({share.practice for share in row.line.shares})
    return [
        ShareRow(str(owners[share.practice]), plain(share.patients), share.amount)
        for share in row.line.shares
    ]


def sources_of(row: Row, workings: Iterable[Working], others: Iterable[Source] = ()) -> list[str]:
    """Each source of the rates, the lists and `others` once, with what it is, as the page names them."""
    found: dict[int, Source] = {}
    national = {working.rate.source.pk: working.rate.source for working in workings}
    for working in workings:
        for count in working.counts:
            for one in count.lists:
                if one.source:
                    found[one.source.pk] = one.source
    found |= {source.pk: source for source in others}
    national[row.line.term.source.pk] = row.line.term.source
    if row.published:
        found[row.published.table.source.pk] = row.published.table.source
    held = [f"{source} ({source.get_kind_display().lower()})" for source in found.values()]
    return held + [read_there(source) for pk, source in national.items() if pk not in found]


def read_there(source: Source) -> str:
    """A source of rates and terms alone, which are one for all PCNs, whoever published it."""
    return f"{source} ({source.get_kind_display().lower()}): the national rates and terms read there"
