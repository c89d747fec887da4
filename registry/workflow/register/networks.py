"""A PCN gets its ODS code, another name, or closes."""

from datetime import date

from django.db import IntegrityError, transaction

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import PCN, Case, ClinicalDirector, Membership, NominatedPayee, PCNPeriod
from registry.statuses import OPEN

from .change import close, end, end_all, enter, not_before_opening, tell, written
from .details import Span, What, may_be, replace_detail
from .members import not_closed
from .twins import give_way, settle


@transaction.atomic
def code_pcn(pcn: PCN, *, by: User, code: str, on: date, source: Source | None, reason: str) -> PCN:
    """The PCN has the ODS code `code` (U and five digits) from `on`; until then none, or its old one.

    A PCN that a file made of it with that code is withdrawn, as long as nothing was built on it.
    """
    code = code.strip().upper()
    source = _enter(pcn, by, on, source, reason)
    if code and code == pcn.organisation.code:
        raise Refused(f"{code} is already the code of this PCN.", "code")
    give_way(pcn, code, by=by, reason=reason)
    may_be(pcn, What.CODE, Span(code, on, None), "code")
    try:
        with transaction.atomic():
            replace_detail(pcn.organisation, "code", code, on, source)
    except IntegrityError as exc:
        raise Refused(f"{code} is held already.", "code") from exc
    settle(pcn, code, by=by, reason=reason)
    tell(by, "code_pcn", pcn, on, source, reason, code=code)
    return pcn


@transaction.atomic
def rename_pcn(pcn: PCN, *, by: User, name: str, on: date, source: Source | None, reason: str) -> PCN:
    """The PCN is called `name` from `on`; its address in the portal stays."""
    name = " ".join(name.split())
    source = _enter(pcn, by, on, source, reason)
    if name and name == pcn.organisation.name:
        raise Refused(f"It is called {name} already.", "name")
    may_be(pcn, What.NAME, Span(name, on, None), "name")
    old = replace_detail(pcn.organisation, "name", name, on, source)
    tell(by, "rename_pcn", pcn, on, source, reason, name=name, formerly=old)
    return pcn


def _enter(pcn: PCN, by: User, on: date, source: Source | None, reason: str) -> Source:
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason, on=on)
    not_before_opening(pcn.organisation, on)
    not_closed(pcn, on)
    if on > clock.today():
        raise Refused("Record it on that day or later: the register shows what is in force.", "on")
    return source


@transaction.atomic
def close_pcn(pcn: PCN, *, by: User, on: date, source: Source | None, reason: str) -> PCN:
    """The PCN closes on `on`: its members, directors and payee end on that day.

    Raises `Refused` where a registration of it is still open, or it closed already.
    """
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason, on=on)
    not_before_opening(pcn.organisation, on)
    if pcn.organisation.closed_on:
        raise Refused(f"{pcn} closed on {written(pcn.organisation.closed_on)} already.", "on")
    end_what_it_has(pcn, on, source)
    tell(by, "close_pcn", pcn, on, source, reason)
    return pcn


def end_what_it_has(pcn: PCN, on: date, source: Source) -> None:
    """Its members and posts end and it closes on `on`. Raises `Refused` where that can't be."""
    if Case.objects.filter(pcn=pcn, status__in=OPEN).exists():
        raise Refused(f"The registration of {pcn} is still open. Decide or withdraw it first.")
    for fact in (Membership, ClinicalDirector, NominatedPayee):
        end_all(fact.objects.standing().filter(pcn=pcn).select_related("source"), on, source)
    _begin_closed(pcn, on, source)
    close(pcn.organisation, on, source)


def _begin_closed(pcn: PCN, on: date, source: Source) -> None:
    for period in PCNPeriod.objects.standing().filter(pcn=pcn).select_related("source"):
        if period.ends_on and period.ends_on <= on:
            continue
        if period.starts_on and period.starts_on >= on:
            raise Refused(
                f"{pcn} is {period.get_status_display().lower()} from {written(period.starts_on)}, "
                "which is not before that day.",
                "on",
            )
        end(period, on, source)
    PCNPeriod.objects.create(pcn=pcn, status=PCNPeriod.Status.CLOSED, starts_on=on, source=source)
