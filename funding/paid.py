"""What approved payment runs have paid, as known on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from funding.calculation import Month
from funding.models import FinancialYear, PaymentRun, RunInstalment, RunLine

MonthsPaid = dict[tuple[int, int], dict[date, Month]]


@dataclass(frozen=True)
class Paid:
    """What a run paid of a payment of a PCN; `months` are its months with the pounds of each."""

    run: PaymentRun
    state: str
    pounds: Decimal
    months: dict[date, Month]
    why: str

    @property
    def state_in_words(self) -> str:
        return str(RunLine.State(self.state).label)


def approved_by(day: date, run: str = "") -> Q:
    """Runs, or rows of runs under the look-up `run`, that were approved by `day`."""
    return Q(**{f"{run}status": PaymentRun.Status.APPROVED, f"{run}approved_at__date__lte": day})


def months_of(year: FinancialYear, pcns: Collection[int], day: date) -> MonthsPaid:
    """(PCN, payment) -> the months for which runs approved by `day` paid anything. One query."""
    return _months(approved_by(day, "line__run__") & Q(line__run__year=year, line__pcn__in=pcns))


def waiting_months_of(year: FinancialYear, pcns: Collection[int]) -> MonthsPaid:
    """(PCN, payment) -> the months that are in runs that wait for approval. One query."""
    waits = Q(line__run__status=PaymentRun.Status.CALCULATED)
    return _months(waits & Q(line__run__year=year, line__pcn__in=pcns))


def _months(where: Q) -> MonthsPaid:
    found: MonthsPaid = defaultdict(dict)
    rows = RunInstalment.objects.filter(where).exclude(to_pay=0).order_by()
    for pcn, payment, *month in rows.values_list("line__pcn", "line__payment", "month", "due_on", "to_pay"):
        _add(found[pcn, payment], Month(*month))
    return found


def _add(months: dict[date, Month], one: Month) -> None:
    held = months.get(one.month)
    months[one.month] = held._replace(amount=held.amount + one.amount) if held else one


def runs_of(year: FinancialYear, pcn: int, day: date) -> dict[int, list[Paid]]:
    """By payment what each approved run paid of the PCN’s year, the first run first. Two queries."""
    months: dict[int, dict[date, Month]] = defaultdict(dict)
    where = Q(line__run__year=year, line__pcn=pcn) & approved_by(day, "line__run__")
    held = RunInstalment.objects.filter(where).values_list("line", "month", "due_on", "to_pay")
    for line, month, due_on, pounds in held:
        months[line][month] = Month(month, due_on, pounds)
    lines: Any = RunLine.objects.filter(approved_by(day, "run__"), run__year=year, pcn=pcn)
    found: dict[int, list[Paid]] = defaultdict(list)
    for line in lines.select_related("run").defer("workings").order_by("run", "pk"):
        found[line.payment_id].append(
            Paid(line.run, line.state, line.to_pay, months.get(line.pk, {}), line.why)
        )
    return found


def by_month(runs: Iterable[Paid]) -> dict[date, Month]:
    """What the runs together paid for each month."""
    found: dict[date, Month] = {}
    for run in runs:
        for month in run.months.values():
            _add(found, month)
    return found
