"""Which rates pay a commissioner’s PCNs, and what a payment lacks where none does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from funding.entitlement import months
from funding.models import FinancialYear, Rate, RateConfirmation, RunLine, Term
from pcnportal.pages.jinja import day as written

State = RunLine.State


@dataclass(frozen=True)
class TermRates:
    """A payment of a year, the rates that pay it, and in `lacking` what else it needs; "" where nothing."""

    term: Term
    rates: tuple[Rate, ...]
    lacking: str
    state: RunLine.State


def rates_of(
    year: FinancialYear, commissioners: Collection[int], day: date | None = None
) -> dict[int, list[TermRates]]:
    """By commissioner every payment of the year, in the order of payments. Asks three questions in all.

    A rate pays where it is vouched for or this commissioner’s finance has confirmed it. A successor replaces
    it from then on only: one that pays nothing replaces nothing. With `day` as it was confirmed by then.
    """
    terms = list(year.terms.select_related("payment", "year").order_by("payment__position"))
    of_term: dict[int, list[Rate]] = defaultdict(list)
    held_rates = Rate.objects.filter(term__year=year, is_withdrawn=False).select_related("source")
    for rate in held_rates.order_by("starts_on", "pk"):
        of_term[rate.term_id].append(rate)
    confirmed: dict[int, set[int]] = defaultdict(set)
    held = RateConfirmation.objects.filter(rate__term__year=year, commissioner__in=commissioners)
    if day is not None:
        held = held.filter(on__lte=day)
    for commissioner, rate_id in held.values_list("commissioner", "rate"):
        confirmed[commissioner].add(rate_id)
    return {
        commissioner: [_of_term(term, of_term[term.pk], confirmed[commissioner]) for term in terms]
        for commissioner in commissioners
    }


def is_usable(rate: Rate, confirmed: Collection[int]) -> bool:
    """Whether it may pay: vouched for or confirmed, with a list that is held, and not a mere maximum."""
    if rate.at_most or rate.per == Rate.Per.NOT_HELD:
        return False
    return rate.confidence == Rate.Confidence.HIGH or rate.pk in confirmed


def paying(rates: Iterable[Rate], confirmed: Collection[int]) -> list[Rate]:
    """Of the rates of a term those that pay: the usable ones that no usable successor replaces."""
    held = {rate.pk: rate for rate in rates}
    usable = [rate for rate in held.values() if is_usable(rate, confirmed)]
    replaced = {before.pk for rate in usable for before in predecessors(rate, held)}
    return [rate for rate in usable if rate.pk not in replaced]


def has_successor() -> Exists:
    """A condition on rates: another one, which is not withdrawn, replaces it."""
    return Exists(Rate.objects.filter(supersedes=OuterRef("pk"), is_withdrawn=False))


def predecessors(rate: Rate, held: dict[int, Rate]) -> Iterable[Rate]:
    """Those that it replaces, the newest first."""
    before: Rate | None = rate
    while before and (before := held.get(before.supersedes_id or 0)):
        yield before


def _of_term(term: Term, rates: list[Rate], confirmed: set[int]) -> TermRates:
    pay = paying(rates, confirmed)
    if not rates:
        lacking = f"No rate is held for {term.payment.name} in {term.year}."
        return TermRates(term, (), lacking, State.NO_RATE)
    said = " ".join(filter(None, (*_waiting(rates, pay, confirmed), _gap(term, pay))))
    return TermRates(term, tuple(pay), said, State.DUE if pay else _state(rates))


def _state(rates: list[Rate]) -> RunLine.State:
    waits = any(not rate.at_most and rate.per != Rate.Per.NOT_HELD for rate in rates)
    return State.UNCONFIRMED if waits else State.NOT_HELD


def _waiting(rates: list[Rate], pay: list[Rate], confirmed: set[int]) -> Iterable[str]:
    held = {rate.pk: rate for rate in rates}
    done = {one.pk for rate in pay for one in (rate, *predecessors(rate, held))}
    for rate in rates:
        if rate.pk in done or (rate.at_most and pay):
            continue
        if rate.at_most:
            if not rate.role:
                yield (
                    f"{rate.in_words} is the most that can be paid. What is paid depends on what the PCN "
                    "claims or achieves, which is not held."
                )
        elif rate.per == Rate.Per.NOT_HELD:
            yield f"{rate.in_pounds} ({rate.source.title}): which list it uses is not held."
        elif not is_usable(rate, confirmed):
            yield f"{rate.in_words} ({rate.source.title}) is not confirmed by finance."


def _gap(term: Term, pay: list[Rate]) -> str:
    """Says where a paid period begins later or ends earlier than its rates."""
    if not pay:
        return ""
    covered = {month for rate in pay for month in months(rate.starts_on, rate.ends_on)}
    missing = [month for month in months(term.starts_on, term.ends_on) if month not in covered]
    named = [written(month).split(" ", 1)[1] for month in missing]
    return f"No rate is held for {', '.join(named)}." if named else ""
