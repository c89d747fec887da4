"""Matches of PCNs whose code no file gave: a person says whether the file's row is the PCN."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import FormerDetail, Organisation, User
from pcnportal.refusals import Refused, Stale
from registry.imports import bulk
from registry.imports.details import Details
from registry.imports.held import Held
from registry.imports.members import AGREES, FREE, judge
from registry.imports.networks import CLOSED, LIVE
from registry.imports.plan import Plan
from registry.imports.writing import free_slug
from registry.models import PCN, FileStatement, Membership, PCNMatch, PCNPeriod

PERMISSION, IMPORTS = "registry.decide_match", "registry.import_file"


def may_decide(user: User, commissioner: int) -> bool:
    """Of one's own commissioner's PCNs; who imports files for all England decides for all England."""
    return user.can(IMPORTS) or user.can(PERMISSION, commissioner)


def _allow(by: User, match: PCNMatch) -> None:
    if not may_decide(by, match.pcn.commissioner_id):
        allow(by, PERMISSION, match.pcn.commissioner)


def confirm_match(match: PCNMatch, *, by: User, seen: int, reason: str = "") -> None:
    """The PCN gets its code, from the day on which ODS opened it; what waited beside it is looked at again.

    A code that a person had recorded is corrected to it. Raises `Refused` where a file gave the PCN a code by
    now or another organisation has this one, `Stale` where somebody decided meanwhile.
    """
    _allow(by, match)
    _confirm(match, by, seen, reason)


@transaction.atomic
def _confirm(match: PCNMatch, by: User, seen: int, reason: str) -> None:
    pcn = match.pcn
    bulk.alone()
    own = Organisation.objects.get(pk=pcn.pk)
    if own.code and is_coded_by_file(own, match):
        raise Refused(f"{own} has the code {own.code} by now.")
    decide(match, True, by=by, seen=seen, reason=reason)
    if taken := Organisation.objects.filter(code=match.code).exclude(pk=own.pk).first():
        raise Refused(f"{taken} has the code {match.code} by now.")
    before = _give_code(own, match)
    for rival in _rivals(match):
        decide(rival, False, by=by, seen=rival.version, reason=f"{own} is {match.code}.")
    look_again(match, own.pk)
    keep_beside(match)
    if before:
        record(by, "correct_code", pcn, reason, code=[before, match.code])
    else:
        record(by, "code_pcn", pcn, reason, code=match.code)


def is_coded_by_file(own: Organisation, match: PCNMatch) -> bool:
    """Whether a file gave the PCN its code: it made the PCN, or somebody confirmed another match."""
    if own.source and own.source.kind == Source.Kind.FILE:
        return True
    return PCNMatch.objects.filter(pcn=own.pk, is_accepted=True).exclude(pk=match.pk).exists()


def _give_code(own: Organisation, match: PCNMatch) -> str:
    """The file's code from the day that it opened; gives the code that was recorded in its place.

    That one stays readable, and counts on no day: the file does not know it.
    """
    what, held = FormerDetail.What.CODE, own.code or ""
    row: dict[str, Any] = {"organisation": own, "what": what, "source": match.run.source}
    if held == match.code:
        return ""
    changes = FormerDetail.objects.filter(organisation=own, what=what)
    wrong = changes.order_by("-until").first() if held else None
    until = wrong.until if wrong and wrong.value else match.opened_on or match.run.stated_on
    before = wrong.value if wrong else ""
    if wrong:
        wrong.is_withdrawn = True
        wrong.save(update_fields=["is_withdrawn"])
    elif held:
        FormerDetail.objects.create(value=held, until=clock.today(), is_withdrawn=True, **row)
    if before != match.code and (wrong or not held):
        FormerDetail.objects.create(value=before, until=until, **row)
    own.code = match.code
    own.save(update_fields=["code"])
    return held


def reject_match(match: PCNMatch, *, by: User, seen: int, reason: str) -> None:
    """The file's row is another PCN: it gets a row of its own, unless it waits for another match.

    Raises `Stale` where somebody decided meanwhile.
    """
    _allow(by, match)
    _reject(match, by, seen, reason)


@transaction.atomic
def _reject(match: PCNMatch, by: User, seen: int, reason: str) -> None:
    bulk.alone()
    decide(match, False, by=by, seen=seen, reason=reason)
    waits = PCNMatch.objects.filter(code=match.code, is_accepted__isnull=True).exists()
    if not waits and not Organisation.objects.filter(code=match.code).exists():
        look_again(match, _make(match))
    record(by, "rejected_match", match, reason, whole=match.pcn, code=match.code)


def decide(match: PCNMatch, is_accepted: bool, *, by: User, seen: int, reason: str) -> None:
    """Say yes or no, once. Raises `Stale` where it was said already."""
    won = PCNMatch.objects.filter(pk=match.pk, version=seen, is_accepted__isnull=True).update(
        is_accepted=is_accepted,
        decided_by=by,
        decided_at=clock.now(),
        reason=reason,
        version=F("version") + 1,
    )
    if not won:
        raise Stale(match)


def _rivals(match: PCNMatch) -> Iterable[PCNMatch]:
    """Other proposals of the same PCN or code, which nobody decided."""
    same = Q(pcn=match.pcn) | Q(code=match.code)
    return PCNMatch.objects.filter(same, is_accepted__isnull=True).exclude(pk=match.pk)


def _make(match: PCNMatch) -> int:
    """The file's row as a PCN of its own."""
    parent = Organisation.objects.filter(code=match.parent).first()
    source = match.run.source
    own = Organisation.objects.create(
        code=match.code,
        slug=free_slug(match.code, set(Organisation.objects.values_list("slug", flat=True))),
        name=match.name,
        kind=Organisation.Kind.PCN,
        postcode=match.postcode,
        opened_on=match.opened_on,
        closed_on=match.closed_on,
        source=source,
    )
    made = PCN.objects.create(organisation=own, commissioner=parent or match.pcn.commissioner)
    held = {"pcn": made, "source": source}
    PCNPeriod.objects.create(status=LIVE, starts_on=match.opened_on, ends_on=match.closed_on, **held)
    if match.closed_on:
        PCNPeriod.objects.create(status=CLOSED, starts_on=match.closed_on, **held)
    return own.pk


