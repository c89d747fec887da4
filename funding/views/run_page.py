"""One payment run: its totals beside the run before, what is held, and its schedule."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from funding.entitlement import NOTHING
from funding.models import Payment, PaymentRun
from funding.run_beside import changes_of
from funding.run_sums import (
    BY,
    RunSums,
    State,
    by_month,
    by_payment_day,
    grouped,
    is_partly,
    sums_of,
    sums_of_run,
    worth_in_words,
)
from funding.views.runs import RUNS, SEE
from funding.workflow.runs import PERMISSIONS, changed_since
from pcnportal.history.record import events_of
from pcnportal.pages.pages import DetailPage

WHEN = {"paid": "day of payment", "month": "month"}


class OfRun(DetailPage):
    permission = SEE
    scope = "commissioner_id"
    model = PaymentRun
    breadcrumbs = RUNS

    def queryset(self) -> Any:
        return PaymentRun.objects.select_related(
            "commissioner", "year", "follows", "calculated_by", "approved_by", "discarded_by"
        )

    @cached_property
    def sums(self) -> RunSums:
        return sums_of_run(self.object)


class RunPage(OfRun):
    template_name = "funding/runs/run.jinja"

    def get_title(self) -> str:
        return f"Payment run {self.object}"

    def get_caption(self) -> str:
        return str(self.object.commissioner)

    def context(self) -> dict[str, Any]:
        run, sums = self.object, self.sums
        changed = changed_since(run)
        return {
            "changed": changed,
            "may_calculate": self.request.user.can(PERMISSIONS["calculate"], run.commissioner_id),
            "actions": self.actions(changed),
            "whole": sums_of(sums.lines, run.paid_on),
            "totals": [(BY[by], self.totals(by)) for by in BY],
            "changes": changes_of(sums),
            "arrears": sums.arrears,
            "held": held_together(sums.held),
            "unpayable": without_payee(sums.lines),
            "kinds": State,
            "events": events_of(run),
        }

    def totals(self, by: str) -> list[tuple[str, str, Any]]:
        """(name, address of its statement, figures)."""
        found = []
        for name, lines in grouped(self.sums.lines, by).items():
            slug = lines[0].pcn.organisation.slug
            href = reverse("funding:statement", args=[self.object.pk, slug]) if by == "pcn" else ""
            found.append((name, href, sums_of(lines, self.object.paid_on)))
        return found

    def actions(self, changed: str) -> list[dict[str, str]]:
        """What the user may do with a run that waits."""
        run, user = self.object, self.request.user
        if run.status != PaymentRun.Status.CALCULATED:
            return []
        missing = ""
        if changed:
            missing = "what it was calculated from has changed since."
        elif not user.can(PERMISSIONS["approve"], run.commissioner_id):
            missing = "a second person in finance does that."
        elif run.calculated_by_id == user.pk:
            missing = "you calculated this run, so someone else approves it."
        href = reverse("funding:approve_run", args=[run.pk])
        found = [{"text": "Approve", "href": href, "missing": missing}]
        if user.can(PERMISSIONS["discard"], run.commissioner_id):
            href = reverse("funding:discard_run", args=[run.pk])
            found.append({"text": "Discard", "href": href, "missing": ""})
        return found


class SchedulePage(OfRun):
    """By month and PCN, payment or allocation; and what was paid against what is due."""

    template_name = "funding/runs/schedule.jinja"

    def get_title(self) -> str:
        return "Schedule"

    def get_caption(self) -> str:
        return f"{self.object.commissioner}, {self.object}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [*super().get_breadcrumbs(), (str(self.object), self.object.get_absolute_url())]

    def context(self) -> dict[str, Any]:
        asked = self.request.GET
        by = asked.get("by", "") if asked.get("by") in BY else "pcn"
        when = asked.get("when", "") if asked.get("when") in WHEN else "paid"
        groups = grouped(self.sums.lines, by)
        return {
            "by": by,
            "when": when,
            "choices": {"by": BY, "when": WHEN},
            "named": BY[by],
            "table": self.table(groups, when),
            "against": [(name, sums_of(lines, self.object.paid_on)) for name, lines in groups.items()],
            "whole": sums_of(self.sums.lines, self.object.paid_on),
        }

    def table(self, groups: dict[str, list[Any]], when: str) -> dict[str, Any]:
        """The days, and for each group its pounds on each of them, with totals of both."""
        of_group = {
            name: by_payment_day(lines, self.object) if when == "paid" else by_month(lines)
            for name, lines in groups.items()
        }
        days = sorted({day for of_day in of_group.values() for day in of_day})
        rows = [
            (name, [of_day.get(day) for day in days], total(of_day.values()))
            for name, of_day in of_group.items()
        ]
        sums = [total(row[1][at] or NOTHING for row in rows) for at in range(len(days))]
        return {
            "days": [self.head(day, when) for day in days],
            "rows": rows,
            "sums": sums,
            "all": total(sums),
        }

    def head(self, day: date, when: str) -> str:
        return f"{day:%-d %b %Y}" if when == "paid" else f"{day:%b %Y}"


def total(amounts: Iterable[Any]) -> Any:
    return sum(amounts, NOTHING)


def held_together(lines: list[Any]) -> list[dict[str, Any]]:
    """What is held, the PCNs for which the same is said of the same payment together."""
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for line in sorted(lines, key=lambda line: line.payment.position):
        key = (str(line.payment), line.state, line.why)
        row = found.setdefault(
            key,
            {
                "payment": key[0],
                "state": line.get_state_display(),
                "why": line.why,
                "pcns": [],
                "reckoned": [],
            },
        )
        row["pcns"].append(str(line.pcn))
        if is_partly(line):
            row["reckoned"].append(f"{line.pcn}: {worth_in_words(line)}")
    return list(found.values())


def without_payee(lines: list[Any]) -> list[tuple[str, Any]]:
    """(PCN, pounds) that go to a nominated payee who is not held."""
    found: dict[str, Any] = {}
    for line in lines:
        if line.to_pay and line.payee is None and line.payment.payee == Payment.Payee.NOMINATED:
            found[str(line.pcn)] = found.get(str(line.pcn), NOTHING) + line.to_pay
    return list(found.items())
