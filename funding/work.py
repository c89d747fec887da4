"""What payment runs, rates and claims give the first page, and when PCNs are paid next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from funding.calculation import reckon
from funding.entitlement import NOTHING
from funding.left import left_of
from funding.models import Claim, FinancialYear, PaymentRun, Rate, RateConfirmation
from funding.paid import months_of, waiting_months_of
from funding.rates import has_successor
from funding.workflow.runs import changed_since
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import plural, pounds
from pcnportal.pages.work import SOON, Coming, Link, Task, Urgency, Work, urgency_on
from pcnportal.people.models import User

SHOWN = 3
CALCULATE, APPROVE = "funding.calculate_run", "funding.approve_run"
CONFIRM, JUDGE = "funding.confirm_rate", "funding.judge_claim"


def work_of(user: User, day: date) -> Work:
    """A constant number of queries; none for who neither pays nor approves."""
    paying = sorted({*user.scope(CALCULATE), *user.scope(APPROVE)})
    if not paying:
        return Work()
    year = FinancialYear.objects.filter(starts_on__lte=day, ends_on__gt=day).first()
    left = _left(year, paying, day)
    return Work(
        waiting=[*_runs(user), *_to_calculate(user, left, day), *_claims(user), *_rates(user, day)],
        coming=_payment_day(left, year, day, user.scope(CALCULATE)),
    )


def _runs(user: User) -> Iterator[Task]:
    """Runs that wait for a second person; those of one’s own wait for somebody else.

    One whose inputs changed since can’t be approved any more.
    """
    approves, own = set(user.scope(APPROVE)), {*user.scope(CALCULATE), *user.scope(APPROVE)}
    waits = PaymentRun.objects.filter(commissioner__in=own, status=PaymentRun.Status.CALCULATED)
    held = list(waits.select_related("year", "commissioner"))
    changed = {run: said for run in held if (said := changed_since(run))}
    if changed:
        yield Task(
            text=f"{plural(len(changed), 'payment run')} to discard and calculate again: what it was "
            "calculated from has changed",
            href=next(iter(changed)).get_absolute_url() if len(changed) == 1 else reverse("funding:runs"),
            urgency=Urgency.NOW,
            links=tuple(
                Link(str(run), run.get_absolute_url(), f"{run.commissioner}, for {said}")
                for run, said in changed.items()
            ),
            due_what="Payment",
            due_on=min(run.paid_on for run in changed),
        )
    rows = [run for run in held if run not in changed]
    theirs = [run for run in rows if run.calculated_by_id != user.pk and run.commissioner_id in approves]
    others = [run for run in rows if run not in theirs]
    for missing, some in (("", theirs), ("Someone else than who calculated it approves it.", others)):
        if some:
            links = tuple(Link(str(run), run.get_absolute_url(), str(run.commissioner)) for run in some)
            yield Task(
                text=f"{plural(len(some), 'payment run')} to approve",
                href=some[0].get_absolute_url() if len(some) == 1 else reverse("funding:runs"),
                urgency=Urgency.ELSEWHERE if missing else Urgency.NOW,
                links=links,
                missing=missing,
                due_what="Payment",
                due_on=min(run.paid_on for run in some),
            )


def _to_calculate(user: User, left: list[Left], day: date) -> Iterator[Task]:
    """What is due within two weeks, or was due, and is in no run that waits for approval."""
    own = user.scope(CALCULATE)
    by_day: dict[date, Decimal] = defaultdict(lambda: NOTHING)
    back, pcns = NOTHING, set()
    for one in left:
        if one.commissioner in own and one.due_on <= day + SOON and one.in_no_run:
            pcns.add(one.pcn)
            if one.in_no_run > 0:
                by_day[one.due_on] += one.in_no_run
            else:
                back -= one.in_no_run
    if back and not by_day:
        yield Task(
            text=f"A payment run to calculate: it takes off {pounds(back)} that is paid too much to "
            f"{plural(len(pcns), 'PCN')}",
            href=reverse("funding:calculate_run"),
        )
    if not by_day:
        return
    first, last = min(by_day), max(by_day)
    due = sum(by_day.values(), NOTHING) - back
    said = "" if first == last else f" by {written(last)}, the first {pounds(by_day[first])} of it"
    yield Task(
        text=f"A payment run to calculate: {pounds(due)} due to {plural(len(pcns), 'PCN')}{said}"
        + (f" by {written(first)}" if said else "")
        + (f"; {pounds(back)} that is paid too much is taken off" if back else ""),
        href=reverse("funding:calculate_run"),
        urgency=urgency_on(day, first),
        due_what="First payment" if said else "Payment",
        due_on=first,
    )


def _claims(user: User) -> Iterator[Task]:
    own = user.scope(JUDGE)
    if not own:
        return
    waiting = Claim.objects.filter(status=Claim.Status.SUBMITTED, post__pcn__commissioner__in=own)
    rows = list(waiting.exclude(submitted_by=user).select_related("post__pcn__organisation", "post__payment"))
    if rows:
        yield Task(
            text=f"{plural(len(rows), 'claim')} for staff to judge",
            href=f"{reverse('funding:claims')}?status={Claim.Status.SUBMITTED}",
            links=tuple(Link(str(claim), claim.get_absolute_url()) for claim in rows[:SHOWN]),
        )


def _rates(user: User, day: date) -> Iterator[Task]:
    """Rates of years that have begun which would pay, had this commissioner’s finance confirmed them."""
    own = set(user.scope(CONFIRM))
    if not own:
        return
    rates: Any = Rate.objects.filter(
        term__year__starts_on__lte=day,
        term__year__ends_on__gt=day,
        confidence=Rate.Confidence.MEDIUM,
        at_most=False,
        is_withdrawn=False,
    ).exclude(per=Rate.Per.NOT_HELD)
    confirmed = RateConfirmation.objects.filter(rate=OuterRef("pk"), commissioner__in=own)
    rows = list(
        rates.exclude(Exists(confirmed) | has_successor()).select_related("term__payment", "term__year")
    )
    if rows:
        year = rows[0].term.year
        yield Task(
            text=f"{plural(len(rows), 'rate')} of {year} to confirm: nothing is paid on it until then",
            href=f"{reverse('funding:rates')}?confidence=M&year={year.slug}",
            links=tuple(
                Link(rate.term.payment.name, rate.get_absolute_url(), rate.in_words) for rate in rows[:SHOWN]
            ),
        )


@dataclass(frozen=True)
class Left:
    """What a PCN of a commissioner is due by a day and no approved run has paid; below 0 it is paid too much.

    `in_no_run` is the part of it that is in no run that waits for approval either.
    """

    commissioner: int
    pcn: int
    due_on: date
    pounds: Decimal
    in_no_run: Decimal


def _left(year: FinancialYear | None, commissioners: list[int], day: date) -> list[Left]:
    """What is left to pay of the year, as it stands on `day`."""
    if year is None:
        return []
    lines = reckon(year, commissioners, day)
    pcns = {line.network.pk for line in lines}
    paid, waits = months_of(year, pcns, day), waiting_months_of(year, pcns)
    return [
        Left(
            line.network.commissioner,
            line.network.pk,
            month.due_on,
            month.amount,
            month.amount - (waiting[month.month].amount if month.month in waiting else NOTHING),
        )
        for line in lines
        for key in [(line.network.pk, line.payment.pk)]
        for waiting in [waits.get(key, {})]
        for month in left_of(line, paid.get(key, {}))
    ]


def _payment_day(
    left: list[Left], year: FinancialYear | None, day: date, calculates: Collection[int]
) -> list[Coming]:
    """The next day by which PCNs are paid, with how much; whether it is in what waits to be calculated."""
    following = min((one.due_on for one in left if one.due_on >= day and one.pounds > 0), default=None)
    if following is None or year is None:
        return []
    of_day = [one for one in left if one.due_on == following]
    due = sum((one.pounds for one in of_day), NOTHING)
    said = f"{pounds(due)} due to {plural(len({one.pcn for one in of_day}), 'PCN')}"
    if following <= day + SOON and all(one.commissioner in calculates and one.in_no_run for one in of_day):
        said += ", part of the run to calculate"
    return [Coming(following, "Payment of PCNs", year.get_absolute_url(), said)]
