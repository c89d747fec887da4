"""Payment runs: one person calculates, a second approves; from then on nothing of a run changes."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from funding.entitlement import NOTHING, next_month
from funding.models import FinancialYear, PaymentRun
from funding.settling import Settlement
from pcnportal import clock
from pcnportal.history.record import events_of, record
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import pounds
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User, lines_on
from pcnportal.refusals import Refused, Stale
from registry.imports.bulk import uncollected

from .run_rows import basis_of_run, differing, fingerprint_of, settlements, store

PERMISSIONS = {
    "calculate": "funding.calculate_run",
    "approve": "funding.approve_run",
    "discard": "funding.discard_run",
}
Status = PaymentRun.Status


@transaction.atomic
def calculate_run(commissioner: Organisation, year: FinancialYear, paid_on: date, *, by: User) -> PaymentRun:
    """Calculate what the commissioner pays of the year by `paid_on`; it waits for a second person.

    Every line is held against what approved runs of the year paid. Raises `Refused` while another run waits,
    and for a day that is not after the last approved one.
    """
    allow(by, PERMISSIONS["calculate"], commissioner)
    Organisation.objects.select_for_update(no_key=True).get(pk=commissioner.pk)
    follows = _last_approved(commissioner, year)
    _check_day(year, paid_on, follows)
    line = [commissioner.pk, *_line_of(commissioner)]
    if waiting := PaymentRun.objects.filter(
        commissioner__in=line, year=year, status=Status.CALCULATED
    ).first():
        raise Refused(f"The run {waiting} waits for approval. Approve or discard it first.")
    try:
        with transaction.atomic():
            run = PaymentRun.objects.create(
                commissioner=commissioner, year=year, paid_on=paid_on, follows=follows,
                status=Status.CALCULATED, calculated_by=by, calculated_at=clock.now(), inputs="",
            )  # fmt: skip
    except IntegrityError as exc:
        raise Refused("Another run of the year was calculated meanwhile: it waits for approval.") from exc
    with uncollected():
        to_pay = _write(run)
    record(by, "calculated a payment run", run, to_pay=to_pay)
    return run


def _write(run: PaymentRun) -> str:
    """Its rows. A function, so that what it calculated is gone before the collector of garbage comes back."""
    basis = basis_of_run(run)
    found = settlements(run, basis)
    if not found:
        raise Refused(f"{run.commissioner} has no PCN in {run.year}: there is nothing to pay.", "year")
    store(run, found)
    run.inputs = fingerprint_of(run, basis)
    run.save(update_fields=["inputs"])
    return _pays(found)


@transaction.atomic
def approve_run(run: PaymentRun, *, by: User, seen: int) -> PaymentRun:
    """Approve a run that somebody else calculated: it is what is paid, and never changes again.

    It is calculated once more; where that gives anything else, it is refused and has to be calculated anew.
    """
    allow(by, PERMISSIONS["approve"], run.commissioner)
    Organisation.objects.select_for_update(no_key=True).get(pk=run.commissioner_id)
    held = _waiting(run, seen)
    if held.calculated_by_id == by.pk:
        raise Refused("You calculated this run, so someone else approves it.")
    if held.follows != _last_approved(held.commissioner, held.year):
        raise Refused(
            "Another run was approved since this one was calculated. Discard it and calculate again."
        )
    found = settlements(held, basis_of_run(held))
    if names := differing(held, found):
        raise Refused(
            f"What it was calculated from has changed since, for {names}. Discard it and calculate again."
        )
    _end(held, seen, status=Status.APPROVED, approved_by=by, approved_at=clock.now())
    record(by, "approved a payment run", held, status=[held.status, Status.APPROVED], to_pay=_pays(found))
    held.refresh_from_db()
    return held


def changed_since(run: PaymentRun) -> str:
    """Names of the PCNs for which a run that waits would be calculated otherwise now. It writes nothing.

    It is calculated anew only where something of what it was calculated from is no longer the same.
    """
    if run.status != Status.CALCULATED:
        return ""
    with uncollected():
        basis = basis_of_run(run)
        if fingerprint_of(run, basis) == run.inputs:
            return ""
        return differing(run, settlements(run, basis))


@transaction.atomic
def discard_run(run: PaymentRun, *, by: User, seen: int, reason: str) -> PaymentRun:
    """Discard a run that waits: nothing is paid of it. What it calculated is kept, with the reason."""
    allow(by, PERMISSIONS["discard"], run.commissioner)
    held = _waiting(run, seen)
    if not reason.strip():
        raise Refused("Say why it is discarded.", "reason")
    _end(
        held, seen, status=Status.DISCARDED, discarded_by=by, discarded_at=clock.now(), reason=reason.strip()
    )
    record(by, "discarded a payment run", held, reason, status=[held.status, Status.DISCARDED])
    held.refresh_from_db()
    return held


def furthest_day() -> date:
    """The last day for which a run can be calculated: the end of the month after this one."""
    return next_month(next_month(clock.today())) - timedelta(days=1)


def _check_day(year: FinancialYear, paid_on: date, follows: PaymentRun | None) -> None:
    if paid_on < year.starts_on:
        raise Refused(f"The year {year} begins on {written(year.starts_on)}.", "paid_on")
    if follows and paid_on <= follows.paid_on:
        raise Refused(f"The last approved run pays what is due by {written(follows.paid_on)}.", "paid_on")
    if paid_on > furthest_day():
        raise Refused(
            f"Choose a day until {written(furthest_day())}: what is due later may change.", "paid_on"
        )


def _line_of(commissioner: Organisation) -> list[int]:
    before, after = lines_on(clock.today())
    return [other.pk for line in (before, after) for other in line.get(commissioner.pk, ())]


def _last_approved(commissioner: Organisation, year: FinancialYear) -> PaymentRun | None:
    """The last approved run of the commissioner, or of one that came before or after it."""
    of = Q(commissioner__in=[commissioner.pk, *_line_of(commissioner)])
    approved = PaymentRun.objects.filter(of, year=year, status=Status.APPROVED)
    return approved.order_by("-paid_on", "-pk").first()


def _waiting(run: PaymentRun, seen: int) -> PaymentRun:
    held: PaymentRun = PaymentRun.objects.select_related("commissioner", "year", "follows").get(pk=run.pk)
    if held.version != seen:
        raise Stale(held, events_of(held).first())
    if held.status != Status.CALCULATED:
        raise Refused(f"The run is {held.get_status_display().lower()} already.")
    return held


def _end(run: PaymentRun, seen: int, **facts: object) -> None:
    waiting = PaymentRun.objects.filter(pk=run.pk, status=Status.CALCULATED, version=seen)
    if not waiting.update(version=F("version") + 1, **facts):
        raise Stale(run, events_of(run).first())


def _pays(found: Iterable[Settlement]) -> str:
    """What it pays together: history seals it, so that a later change of the rows would be noticed."""
    return pounds(sum((one.to_pay for one in found), NOTHING))
