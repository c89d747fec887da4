"""What approved payment runs have paid, as known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from funding.entitlement import NOTHING
from funding.models import FinancialYear, PaymentRun, RunInstalment, RunLine


@dataclass(frozen=True)
class Paid:
    """What a run paid of a payment of a PCN; `months` are its months with the pounds of each."""

    run: PaymentRun
    state: str
    pounds: Decimal
    months: dict[date, Decimal]
    why: str

    @property
    def state_in_words(self) -> str:
        return str(RunLine.State(self.state).label)


def approved_by(day: date, run: str = "") -> Q:
    """Runs, or rows of runs under the look-up `run`, that were approved by `day`."""
    return Q(**{f"{run}status": PaymentRun.Status.APPROVED, f"{run}approved_at__date__lte": day})


def paid_of(year: FinancialYear, pcns: Collection[int], day: date) -> dict[tuple[int, int], Decimal]:
    """(PCN, payment) -> pounds that runs approved by `day` paid of the year. One query."""
    lines = RunLine.objects.filter(approved_by(day, "run__"), run__year=year, pcn__in=pcns).order_by()
    found: dict[tuple[int, int], Decimal] = defaultdict(lambda: NOTHING)
    for pcn, payment, pounds in lines.values_list("pcn", "payment", "to_pay"):
        found[pcn, payment] += pounds
    return found


def months_of(year: FinancialYear, pcns: Collection[int], day: date) -> dict[tuple[int, int, date], Decimal]:
    """(PCN, payment, month) -> pounds that runs approved by `day` paid for it. One query."""
    return _months(approved_by(day, "line__run__") & Q(line__run__year=year, line__pcn__in=pcns))


def waiting_months_of(year: FinancialYear, pcns: Collection[int]) -> dict[tuple[int, int, date], Decimal]:
    """(PCN, payment, month) -> pounds of it in runs that wait for approval. One query."""
    waits = Q(line__run__status=PaymentRun.Status.CALCULATED)
    return _months(waits & Q(line__run__year=year, line__pcn__in=pcns))


def _months(where: Q) -> dict[tuple[int, int, date], Decimal]:
    found: dict[tuple[int, int, date], Decimal] = defaultdict(lambda: NOTHING)
    rows = RunInstalment.objects.filter(where).order_by()
    for pcn, payment, month, pounds in rows.values_list("line__pcn", "line__payment", "month", "to_pay"):
        found[pcn, payment, month] += pounds
    return found


def runs_of(year: FinancialYear, pcn: int, day: date) -> dict[int, list[Paid]]:
    """By payment what each approved run paid of the PCN’s year, the first run first. Two queries."""
    months: dict[int, dict[date, Decimal]] = defaultdict(dict)
    where = Q(line__run__year=year, line__pcn=pcn) & approved_by(day, "line__run__")
    for line, month, pounds in RunInstalment.objects.filter(where).values_list("line", "month", "to_pay"):
        months[line][month] = pounds
    lines: Any = RunLine.objects.filter(approved_by(day, "run__"), run__year=year, pcn=pcn)
    found: dict[int, list[Paid]] = defaultdict(list)
    for line in lines.select_related("run").defer("workings").order_by("run", "pk"):
        found[line.payment_id].append(
            Paid(line.run, line.state, line.to_pay, months.get(line.pk, {}), line.why)
        )
    return found


def by_month(runs: Iterable[Paid]) -> dict[date, Decimal]:
    """What the runs together paid for each month."""
    found: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    for run in runs:
        for month, pounds in run.months.items():
            found[month] += pounds
    return found
