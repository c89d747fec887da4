"""A closing that was recorded by mistake: the practice or PCN is open again, with what the closing ended."""

from datetime import date
from typing import Any

from django.db import transaction

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Succession, User
from pcnportal.refusals import Refused
from registry.models import PCN, ClinicalDirector, Membership, NominatedPayee, PCNPeriod, Practice

from .change import enter, succeed, tell
from .correcting import standing_beside


@transaction.atomic
def reopen_practice(practice: Practice, *, by: User, source: Source | None, reason: str) -> Practice:
    """It did not close: its membership goes on, and nobody took over from it.

    Raises `Refused` where it is not closed. What was recorded stays readable, and no longer counts.
    """
    source = enter(by, practice.commissioned_by, practice.organisation, source=source, reason=reason)
    closed = _reopen(practice.organisation, source)
    for held in _ended(Membership, closed, practice=practice).select_related("pcn__organisation"):
        if held.pcn.organisation.closed_on is None:
            _go_on(held, source, practice=practice)
    Succession.objects.filter(predecessor=practice.pk, on__isnull=False).update(is_withdrawn=True)
    tell(by, "reopen_practice", practice, closed, source, reason)
    return practice


@transaction.atomic
def reopen_pcn(pcn: PCN, *, by: User, source: Source | None, reason: str) -> PCN:
    """It did not close: its members, directors and payee go on, and it is again what it was."""
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason)
    closed = _reopen(pcn.organisation, source)
    periods = PCNPeriod.objects.standing().filter(pcn=pcn)
    periods.filter(status=PCNPeriod.Status.CLOSED).update(is_withdrawn=True)
    for held in _ended(Membership, closed, pcn=pcn).select_related("practice__organisation"):
        if held.practice.organisation.closed_on is None:
            _go_on(held, source, practice=held.practice)
    for model in (ClinicalDirector, NominatedPayee, PCNPeriod):
        for held in _ended(model, closed, pcn=pcn):
            _go_on(held, source, pcn=pcn, **({"person": held.person} if model is ClinicalDirector else {}))
    tell(by, "reopen_pcn", pcn, closed, source, reason)
    return pcn


def _reopen(organisation: Organisation, source: Source) -> date:
    closed = organisation.closed_on
    if closed is None:
        raise Refused(f"{organisation} is not closed.")
    organisation.closed_on, organisation.source = None, source
    organisation.save(update_fields=["closed_on", "source"])
    return closed


def _ended(model: Any, on: date, **of: Any) -> Any:
    return model.objects.standing().filter(ends_on=on, **of).select_related("supersedes")


def _go_on(fact: Any, source: Source, **whose: Any) -> None:
    """The row goes on until the end that it had before; not where another has taken its place since."""
    was = fact.supersedes
    ends_on = was.ends_on if was and was.starts_on == fact.starts_on else None
    later = standing_beside(fact, fact.ends_on, ends_on).filter(**whose)
    if ends_on != fact.ends_on and not later.exists():
        succeed(fact, ends_on=ends_on, source=source)
