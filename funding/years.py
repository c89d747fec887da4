"""The financial years, and in words what rates each of them holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from funding.models import FinancialYear, Rate, RateConfirmation, Term
from funding.rates import has_successor


@dataclass(frozen=True)
class YearSaid:
    """A year with its payments that hold a rate that counts, a rate to be confirmed, or none.

    One that holds both is named in both.
    """

    year: FinancialYear
    vouched: Sequence[str]
    to_confirm: Sequence[str]
    without: Sequence[str]

    @property
    def is_empty(self) -> bool:
        return not self.vouched and not self.to_confirm


def said_of(commissioners: Collection[int]) -> list[YearSaid]:
    """All years, the newest first. Four queries.

    A rate counts where it is vouched for, or where each of these commissioners has confirmed it.
    """
    rates = Rate.objects.filter(~has_successor(), is_withdrawn=False).order_by("pk")
    terms = Term.objects.select_related("payment").prefetch_related(Prefetch("rates", rates))
    years = FinancialYear.objects.prefetch_related(Prefetch("terms", terms.order_by("payment__position")))
    own = RateConfirmation.objects.filter(commissioner__in=commissioners).values_list("rate", flat=True)
    by_all = {rate for rate, times in Counter(own).items() if times == len(set(commissioners))}
    return [_said(year, by_all) for year in years]


def _said(year: FinancialYear, confirmed: Collection[int]) -> YearSaid:
    vouched: list[str] = []
    to_confirm: list[str] = []
    without: list[str] = []
    for term in year.terms.all():
        rates = list(term.rates.all())
        counts = {rate.pk: rate.confidence == Rate.Confidence.HIGH or rate.pk in confirmed for rate in rates}
        waiting = [rate for rate in rates if not counts[rate.pk]]
        for some, named in (([rate for rate in rates if counts[rate.pk]], vouched), (waiting, to_confirm)):
            if some:
                named.append(f"{term.payment.name}{' (a maximum)' if all(r.at_most for r in some) else ''}")
        if not rates:
            without.append(term.payment.name)
    return YearSaid(year, vouched, to_confirm, without)


def current_of(years: Iterable[FinancialYear], day: date) -> FinancialYear | None:
    """The year of the day; else the newest that had begun by then; else the first to come."""
    ordered = sorted(years, key=lambda year: year.starts_on)
    begun = [year for year in ordered if year.starts_on <= day]
    return begun[-1] if begun else next(iter(ordered), None)
