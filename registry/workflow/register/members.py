"""A practice joins a PCN, or leaves it. One practice is in one PCN at a time (one contract, one DES)."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from pcnportal.history.models import Source
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.models import PCN, Membership, Practice

from .change import PERMISSION, end, enter, is_open, tell, written


@transaction.atomic
def join_pcn(
    practice: Practice, *, by: User, pcn: PCN, on: date, source: Source | None, reason: str
) -> Membership:
    """The practice is a member of `pcn` from `on`.

    Raises `Refused` where it is not open, the PCN is closed, or it is in a PCN on that day or later: that it
    leaves is recorded first, and may be on the same day.
    """
    allow(by, PERMISSION, pcn.commissioned_by)
    source = enter(
        by,
        practice.commissioned_by,
        practice.organisation,
        pcn.organisation,
        source=source,
        reason=reason,
        on=on,
    )
    is_open(practice.organisation, on)
    not_closed(pcn, on, "pcn")
    if held := membership_from(practice, on):
        until = f" until {written(held.ends_on)}" if held.ends_on else ""
        if held.starts_on and held.starts_on > on:
            sentence = f"{practice} is in {held.pcn} from {written(held.starts_on)}{until}."
        elif held.pcn_id == pcn.pk:
            sentence = f"{practice} is in {held.pcn} already{until}."
        else:
            sentence = (
                f"{practice} is in {held.pcn}{until}. Record first that it left, on that day or before."
            )
        raise Refused(sentence, "on" if held.starts_on and held.starts_on > on else "pcn")
    membership = Membership.objects.create(practice=practice, pcn=pcn, starts_on=on, source=source)
    tell(by, "join_pcn", practice, on, source, reason, pcn=str(pcn))
    return membership


@transaction.atomic
def leave_pcn(practice: Practice, *, by: User, on: date, source: Source | None, reason: str) -> Membership:
    """The practice leaves the PCN in which it is on the day before `on`."""
    source = enter(by, practice.commissioned_by, practice.organisation, source=source, reason=reason, on=on)
    held = membership_from(practice, on)
    if held is None:
        raise Refused(f"{practice} is in no PCN on {written(on)}.", "on")
    if held.starts_on and held.starts_on >= on:
        raise Refused(
            f"{practice} joins {held.pcn} on {written(held.starts_on)}, which is not before that day. "
            "If that is wrong, correct the membership.",
            "on",
        )
    end(held, on, source)
    tell(by, "leave_pcn", practice, on, source, reason, pcn=str(held.pcn))
    return held


def membership_from(practice: Practice, on: date) -> Membership | None:
    """The membership in force on `on`, else the next one."""
    rows = Membership.objects.standing().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), practice=practice
    )
    held: list[Membership] = list(rows.select_related("pcn__organisation", "source"))
    return min(held, key=lambda row: row.starts_on or date.min, default=None)


def not_closed(pcn: PCN | Practice, on: date, field: str = "on") -> None:
    """Raises `Refused` where it is closed on that day."""
    closed = pcn.organisation.closed_on
    if closed and on >= closed:
        raise Refused(f"{pcn} closed on {written(closed)}.", field)
