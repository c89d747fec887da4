"""A commissioner with PCNs to pay, and what is done to it between two payment runs."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management import call_command

from funding.models import FinancialYear, Payment, PaymentRun, RunLine
from funding.workflow.runs import approve_run, calculate_run
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User
from registry.models import PCN, ListSize, Membership, NominatedPayee, PCNPeriod, Practice
from tests import factories as make
from tests.harrow import Harrow, settle
from tests.remembered import remembered

LIVE, JULY, AUGUST, SEPTEMBER = date(2019, 7, 1), date(2019, 7, 31), date(2019, 8, 31), date(2019, 9, 30)
APRIL, OCTOBER, MARCH = date(2019, 4, 1), date(2019, 10, 31), date(2020, 3, 31)


@dataclass
class Paying:
    """Harrow's finance before the first payment of 2019/20."""

    ccg: Organisation
    users: dict[str, User]
    report: Source
    year: FinancialYear
    practices: dict[str, Practice] = field(default_factory=dict)

    def user(self, name: str) -> User:
        return self.users[f"{name}@harrow.example"]

    def practice(self, name: str, patients: Any = None, weighted: Any = None) -> Practice:
        """The practice of that name, with its list sizes of 1 January 2019."""
        if name not in self.practices:
            code = f"E84{len(self.practices):03}"
            self.practices[name] = make.PracticeFactory.create(code=code, name=name)
            self.list_size(name, patients)
            self.list_size(name, weighted, kind=ListSize.Kind.WEIGHTED)
        return self.practices[name]

    def list_size(self, name: str, patients: Any, **facts: Any) -> None:
        if patients is not None:
            made = make.ListSizeFactory(
                organisation=self.practices[name].organisation, patients=Decimal(patients), **facts
            )
            assert made.as_at == self.year.list_size_on

    def correct(
        self, name: str, patients: Any, kind: str = ListSize.Kind.REGISTERED, published: date | None = None
    ) -> None:
        """A practice's list size is published anew."""
        was = ListSize.objects.standing().get(organisation=self.practices[name].organisation, kind=kind)
        self.corrected(was, patients, published)

    def corrected(self, was: ListSize, patients: Any, published: date | None = None) -> None:
        source = make.SourceFactory.create(title="Corrected list sizes", published_on=published or APRIL)
        ListSize.objects.create(
            organisation=was.organisation, kind=was.kind, as_at=was.as_at, patients=Decimal(patients),
            source=source, supersedes=was,
        )  # fmt: skip

    def list_size_of(self, pcn: PCN, patients: Any, **facts: Any) -> None:
        make.ListSizeFactory(organisation=pcn.organisation, patients=Decimal(patients), **facts)

    def pcn(self, name: str, live_from: date | None = LIVE, **practices: Any) -> PCN:
        """A PCN of practices, given as name=registered or name=(registered, weighted)."""
        pcn = make.PCNFactory.create(name=name)
        if live_from:
            self.goes_live(pcn, live_from)
        for practice, sizes in practices.items():
            registered, weighted = sizes if isinstance(sizes, tuple) else (sizes, None)
            self.practice(practice, registered, weighted)
            self.joins(practice, pcn, live_from or LIVE)
        return pcn

    def goes_live(self, pcn: PCN, day: date) -> None:
        PCNPeriod.objects.create(pcn=pcn, status=PCNPeriod.Status.LIVE, starts_on=day)

    def closes(self, pcn: PCN, day: date) -> None:
        PCNPeriod.objects.filter(pcn=pcn).update(ends_on=day)
        PCNPeriod.objects.create(pcn=pcn, status=PCNPeriod.Status.CLOSED, starts_on=day)

    def joins(self, practice: str, pcn: PCN, day: date) -> None:
        Membership.objects.create(practice=self.practices[practice], pcn=pcn, starts_on=day)

    def leaves(self, practice: str, day: date) -> None:
        Membership.objects.filter(practice=self.practices[practice], ends_on=None).update(ends_on=day)

    def payee(self, pcn: PCN, practice: str) -> None:
        NominatedPayee.objects.create(
            pcn=pcn, organisation=self.practices[practice].organisation, starts_on=LIVE
        )

    def calculated(self, day: date) -> PaymentRun:
        with clock.at(day):
            return calculate_run(self.ccg, self.year, day, by=self.user("finance"))

    def paid(self, day: date) -> PaymentRun:
        """A run of that day, calculated and approved."""
        run = self.calculated(day)
        with clock.at(day):
            return approve_run(run, by=self.user("approver"), seen=run.version)


def begin() -> Paying:
    """Harrow with its accounts, and the payments and rates of all years as the fixtures hold them."""
    return _with_rates(settle())


@remembered
def _with_rates(harrow: Harrow) -> Paying:
    call_command("loaddata", "sources", "funding_sources", "funding_years", verbosity=0)
    return Paying(harrow.ccg, harrow.users, harrow.report, FinancialYear.objects.get(slug="2019-20"))


def line(run: PaymentRun, pcn: PCN, payment: str = "core", state: str = "") -> RunLine:
    """The line of a payment, its arrears with state="arrears"."""
    lines = RunLine.objects.filter(run=run, pcn=pcn, payment=Payment.objects.get(slug=payment))
    return lines.get(state=state) if state else lines.exclude(state=RunLine.State.ARREARS).get()


def months(found: RunLine) -> dict[str, tuple[str, str, str]]:
    """2019-04 -> (amount, paid before, to pay), as text."""
    rows = found.instalments.values_list("month", "amount", "paid_before", "to_pay")
    return {f"{month:%Y-%m}": (f"{a:.2f}", f"{b:.2f}", f"{c:.2f}") for month, a, b, c in rows}


def pays(found: RunLine) -> tuple[str, str, str]:
    """(amount, paid before, to pay), as text."""
    return f"{found.amount:.2f}", f"{found.paid_before:.2f}", f"{found.to_pay:.2f}"
