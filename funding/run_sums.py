"""The figures of a run: its lines with their months, added up in pounds by whatever one asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from funding.entitlement import NOTHING
from funding.models import PaymentRun, RunInstalment, RunLine, Term
from funding.partly import partly
from pcnportal.pages.jinja import pounds

State = RunLine.State
Key = tuple[int, int]
BY: dict[str, str] = {"pcn": "PCN", "payment": "Payment", "allocation": "Allocation"}


@dataclass
class RunSums:
    """A run with its lines; each line has its months in `parts` and its `allocation` in words."""

    run: PaymentRun
    lines: list[Any] = field(default_factory=list)

    @property
    def ordinary(self) -> list[Any]:
        return [line for line in self.lines if line.state != State.ARREARS]

    @property
    def arrears(self) -> list[Any]:
        return [line for line in self.lines if line.state == State.ARREARS]

    @property
    def held(self) -> list[Any]:
        """What pays nothing, or not all."""
        return [line for line in self.ordinary if line.why]


@dataclass
class Sums:
    """Pounds of some lines together. `reckoned` is what is reckoned of the year, `due` what is due by now.

    `lacking` counts the lines of which nothing, or not all, can be reckoned.
    """

    reckoned: Decimal = NOTHING
    lacking: int = 0
    due: Decimal = NOTHING
    paid_before: Decimal = NOTHING
    arrears: Decimal = NOTHING
    newly_due: Decimal = NOTHING
    later: Decimal = NOTHING
    held: Decimal = NOTHING

    @property
    def amount(self) -> Decimal | None:
        """What is reckoned; None where that is nothing because something is not held."""
        return None if self.lacking and not self.reckoned else self.reckoned

    @property
    def to_pay(self) -> Decimal:
        return self.arrears + self.newly_due

    @property
    def paid(self) -> Decimal:
        return self.paid_before + self.to_pay


def worth(line: Any) -> Decimal | None:
    """What is reckoned of a line with its `parts`; None where nothing is because something is not held."""
    if line.amount is not None:
        return Decimal(line.amount)
    if line.state == State.NO_CLAIM:
        return NOTHING
    return sum((month.amount for month in line.parts), NOTHING) or None


def worth_in_words(line: Any) -> str:
    """The pounds, for which months where not all can be reckoned; without any, the state of the line."""
    if is_partly(line):
        return partly(worth(line) or NOTHING, [month.month for month in line.parts])
    return str(line.get_state_display()) if line.amount is None else pounds(line.amount)


def is_partly(line: Any) -> bool:
    """Whether some of its months can be reckoned and others can’t."""
    return line.amount is None and bool(worth(line))


def sums_of_run(run: PaymentRun, **only: Any) -> RunSums:
    """Read the lines of a run, or some of them, by PCN and payment. Three queries."""
    lines = list(
        RunLine.objects.filter(run=run, **only)
        .select_related("pcn__organisation", "payment", "payee", "list_source")
        .order_by("pcn__organisation__name", "payment__position", "pk")
    )
    of_line: dict[int, list[RunInstalment]] = defaultdict(list)
    months = RunInstalment.objects.filter(line__run=run).order_by("line", "month")
    for month in months.filter(line__in=[line.pk for line in lines]) if only else months:
        of_line[month.line_id].append(month)
    allocations = dict(Term.objects.filter(year=run.year_id).values_list("payment", "allocation"))
    for line in lines:
        line.parts = of_line[line.pk]
        told = allocations.get(line.payment_id)
        line.allocation = str(Term.Allocation(told).label) if told else "Allocation not held"
    return RunSums(run, lines)


def named(by: str) -> Callable[[Any], str]:
    """What a line is added up under, by a key of `BY`."""
    return {
        "pcn": lambda line: str(line.pcn),
        "payment": lambda line: str(line.payment),
        "allocation": lambda line: line.allocation,
    }[by]


def grouped(lines: Iterable[Any], by: str) -> dict[str, list[Any]]:
    """The lines under each name: PCNs and allocations by name, payments in their own order."""
    found: dict[str, list[Any]] = defaultdict(list)
    name = named(by)
    rank: Callable[[Any], Any] = (lambda line: line.payment.position) if by == "payment" else name
    for line in sorted(lines, key=rank):
        found[name(line)].append(line)
    return found


def sums_of(lines: Iterable[Any], day: date) -> Sums:
    """Together: what is due by `day`, was paid, is paid, is still to come, and is held back."""
    found = Sums()
    for line in lines:
        if line.state == State.ARREARS:
            found.arrears += line.to_pay
            continue
        found.lacking += line.amount is None and line.state != State.NO_CLAIM
        found.paid_before += line.paid_before
        found.newly_due += line.to_pay
        for month in line.parts:
            found.reckoned += month.amount
            if month.due_on <= day:
                found.due += month.amount
            if month.paid_before:
                continue
            if line.state == State.HELD:
                found.held += month.amount
            elif month.due_on > day:
                found.later += month.amount
    return found


def by_payment_day(lines: Iterable[Any], run: PaymentRun) -> dict[date, Decimal]:
    """Pounds by the day on which they are paid: this run’s, and what later ones will pay as it stands."""
    found: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    for line in lines:
        for month in line.parts:
            if month.to_pay:
                found[run.paid_on] += month.to_pay
            elif line.state == State.DUE and month.due_on > run.paid_on and not month.paid_before:
                found[month.due_on] += month.amount
    return found


def by_month(lines: Iterable[Any]) -> dict[date, Decimal]:
    """Pounds by the month for which they are."""
    found: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    for line in lines:
        if line.state != State.ARREARS:
            for month in line.parts:
                found[month.month] += month.amount
    return found
