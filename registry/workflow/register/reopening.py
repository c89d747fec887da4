"""A closing recorded by mistake, or with a wrong day: what it ended goes on, or ends on another."""

from datetime import date
from typing import Any

from django.db import transaction

from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Succession, User
from pcnportal.refusals import Refused
from registry.models import PCN, ClinicalDirector, Membership, NominatedPayee, PCNPeriod, Practice

from .change import PERMISSION, close, enter, lock, not_before_opening, succeed, tell, written
from .correcting import standing_beside
from .networks import end_what_it_has
from .practices import hand_over, leave_and_close
from .successions import withdraw


@transaction.atomic
def reopen_practice(practice: Practice, *, by: User, source: Source | None, reason: str) -> Practice:
    """It did not close: its membership goes on, and nobody took over from it on that day.

    Raises `Refused` where it is not closed. What was recorded stays readable, and no longer counts. That
    somebody took over on a day that was not held stands again.
    """
    source = enter(by, practice.commissioned_by, practice.organisation, source=source, reason=reason)
    closed = _open_practice_again(practice, source)
    tell(by, "reopen_practice", practice, closed, source, reason)
    return practice


@transaction.atomic
def reopen_pcn(pcn: PCN, *, by: User, source: Source | None, reason: str) -> PCN:
    """It did not close: its members, directors and payee go on, and it is again what it was."""
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason)
    closed = _open_pcn_again(pcn, source)
    tell(by, "reopen_pcn", pcn, closed, source, reason)
    return pcn


@transaction.atomic
def correct_closing(
    practice: Practice, *, by: User, on: date, source: Source | None, reason: str
) -> Practice:
    """It closed, and was taken over where that is held, on `on` and not on the day that is held."""
    source = enter(by, practice.commissioned_by, practice.organisation, source=source, reason=reason, on=on)
    _is_another_day(practice.organisation, on)
    rows = Succession.objects.filter(predecessor=practice.pk, on__isnull=False)
    taken = rows.select_related("successor__practice__organisation").first()
    closed = _open_practice_again(practice, source)
    if taken:
        into = taken.successor.practice if taken.successor else None
        hand_over(practice, into, Succession.Kind(taken.kind), on, source)
    else:
        leave_and_close(practice, on, source)
    tell(by, "correct_closing", practice, on, source, reason, before=closed)
    return practice


@transaction.atomic
def correct_pcn_closing(pcn: PCN, *, by: User, on: date, source: Source | None, reason: str) -> PCN:
    """The PCN closed on `on` and not on the day that is held."""
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason, on=on)
    _is_another_day(pcn.organisation, on)
    closed = _open_pcn_again(pcn, source)
    end_what_it_has(pcn, on, source)
    tell(by, "correct_closing", pcn, on, source, reason, before=closed)
    return pcn


@transaction.atomic
def withdraw_taking_over(practice: Practice, *, by: User, reason: str) -> Practice:
    """Nobody took over from it, as was held without a day. With a day, its closing is withdrawn."""
    allow(by, PERMISSION, practice.commissioned_by)
    if not reason.strip():
        raise Refused("Say why, or what happened.", "reason")
    lock(practice.organisation)
    rows = Succession.objects.filter(predecessor=practice.pk, on__isnull=True)
    said = ", ".join(str(row) for row in rows.select_related("predecessor", "successor"))
    if not withdraw(rows):
        raise Refused("Nothing is held of that without a day.")
    record(by, "withdraw_taking_over", practice, reason, commissioner=practice.commissioned_by, into=said)
    return practice


def _is_another_day(organisation: Organisation, on: date) -> None:
    if organisation.closed_on == on:
        raise Refused(f"It closed on {written(on)}: that is what is held.", "on")
    not_before_opening(organisation, on)


def _open_practice_again(practice: Practice, source: Source) -> date:
    closed = _open_again(practice.organisation, source)
    for held in _ended(Membership, closed, practice=practice).select_related("pcn__organisation"):
        if held.pcn.organisation.closed_on is None:
            _go_on(held, source, practice=practice)
    withdraw(Succession.objects.filter(predecessor=practice.pk, on__isnull=False))
    return closed


def _open_pcn_again(pcn: PCN, source: Source) -> date:
    closed = _open_again(pcn.organisation, source)
    periods = PCNPeriod.objects.standing().filter(pcn=pcn)
    periods.filter(status=PCNPeriod.Status.CLOSED).update(is_withdrawn=True)
    for held in _ended(Membership, closed, pcn=pcn).select_related("practice__organisation"):
        if held.practice.organisation.closed_on is None:
            _go_on(held, source, practice=held.practice)
    for model in (ClinicalDirector, NominatedPayee, PCNPeriod):
        for held in _ended(model, closed, pcn=pcn):
            _go_on(held, source, pcn=pcn, **({"person": held.person} if model is ClinicalDirector else {}))
    return closed


def _open_again(organisation: Organisation, source: Source) -> date:
    closed = organisation.closed_on
    if closed is None:
        raise Refused(f"{organisation} is not closed.")
    close(organisation, None, source)
    return closed


def _ended(model: Any, on: date, **of: Any) -> Any:
    return model.objects.standing().filter(ends_on=on, **of).select_related("supersedes", "source")


def _go_on(fact: Any, source: Source, **whose: Any) -> None:
    """The row goes on until the end that it had before; not where another has taken its place since."""
    was = fact.supersedes
    ends_on = was.ends_on if was and was.starts_on == fact.starts_on else None
    later = standing_beside(fact, fact.ends_on, ends_on).filter(**whose)
    if ends_on != fact.ends_on and not later.exists():
        succeed(fact, ends_on=ends_on, end_source=was.end_source if was is not None and ends_on else source)
