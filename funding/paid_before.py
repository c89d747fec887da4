"""What approved runs had paid, month by month: what the next run is held against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max

from funding.entitlement import NOTHING
from funding.many import among
from funding.models import FinancialYear, PaymentRun, RunInstalment, RunLine, RunShare

Key = tuple[int, int]  # a PCN and a payment, by their ids


@dataclass
class PaidLine:
    """Of a payment of a PCN what was paid for each month, and to each practice where practices are paid.

    A month that a run settled with nothing is held too. `line` is the id of the newest approved line.
    """

    line: int
    months: dict[date, Decimal] = field(default_factory=dict)
    due_on: dict[date, date] = field(default_factory=dict)
    shares: dict[int, dict[date, Decimal]] = field(default_factory=dict)
    patients: dict[int, Decimal] = field(default_factory=dict)


def paid_before(year: FinancialYear, pcns: Collection[int]) -> dict[Key, PaidLine]:
    """By PCN and payment, whichever commissioner’s run paid it.

    Each approved run carries on what was paid before it, so that the newest says all. Four queries.
    """
    newest = _newest(year, pcns)
    if not newest:
        return {}
    found: dict[Key, PaidLine] = {}
    of_line: dict[int, tuple[PaidLine, bool, date]] = {}
    lines = RunLine.objects.filter(run__in=set(newest.values())).order_by("pk")
    for pk, run, pcn, payment, state, paid_on in lines.values_list(
        "pk", "run", "pcn", "payment", "state", "run__paid_on"
    ):
        key = (pcn, payment)
        if newest.get(key) != run:
            continue
        if state != RunLine.State.ARREARS:
            found[key] = PaidLine(pk)
        of_line[pk] = (found[key], state == RunLine.State.DUE, paid_on)
    _months(of_line, set(newest.values()))
    _shares(of_line, set(newest.values()))
    return found


def runs_before(year: FinancialYear, pcns: Collection[int]) -> list[int]:
    """The ids of the approved runs of the year that hold any of the PCNs. One query."""
    approved = RunLine.objects.filter(run__year=year, run__status=PaymentRun.Status.APPROVED).order_by()
    return sorted(among(approved, "pcn", pcns).values_list("run", flat=True).distinct())


def _newest(year: FinancialYear, pcns: Collection[int]) -> dict[Key, int]:
    """The newest approved run that holds each payment of the PCNs."""
    approved = RunLine.objects.filter(run__year=year, run__status=PaymentRun.Status.APPROVED)
    grouped = approved.exclude(state=RunLine.State.ARREARS).order_by().values("pcn", "payment")
    rows = grouped.annotate(newest=Max("run")).values_list("pcn", "payment", "newest")
    wanted = set(pcns)
    return {(pcn, payment): run for pcn, payment, run in rows if pcn in wanted}


def _months(of_line: dict[int, tuple[PaidLine, bool, date]], runs: set[int]) -> None:
    rows = RunInstalment.objects.filter(line__run__in=runs).order_by("line", "month")
    for line, month, due_on, before, pays in rows.values_list(
        "line", "month", "due_on", "paid_before", "to_pay"
    ):
        if line not in of_line:
            continue
        paid, is_due, day = of_line[line]
        if pays or before or (is_due and due_on <= day):
            # The line of arrears holds the same months once more, with what they add.
            paid.months[month] = paid.months[month] + pays if month in paid.months else before + pays
            paid.due_on[month] = due_on


def _shares(of_line: dict[int, tuple[PaidLine, bool, date]], runs: set[int]) -> None:
    rows: Any = RunShare.objects.filter(line__run__in=runs).order_by("line", "pk")
    for line, practice, patients, months in rows.values_list("line", "practice", "patients", "months"):
        if line not in of_line:
            continue
        paid, is_due, day = of_line[line]
        of = paid.shares.setdefault(practice, defaultdict(lambda: NOTHING))
        paid.patients[practice] = patients
        for month, due_on, _amount, before, pays in read_months(months):
            if pays or before or (is_due and due_on <= day):
                of[month] = of[month] + pays if month in of else before + pays
                paid.due_on.setdefault(month, due_on)


def read_months(months: list[list[str]]) -> list[tuple[date, date, Decimal, Decimal, Decimal]]:
    return [
        (date.fromisoformat(month), date.fromisoformat(due_on), Decimal(a), Decimal(b), Decimal(c))
        for month, due_on, a, b, c in months
    ]
