"""Many payment runs, and one that pays much: for what pages cost and who opens them."""

from datetime import date, timedelta
from typing import Any

from funding.models import FinancialYear, Payment, PaymentRun, RunInstalment, RunLine
from funding.workflow.runs import calculate_run
from pcnportal import clock
from registry.models import PCN
from tests.harrow import Harrow

APRIL = date(2019, 4, 1)


def run_of(pcn: PCN, by: Any) -> dict[str, dict[str, Any]]:
    """A run that waits, and what names it and the statement of the PCN in an address."""
    year = FinancialYear.objects.get(slug="2019-20")
    run = calculate_run(pcn.commissioner, year, clock.today(), by=by)
    return named(run, pcn)


def named(run: PaymentRun, pcn: PCN) -> dict[str, dict[str, Any]]:
    return {"payment run": {"pk": run.pk}, "statement": {"pk": run.pk, "pcn": pcn.organisation.slug}}


def add_runs(harrow: Harrow, pcns: list[PCN]) -> dict[str, dict[str, Any]]:
    """For each PCN a discarded run, and all of them in one that waits; what names that one in an address."""
    year = FinancialYear.objects.get(slug="2019-20")
    finance, now = harrow.user("finance"), clock.now()
    facts: dict[str, Any] = {
        "commissioner": harrow.ccg, "year": year, "calculated_by": finance, "calculated_at": now
    }  # fmt: skip
    for number, _ in enumerate(pcns):
        PaymentRun.objects.create(
            status="discarded", paid_on=APRIL + timedelta(days=number), discarded_by=finance,
            discarded_at=now, reason="As minuted.", **facts,
        )  # fmt: skip
    run = PaymentRun.objects.filter(status="calculated").first()
    run = run or PaymentRun.objects.create(status="calculated", paid_on=date(2019, 7, 31), **facts)
    payment = Payment.objects.order_by("position")[0]
    for pcn in pcns:
        line = RunLine.objects.create(
            run=run, pcn=pcn, payment=payment, state="due", amount=12, paid_before=0, to_pay=1
        )
        RunInstalment.objects.create(
            line=line, month=APRIL, due_on=date(2019, 7, 31), amount=12, paid_before=0, to_pay=1
        )
    return named(run, pcns[0])
