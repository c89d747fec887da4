"""A wrong director or payee gets a successor; one that never was is withdrawn."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User
from pcnportal.people.naming import person_called, spell
from pcnportal.refusals import Refused
from registry.models import ClinicalDirector, Membership, NominatedPayee, Practice

from .change import PERMISSION, enter, succeed, written
from .correcting import differing, may_correct, sources_of, standing_beside

Post = ClinicalDirector | NominatedPayee


@transaction.atomic
def correct_director(
    director: ClinicalDirector,
    *,
    by: User,
    name: str,
    practice: Practice | None,
    share: Decimal | None,
    starts_on: date | None,
    ends_on: date | None,
    source: Source | None,
    reason: str,
) -> ClinicalDirector:
    """What the row should say: who, of which practice, with which share in %, from when, until when."""
    pcn = director.pcn
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason)
    name = " ".join(name.split())
    if not name:
        raise Refused("Enter the name.", "name")
    is_same = name.casefold() == director.person.name.casefold()
    person = director.person if is_same else person_called(name, practice.organisation if practice else None)
    said: dict[str, Any] = {"share": share, "starts_on": starts_on, "ends_on": ends_on}
    told = said | {"person": person.pk, "practice": practice.pk if practice else None}
    if is_same and name != person.name:
        spell(person, name)
        if not differing(director, **told):
            _tell(by, "correct_director", director, reason, source=source)
            return director
    may_correct(director, **told)
    if practice and starts_on and not Membership.objects.on(starts_on).filter(practice=practice, pcn=pcn):
        raise Refused(f"{practice} is not a member of {pcn} on {written(starts_on)}.", "practice")
    others = list(standing_beside(director, starts_on, ends_on).filter(pcn=pcn).select_related("person"))
    if any(other.person.name.casefold() == person.name.casefold() for other in others):
        raise Refused(f"{person} holds the post on some of these days already.", "starts_on")
    if share is not None and share + sum((other.share or 0 for other in others), Decimal(0)) > 100:
        raise Refused("The shares of the post would add up to more than 100 %.", "share")
    read = sources_of(director, source, **told)
    made: ClinicalDirector = succeed(director, person=person, practice=practice, **said, **read)
    _tell(by, "correct_director", director, reason, made, source)
    return made


@transaction.atomic
def correct_payee(
    held: NominatedPayee,
    *,
    by: User,
    payee: Organisation,
    starts_on: date | None,
    ends_on: date | None,
    source: Source | None,
    reason: str,
) -> NominatedPayee:
    """What the row should say: who receives the PCN's money, from when, until when."""
    pcn = held.pcn
    source = enter(by, pcn.commissioned_by, pcn.organisation, source=source, reason=reason)
    said: dict[str, Any] = {"starts_on": starts_on, "ends_on": ends_on}
    may_correct(held, organisation=payee.pk, **said)
    read = sources_of(held, source, organisation=payee.pk, **said)
    others = standing_beside(held, starts_on, ends_on).filter(pcn=pcn).select_related("organisation")
    if other := others.first():
        since = f" from {written(other.starts_on)}" if other.starts_on else ""
        raise Refused(f"{other} is payee{since}: the two would overlap.", "starts_on")
    made: NominatedPayee = succeed(held, organisation=payee, **said, **read)
    _tell(by, "correct_payee", held, reason, made, source)
    return made


@transaction.atomic
def withdraw_post(post: Post, *, by: User, reason: str) -> Post:
    """The person never was director, or the organisation never payee: the row no longer counts."""
    allow(by, PERMISSION, post.pcn.commissioned_by)
    if not reason.strip():
        raise Refused("Say why, or what happened.", "reason")
    if not type(post).objects.standing().filter(pk=post.pk).update(is_withdrawn=True):
        raise Refused("This row was corrected or withdrawn already.")
    kind = "director" if isinstance(post, ClinicalDirector) else "payee"
    _tell(by, f"withdraw_{kind}", post, reason)
    return post


def _tell(
    by: User, verb: str, was: Post, reason: str, now: Post | None = None, source: Source | None = None
) -> None:
    """The event names rows, and no person."""
    days = (
        {name: [getattr(was, name), getattr(now, name)] for name in ("starts_on", "ends_on")} if now else {}
    )
    said = {"source": str(source)} if source else {}
    commissioner = was.pcn.commissioned_by
    record(by, verb, was.pcn, reason, commissioner=commissioner, row=was.pk, **days, **said)  # type: ignore[arg-type]
