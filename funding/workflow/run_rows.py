"""The rows of a run: calculated, written at once, and compared with what is stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from funding.calculation import Basis, basis_of, fingerprint, lines_of
from funding.changed import REIMBURSED, in_months, organisations_of, what_changed
from funding.entitlement import NOTHING
from funding.models import PaymentRun, RunInstalment, RunLine, RunShare
from funding.paid_before import Key, PaidLine, paid_before, runs_before
from funding.settling import AMOUNT, BEFORE, RunPart, Settlement, State, settled
from pcnportal import clock
from pcnportal.pages.jinja import plural, pounds, words
from pcnportal.people.models import Organisation
from registry.imports.bulk import insert, new_ids

NAMED = 3
LINE = (
    "id", "run_id", "pcn_id", "payment_id", "state", "payee_id", "rate", "list_size_used", "list_as_at",
    "list_source_id", "amount", "paid_before", "to_pay", "why", "workings",
)  # fmt: skip
INSTALMENT = ("line_id", "month", "due_on", "amount", "paid_before", "to_pay")
SHARE = ("line_id", "practice_id", "patients", "amount", "paid_before", "to_pay", "months")


def basis_of_run(run: PaymentRun) -> Basis:
    """What the run would be calculated from now."""
    decided_by = max(run.paid_on, clock.today())
    return basis_of(run.year, [run.commissioner_id], run.paid_on, decided_by=decided_by)


def fingerprint_of(run: PaymentRun, basis: Basis) -> str:
    """Of what the run is calculated from, and of the approved runs that it is held against."""
    return fingerprint(basis, runs_before(run.year, [network.pk for network in basis.inputs.networks]))


def settlements(run: PaymentRun, basis: Basis) -> list[Settlement]:
    """Every line that the run has: what PCNs are due, held against what was paid before."""
    lines = lines_of(basis)
    paid = paid_before(run.year, {line.network.pk for line in lines})
    found = [
        one
        for line in lines
        for one in settled(line, paid.get((line.network.pk, line.payment.pk)), run.paid_on)
    ]
    _say_why([one for one in found if one.state == State.ARREARS], paid)
    return found


def _say_why(arrears: list[Settlement], paid: dict[Key, PaidLine]) -> None:
    if not arrears:
        return
    of = {id(one): paid[one.line.network.pk, one.line.payment.pk].line for one in arrears}
    workings = dict(RunLine.objects.filter(pk__in=of.values()).values_list("pk", "workings"))
    now = {id(one): json.loads(one.line.workings) for one in arrears}
    wanted = {pk for one in (*workings.values(), *now.values()) for pk in organisations_of(one)}
    names = dict(Organisation.objects.filter(pk__in=wanted).values_list("pk", "name"))
    for one in arrears:
        months = [part[0] for part in one.parts]
        said = what_changed(workings[of[id(one)]], now[id(one)], months, names, one.line.network.pk)
        if not said and one.line.payment.is_staff:
            said = [REIMBURSED]
        due = pounds(sum(map(AMOUNT, one.parts), NOTHING))
        was = pounds(sum(map(BEFORE, one.parts), NOTHING))
        one.why = " ".join([*said, f"Due for {in_months(months)}: {due}; paid before: {was}."])


def store(run: PaymentRun, found: list[Settlement]) -> None:
    """Write the lines of the run with their months and shares, all at once."""
    ids = new_ids(RunLine, len(found))
    insert(RunLine, LINE, ((pk, run.pk, *line_row(one)) for pk, one in zip(ids, found, strict=True)))
    insert(
        RunInstalment,
        INSTALMENT,
        ((pk, *part) for pk, one in zip(ids, found, strict=True) for part in one.parts),
    )
    insert(
        RunShare,
        SHARE,
        ((pk, *share_row(part)) for pk, one in zip(ids, found, strict=True) for part in one.shares),
    )


def line_row(one: Settlement) -> tuple[Any, ...]:
    line = one.line
    is_arrears = one.state == State.ARREARS
    return (
        line.network.pk,
        line.payment.pk,
        str(one.state),
        line.network.payee,
        line.rate,
        line.list_size_used,
        line.list_as_at,
        line.list_source,
        one.amount,
        one.paid_before,
        one.to_pay,
        one.why,
        "{}" if is_arrears else line.workings,
    )


def share_row(part: RunPart) -> tuple[Any, ...]:
    return (part.practice, part.patients, part.amount, part.paid_before, part.to_pay, part.months)


def differing(run: PaymentRun, found: list[Settlement]) -> str:
    """Names of the PCNs for which what is stored differs from what was calculated anew; else nothing."""
    new = {(one.line.network.pk, one.line.payment.pk, str(one.state)): _comparable(one) for one in found}
    old = _stored(run)
    wrong = {pcn for pcn, payment, state in new.keys() | old.keys()
             if new.get((pcn, payment, state)) != old.get((pcn, payment, state))}  # fmt: skip
    if not wrong:
        return ""
    names = list(Organisation.objects.filter(pk__in=wrong).order_by("name").values_list("name", flat=True))
    if len(names) <= NAMED:
        return words(names)
    return f"{', '.join(names[:NAMED])} and {plural(len(names) - NAMED, 'other PCN')}"


def _comparable(one: Settlement) -> tuple[Any, ...]:
    *row, workings = line_row(one)
    shares = sorted((*share_row(part)[:-1], json.loads(part.months)) for part in one.shares)
    return [*row, json.loads(workings)], [tuple(part) for part in one.parts], shares


def _stored(run: PaymentRun) -> dict[tuple[int, int, str], Any]:
    found: dict[int, Any] = {}
    lines: Iterable[Any] = RunLine.objects.filter(run=run).order_by("pk").values_list("pk", *LINE[2:])
    for pk, *row in lines:
        found[pk] = (row, [], [])
    for pk, *month in _of(RunInstalment, run, INSTALMENT, "month"):
        found[pk][1].append(tuple(month))
    for pk, *share in _of(RunShare, run, SHARE, "practice_id"):
        found[pk][2].append(tuple(share))
    return {tuple(row[:3]): (row, months, shares) for row, months, shares in found.values()}


def _of(model: Any, run: PaymentRun, columns: tuple[str, ...], order: str) -> Iterator[Any]:
    rows = model.objects.filter(line__run=run).order_by("line", order)
    yield from rows.values_list(*columns)