def keep_beside(match: PCNMatch) -> None:
    """What the file says of the PCN itself where a commissioner recorded it otherwise."""
    plan, held = Plan(match.run.stated_on), Held()
    details, own = Details(plan, held), held.by_pk[match.pcn_id]
    details.compare(own, "name", match.name, line=0)
    details.compare(own, "commissioner", match.parent, line=0, model="pcn")
    if match.closed_on != own.closed_on:
        details.compare(own, "closed_on", match.closed_on, line=0)
    FileStatement.objects.bulk_create(
        FileStatement(run=match.run, organisation_id=match.pcn_id, what=said.what, value=said.value)
        for said in plan.beside
    )


def look_again(match: PCNMatch, pcn: int) -> None:
    """What the file says of a PCN's members, now that the PCN is known: agreed, written, or beside still."""
    held = Held()
    waiting: dict[str, list[FileStatement]] = defaultdict(list)
    said = FileStatement.objects.standing().filter(what=FileStatement.What.MEMBERSHIP, value=match.code)
    for statement in said.select_related("run__source"):
        rows = held.members.get(statement.organisation_id, ())
        period = statement.starts_on, statement.ends_on
        if any((row.pcn, row.starts_on, row.ends_on) == (pcn, *period) for row in rows):
            waiting[AGREES].append(statement)
            continue
        recorded = [row for row in rows if not row.is_of_a_file]
        waiting[judge(pcn, period, recorded)].append(statement)
    Membership.objects.bulk_create(
        Membership(
            practice_id=statement.organisation_id,
            pcn_id=pcn,
            starts_on=statement.starts_on,
            ends_on=statement.ends_on,
            source=statement.run.source,
        )
        for statement in waiting[FREE]
    )
    settled = [statement.pk for kind in (AGREES, FREE) for statement in waiting[kind]]
    FileStatement.objects.filter(pk__in=settled).update(gone_on=clock.today())
