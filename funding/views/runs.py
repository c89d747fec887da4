"""Payment runs: the list, the form that calculates one, and what one of them pays to whom."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from funding.entitlement import NOTHING, next_month
from funding.filters.runs import PaymentFilter, RunFilter
from funding.forms.runs import CalculateForm
from funding.models import FinancialYear, PaymentRun, RunLine
from funding.payments import payments_of
from funding.tables.runs import PaymentTable, RunTable
from funding.workflow.runs import PERMISSIONS, calculate_run
from funding.years import current_of
from pcnportal import clock
from pcnportal.pages.computed import Rows
from pcnportal.pages.jinja import pounds
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import FormPage
from pcnportal.people.access import own_or_404

SEE = "funding.view_funding"
RUNS = [("Funding", "funding:years"), ("Payment runs", "funding:runs")]


class RunList(ListPage):
    permission = SEE
    scope = "commissioner_id"
    model = PaymentRun
    title = "Payment runs"
    what = ("payment run", "payment runs")
    intro = "What was, or will be, paid to PCNs: calculated by one person, approved by another."
    breadcrumbs = RUNS[:1]
    table_class = RunTable
    filterset_class = RunFilter
    template_name = "funding/runs/list.jinja"

    def rows(self) -> Any:
        people = ("calculated_by", "approved_by", "discarded_by")
        return PaymentRun.objects.select_related("commissioner", "year", *people)

    def complete(self, rows: list[Any]) -> list[Any]:
        pays: dict[int, Decimal] = defaultdict(lambda: NOTHING)
        arrears: dict[int, Decimal] = defaultdict(lambda: NOTHING)
        lines = RunLine.objects.filter(run__in=[run.pk for run in rows]).order_by()
        for run, state, amount in lines.values_list("run", "state", "to_pay"):
            pays[run] += amount
            if state == RunLine.State.ARREARS:
                arrears[run] += amount
        for run in rows:
            run.to_pay, run.arrears = pays[run.pk], arrears[run.pk]
        return rows

    def context(self) -> dict[str, Any]:
        return {"may_calculate": self.request.user.can(PERMISSIONS["calculate"])}


class CalculatePage(FormPage):
    permission = PERMISSIONS["calculate"]
    form_class = CalculateForm
    title = "Calculate a payment run"
    intro = "Nothing is paid yet: a second person approves what is calculated."
    button = "Calculate"
    breadcrumbs = RUNS

    @cached_property
    def years(self) -> Any:
        """Those that have begun, or begin before a run could pay them."""
        return FinancialYear.objects.filter(starts_on__lte=next_month(clock.today())).order_by("-starts_on")

    def form_kwargs(self) -> dict[str, Any]:
        return {"scope": self.request.user.scope(self.permission), "years": self.years}

    def initial(self) -> dict[str, Any]:
        today = clock.today()
        home = self.request.user.home_organisation
        return {
            "commissioner": home and home.pk,
            "year": current_of(self.years, today),
            "paid_on": next_month(today) - timedelta(days=1),
        }

    def back(self) -> str:
        return reverse("funding:runs")

    def save(self, form: Any) -> PaymentRun:
        typed = form.cleaned_data
        return calculate_run(typed["commissioner"], typed["year"], typed["paid_on"], by=self.request.user)


class PaymentList(ListPage):
    """What a run pays to whom, for the finance system."""

    permission = SEE
    model = PaymentRun
    what = ("payment", "payments")
    table_class = PaymentTable
    filterset_class = PaymentFilter
    empty = "This run pays nothing."
    template_name = "funding/runs/payments.jinja"

    def fetch(self) -> PaymentRun:
        run = get_object_or_404(PaymentRun.objects.select_related("commissioner", "year"), **self.kwargs)
        own_or_404(self.request.user, self.permission, run.commissioner_id)
        return run

    @property
    def run(self) -> PaymentRun:
        return self.object

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"payments {self.run.year.slug} {self.run.paid_on.isoformat()}"

    def get_title(self) -> str:
        return "What it pays to whom"

    def get_caption(self) -> str:
        return f"{self.run.commissioner}, {self.run}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().get_breadcrumbs(), *[(text, reverse(name)) for text, name in RUNS],
                (str(self.run), self.run.get_absolute_url())]  # fmt: skip

    def rows(self) -> Any:
        return Rows(payments_of(self.run))

    def totals(self, rows: list[Any]) -> dict[str, Any]:
        return {"payee": "Total", "amount": pounds(sum((row.amount for row in rows), NOTHING))}

    def context(self) -> dict[str, Any]:
        return {"run": self.run}
