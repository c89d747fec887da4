"""The lines of a year: what each PCN is due for each payment, month by month, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from funding.claims import Claimed, Key, agreed_claims
from funding.entitlement import NOTHING, amounts, months, pennies, schedule
from funding.many import MANY
from funding.models import FinancialYear, Payment, Rate
from funding.rates import TermRates, rates_of
from pcnportal.pages.jinja import day as written

from .bases import Base
from .inputs import Inputs, gather
from .line import Line, Months, State
from .reckoner import LISTED, Reckoner
from .shares import add_to, months_of, shares_of
from .staff import staff_said

NOT_COUNTED = {Rate.Per.BED: "How many care home beds the PCN has is not held."}


@dataclass(frozen=True)
class Basis:
    """What lines are reckoned from, as the database held it; rates by commissioner."""

    inputs: Inputs
    rates: dict[int, list[TermRates]]
    claims: dict[Key, Claimed]


def reckon(
    year: FinancialYear,
    commissioners: Collection[int],
    day: date,
    pcn: int | None = None,
    *,
    decided_by: date | None = None,
) -> list[Line]:
    """Every line of the PCNs that the commissioners had, as it stands on `day`; by PCN and payment.

    With the rates confirmed and the claims agreed by that day too, or by `decided_by`. A payment whose year
    holds no rate, or none that is confirmed, is a line too, and says so. The number of queries does not grow
    with the PCNs.
    """
    return lines_of(basis_of(year, commissioners, day, pcn, decided_by=decided_by))


def basis_of(
    year: FinancialYear,
    commissioners: Collection[int],
    day: date,
    pcn: int | None = None,
    *,
    decided_by: date | None = None,
) -> Basis:
    """What `reckon` reckons from, by the same arguments."""
    inputs = gather(year, commissioners, day, pcn)
    rates = rates_of(year, commissioners, decided_by or day)
    owners = None if len(inputs.networks) > MANY else [network.pk for network in inputs.networks]
    return Basis(inputs, rates, agreed_claims(year, owners, decided_by or day))


def lines_of(basis: Basis) -> list[Line]:
    """The lines of `reckon`. Asks nothing."""
    found = []
    for network in basis.inputs.networks:
        reckoner = Reckoner(basis.inputs, network)
        for of in basis.rates[network.commissioner]:
            claimed = basis.claims.get((network.pk, of.term.payment_id))
            found.append(_line(reckoner, of, claimed))
    return found


def _line(reckoner: Reckoner, of: TermRates, claimed: Claimed | None) -> Line:
    network = reckoner.network
    if not of.rates:
        return Line(network, of.term, of.state, of.lacking)
    if of.rates[0].per == Rate.Per.POST:
        return _claimed(reckoner, of, claimed)
    for rate in of.rates:
        if rate.per in NOT_COUNTED:
            return Line(network, of.term, State.NOT_HELD, NOT_COUNTED[Rate.Per(rate.per)], rate.pounds)
    return _reckoned(reckoner, of)


def _reckoned(reckoner: Reckoner, of: TermRates) -> Line:
    network, term = reckoner.network, of.term
    by_practice = term.payment.payee == Payment.Payee.PRACTICES
    due: dict[date, Decimal] = {}
    missing: dict[str, date] = {}
    used: Base | None = None
    for rate in of.rates:
        covered = months(rate.starts_on, rate.ends_on)
        if rate.per in LISTED:
            over = reckoner.over(rate, by_practice=by_practice)
            used = next((base for base in reversed(over) if base), None)
            wholes = amounts(rate.pounds, [base.patients if base else None for base in over])
            for base in {id(base): base for base in over}.values():
                if base and base.patients is None:
                    missing.setdefault(base.missing, covered[over.index(base)])
        else:
            gone = network.closed_on
            wholes = [None if gone and gone <= month else pennies(rate.pounds) for month in covered]
        add_to(due, covered, schedule(wholes))
    since = min(missing.values()) if missing else None
    reckoned = {month: due[month] for month in due if month < since} if since else due
    found = months_of(reckoned, term, network)
    is_one = len(of.rates) == 1
    state, why = _state(reckoner, found, missing)
    why = " ".join(filter(None, (why, of.lacking)))
    return Line(
        network,
        term,
        state,
        why,
        of.rates[0].pounds if is_one else None,
        used.patients if used and is_one else None,
        used.lists[0].as_at if used and used.lists and is_one else None,
        _one_source(used) if is_one else None,
        None if since else sum(reckoned.values(), NOTHING),
        found,
        shares_of(reckoner, of, reckoned) if by_practice else (),
        reckoner.workings(of, by_practice=by_practice),
    )


def _state(reckoner: Reckoner, found: Months, missing: dict[str, date]) -> tuple[State, str]:
    """What holds a line comes first: the list that is missing, then that the PCN is not live."""
    network, day = reckoner.network, reckoner.inputs.day
    if missing and not found:
        return State.NOT_HELD, " ".join(missing)
    since = [f"From {written(month)}: {said}" for said, month in missing.items()]
    if network.live_from is None or network.live_from > day:
        begins = f" It goes live on {written(network.live_from)}." if network.live_from else ""
        released = "The whole period is due when the PCN goes live."
        return State.HELD, " ".join([f"The PCN is not live.{begins} {released}", *since])
    return State.DUE, " ".join(since)


def _one_source(base: Base | None) -> int | None:
    sources = {one.source for one in base.lists} if base else set()
    return sources.pop() if len(sources) == 1 else None


def _claimed(reckoner: Reckoner, of: TermRates, claimed: Claimed | None) -> Line:
    rate, network = of.rates[0], reckoner.network
    workings = reckoner.workings(of, by_practice=False)
    if not claimed:
        why = "No claim is agreed. It is paid from the month in which a post is filled, at its actual cost."
        return Line(network, of.term, State.NO_CLAIM, why, rate.pounds, workings=workings)
    found = months_of(claimed.months, of.term, network)
    state, why = _state(reckoner, found, {})
    pounds = sum(claimed.months.values(), NOTHING)
    workings = f'{workings[:-1]}, "staff": {staff_said(claimed)}}}'
    return Line(network, of.term, state, why, rate.pounds, None, None, None, pounds, found, (), workings)
