"""What a run pays to whom: a row for each payee, payment and month, as a finance system takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse

from funding.models import PaymentRun, RunShare
from funding.paid_before import read_months
from funding.run_sums import State, sums_of_run


@dataclass(frozen=True)
class PaymentRow:
    """Pounds of a month to the nominated payee of a PCN, or to a practice; empty where no payee is held."""

    run: int
    commissioner: str
    year: str
    paid_on: date
    pcn_code: str
    pcn: str
    payment: str
    payment_slug: str
    allocation: str
    payee_code: str
    payee: str
    month: date
    due_on: date
    kind: str
    amount: Decimal
    address: str


def payments_of(run: PaymentRun) -> list[PaymentRow]:
    """Every amount that the run pays, by PCN, payment, payee and month. A constant number of queries."""
    sums = sums_of_run(run)
    shares: dict[int, list[Any]] = {}
    held = RunShare.objects.filter(line__run=run).select_related("practice__organisation")
    for share in held.order_by("line", "practice__organisation__name", "pk"):
        shares.setdefault(share.line_id, []).append(share)
    found = []
    for line in sums.lines:
        pcn = line.pcn.organisation
        facts: dict[str, Any] = {
            "run": run.pk,
            "commissioner": str(run.commissioner),
            "year": str(run.year),
            "paid_on": run.paid_on,
            "pcn_code": pcn.code or "",
            "pcn": pcn.name,
            "payment": line.payment.name,
            "payment_slug": line.payment.slug,
            "allocation": line.allocation,
            "kind": "Arrears" if line.state == State.ARREARS else "Due",
            "address": reverse("funding:statement", args=[run.pk, pcn.slug]),
        }
        if line.pk in shares:
            for share in shares[line.pk]:
                to = share.practice.organisation
                for month, due_on, _amount, _before, pays in read_months(share.months):
                    if pays:
                        found.append(
                            PaymentRow(
                                payee_code=to.code or "", payee=to.name, month=month, due_on=due_on,
                                amount=pays, **facts,
                            )
                        )  # fmt: skip
            continue
        code, name = (line.payee.code or "", line.payee.name) if line.payee else ("", "")
        found += [
            PaymentRow(
                payee_code=code, payee=name, month=part.month, due_on=part.due_on, amount=part.to_pay, **facts
            )
            for part in line.parts
            if part.to_pay
        ]
    return found
