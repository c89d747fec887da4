"""A wrong membership gets a successor. It stays readable, and no longer counts."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import PCN, Membership

from .change import PERMISSION, enter, succeed, written


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
    if Membership.objects.filter(supersedes=membership).exists():
        raise Refused("This membership was corrected already.")
    if starts_on and ends_on and ends_on <= starts_on:
        raise Refused("It has to end after it starts.", "ends_on")
    if (pcn.pk, starts_on, ends_on) == (membership.pcn_id, membership.starts_on, membership.ends_on):
        raise Refused("Nothing is different from what is held.")
    others = Membership.objects.standing().filter(practice=practice).exclude(pk=membership.pk)
    if starts_on:
        others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on))
    if ends_on:
        others = others.filter(Q(starts_on__isnull=True) | Q(starts_on__lt=ends_on))
    if other := others.select_related("pcn__organisation").first():
        since = f" from {written(other.starts_on)}" if other.starts_on else ""
        raise Refused(f"{practice} is in {other.pcn}{since}: the two would overlap.", "starts_on")
    made: Membership = succeed(membership, pcn=pcn, starts_on=starts_on, ends_on=ends_on, source=source)
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
