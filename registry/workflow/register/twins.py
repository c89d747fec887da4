"""A PCN that a file made a second time, since the one that is held had another code: it gives way."""

from __future__ import annotations

from django.db.models import F, Q

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.pages.jinja import plural, words
from pcnportal.people.access import allow
from pcnportal.people.models import FormerDetail, Organisation, User
from pcnportal.refusals import Refused
from registry.imports import bulk
from registry.imports.matching import name_of
from registry.imports.undoing import relations_to
from registry.imports.writing import free_slug
from registry.models import PCN, FileStatement, Membership, PCNMatch, PCNPeriod

from .change import PERMISSION, lock, succeed

What = FormerDetail.What
# What a file writes with a PCN, or keeps beside it.
OF_A_FILE = (Membership, FormerDetail)
WITH_IT = (PCN, PCNPeriod, FileStatement)


def twin_of(pcn: PCN, code: str) -> PCN | None:
    """The PCN of that code, where only a file made it and it is likely `pcn`.

    Likely is one whose match with `pcn` was proposed, or that has its name under the same commissioner.
    """
    rows = PCN.objects.filter(organisation__code=code, organisation__source__kind=Source.Kind.FILE)
    twin: PCN | None = rows.exclude(pk=pcn.pk).select_related("organisation", "commissioner").first()
    if twin is None:
        return None
    is_same = twin.commissioner_id == pcn.commissioner_id and name_of(str(twin)) == name_of(str(pcn))
    return twin if is_same or PCNMatch.objects.filter(pcn=pcn.pk, code=code).exists() else None


def give_way(pcn: PCN, code: str, *, by: User, reason: str) -> None:
    """Withdraw the PCN that a file made of `pcn`, so that its code is free; its members are of `pcn` then.

    Nothing is done where there is none. Raises `Refused` where something was built on it.
    """
    twin = twin_of(pcn, code)
    if twin is None:
        return
    allow(by, PERMISSION, twin.commissioned_by)
    bulk.alone()
    organisation = twin.organisation
    lock(organisation)
    if built := _built_on(twin):
        raise Refused(
            f"{code} is the code of {twin}, which a file made. It can’t give way to {pcn}: {words(built)}"
            " would be lost.",
            "code",
        )
    for member in Membership.objects.standing().filter(pcn=twin):
        if Membership.objects.standing().filter(practice=member.practice_id, pcn=pcn.pk).exists():
            member.is_withdrawn = True
            member.save(update_fields=["is_withdrawn"])
        else:
            succeed(member, pcn_id=pcn.pk)
    PCNPeriod.objects.filter(pcn=twin).update(is_withdrawn=True)
    FormerDetail.objects.create(
        organisation=organisation,
        what=What.CODE,
        value=code,
        until=clock.today(),
        source=organisation.source,
        is_withdrawn=True,
    )
    taken = set(Organisation.every.values_list("slug", flat=True))
    organisation.code, organisation.is_withdrawn = None, True
    organisation.slug = free_slug(f"{code}-withdrawn", taken)
    organisation.save(update_fields=["code", "slug", "is_withdrawn"])
    record(by, "withdraw_twin", twin, reason, commissioner=twin.commissioned_by, code=code, pcn=str(pcn))


def settle(pcn: PCN, code: str, *, by: User, reason: str) -> None:
    """A match that waits, or was rejected, is confirmed by who records its code."""
    confirmed = PCNMatch.objects.filter(Q(pcn=pcn.pk) | Q(code=code), is_accepted=True)
    if confirmed.exists():
        return
    proposed = PCNMatch.objects.filter(pcn=pcn.pk, code=code)
    said = {"decided_by": by, "decided_at": clock.now(), "reason": reason}
    proposed.update(is_accepted=True, version=F("version") + 1, **said)


def _built_on(twin: PCN) -> list[str]:
    """In words the rows that somebody, and no file, wrote of it and that stand."""
    found = []
    for row in (twin.organisation, twin):
        for relation in relations_to(type(row)):
            model = relation.related_model
            if model in WITH_IT:
                continue
            rows = model._base_manager.filter(**{relation.field.name: row.pk})
            names = {field.name for field in model._meta.get_fields()}
            rows = rows.exclude(source__kind=Source.Kind.FILE) if model in OF_A_FILE else rows
            rows = rows.filter(is_withdrawn=False) if "is_withdrawn" in names else rows
            rows = rows.filter(superseded_by__isnull=True) if "superseded_by" in names else rows
            if number := rows.count():
                kind = str(model._meta.verbose_name), str(model._meta.verbose_name_plural)
                found.append(plural(number, *kind))
    return found
