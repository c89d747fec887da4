"""The financial years, and in words what rates each of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from funding.models import FinancialYear, Rate, Term


@dataclass(frozen=True)
class YearSaid:
    """A year with the payments that hold a vouched-for rate, only rates to be confirmed, or none."""

    year: FinancialYear
    vouched: Sequence[str]
    to_confirm: Sequence[str]
    without: Sequence[str]

    @property
    def is_empty(self) -> bool:
        return not self.vouched and not self.to_confirm


def said_of() -> list[YearSaid]:
    """All years, the newest first. Three queries."""
    terms = Term.objects.select_related("payment").prefetch_related(
        Prefetch("rates", Rate.objects.order_by("pk"))
    )
    years = FinancialYear.objects.prefetch_related(Prefetch("terms", terms.order_by("payment__position")))
    return [_said(year) for year in years]


def _said(year: FinancialYear) -> YearSaid:
    vouched, to_confirm, without = [], [], []
    for term in year.terms.all():
        rates = list(term.rates.all())
        if any(rate.confidence == Rate.Confidence.HIGH for rate in rates):
            vouched.append(term.payment.name)
        elif rates:
            to_confirm.append(term.payment.name)
        else:
            without.append(term.payment.name)
    return YearSaid(year, vouched, to_confirm, without)


def current_of(years: Iterable[FinancialYear], day: date) -> FinancialYear | None:
    """The year of the day; else the newest that had begun by then; else the first to come."""
    ordered = sorted(years, key=lambda year: year.starts_on)
    begun = [year for year in ordered if year.starts_on <= day]
    return begun[-1] if begun else next(iter(ordered), None)
