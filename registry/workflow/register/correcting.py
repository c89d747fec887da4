"""A wrong membership gets a successor. It stays readable, and no longer counts."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import PCN, Membership
from registry.models.facts import DatedFact

from .change import PERMISSION, enter, not_far_ahead, succeed, written


@transaction.atomic
def correct_membership(
    membership: Membership,
    *,
    by: User,
    pcn: PCN,
    starts_on: date | None,
    ends_on: date | None,
    source: Source | None,
    reason: str,
) -> Membership:
    """What the membership should say: in which PCN, from when, until when (empty where that is not held)."""
    practice = membership.practice
    source = enter(by, practice.commissioned_by, practice.organisation, source=source, reason=reason)
    if pcn.pk != membership.pcn_id:
        allow(by, PERMISSION, pcn.commissioned_by)
    said = {"pcn": pcn.pk, "starts_on": starts_on, "ends_on": ends_on}
    may_correct(membership, **said)
    others = standing_beside(membership, starts_on, ends_on).filter(practice=practice)
    if other := others.select_related("pcn__organisation").first():
        since = f" from {written(other.starts_on)}" if other.starts_on else ""
        raise Refused(f"{practice} is in {other.pcn}{since}: the two would overlap.", "starts_on")
    read = sources_of(membership, source, **said)
    made: Membership = succeed(membership, pcn=pcn, starts_on=starts_on, ends_on=ends_on, **read)
    record(
        by,
        "correct_membership",
        practice,
        reason,
        commissioner=practice.commissioned_by,
        pcn=str(pcn),
        starts_on=[membership.starts_on, starts_on],
        ends_on=[membership.ends_on, ends_on],
        source=str(source),
    )
    return made


def sources_of(fact: DatedFact, source: Source, **said: Any) -> dict[str, Source | None]:
    """The sources of a successor that says this: what stays as it was is read where it was read before."""
    changed = differing(fact, **said)
    if changed == {"ends_on"}:
        return {"source": fact.source, "end_source": source}
    end = None if "ends_on" in changed or said["ends_on"] is None else fact.end_source or fact.source
    return {"source": source, "end_source": end}


def differing(fact: DatedFact, **said: Any) -> set[str]:
    """The fields of the row that hold another value than is said."""
    meta: Any = type(fact)._meta
    return {name for name, value in said.items() if getattr(fact, meta.get_field(name).attname) != value}


def may_correct(fact: DatedFact, **said: Any) -> None:
    """Raises `Refused` where it no longer stands, ends before it starts, or is what is held already."""
    if not type(fact).objects.standing().filter(pk=fact.pk).exists():
        raise Refused("This row was corrected or withdrawn already.")
    starts_on, ends_on = said["starts_on"], said["ends_on"]
    if starts_on and ends_on and ends_on <= starts_on:
        raise Refused("It has to end after it starts.", "ends_on")
    not_far_ahead(starts_on=starts_on, ends_on=ends_on)
    if not differing(fact, **said):
        raise Refused("Nothing is different from what is held.")


def standing_beside(fact: DatedFact, starts_on: date | None, ends_on: date | None) -> Any:
    """Other rows of its kind that stand on some day between the two; an empty day is open."""
    others = type(fact).objects.standing().exclude(pk=fact.pk)
    if starts_on:
        others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    if ends_on:
        others = others.filter(Q(starts_on__isnull=True) | Q(starts_on__lt=ends_on))
    return others
