"""A commissioner is succeeded by another, which then reads and continues what it held."""

from datetime import date

from django.db import transaction

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Role, Succession, User, lines_on
from pcnportal.refusals import Refused

from .change import enter, is_open, not_before_opening, written
from .successions import give_day, withdraw

PERMISSION = "registry.record_succession"
SUCCEEDED = Succession.Kind.SUCCEEDED


@transaction.atomic
def succeed_commissioner(
    commissioner: Organisation,
    *,
    by: User,
    into: Organisation,
    on: date,
    source: Source | None,
    reason: str,
) -> Succession:
    """`into` takes over from the commissioner on `on`: roles at the one count at the other from then.

    A succession that is held without its day gets it. Raises `NotAllowed`, and `Refused` with a sentence.
    """
    both = commissioner, into
    source = enter(by, commissioner, *both, source=source, reason=reason, permission=PERMISSION)
    for field, one in (("", commissioner), ("into", into)):
        if one.kind != Organisation.Kind.COMMISSIONER:
            raise Refused(f"{one} is not a commissioner.", field)
    if into.pk == commissioner.pk:
        raise Refused("Choose another commissioner than this one.", "into")
    undated = _held(commissioner, into)
    _in_line(commissioner, into, on)
    _may_open(by, into)
    made = give_day(undated, on, source) if undated else None
    made = made or Succession.objects.create(
        predecessor=commissioner, successor=into, kind=SUCCEEDED, on=on, source=source
    )
    record(
        by,
        "succeed_commissioner",
        commissioner,
        reason,
        commissioner=commissioner,
        into=str(into),
        on=on,
        source=str(source),
    )
    return made


def _held(commissioner: Organisation, into: Organisation) -> Succession | None:
    """The one that is held without its day. Raises `Refused` where another is held."""
    rows = Succession.objects.filter(predecessor=commissioner, kind=SUCCEEDED)
    for held in rows.select_related("successor"):
        if held.on is None and held.successor_id == into.pk:
            return held
        day = f" on {written(held.on)}" if held.on else ""
        raise Refused(
            f"{commissioner} was succeeded by {held.successor}{day}. Withdraw that first, if it is wrong. Of"
            " several among whom its area was divided record the one that took over its registrations: roles"
            " go with them. Which practices went where, the published files say."
        )
    return None


def _in_line(commissioner: Organisation, into: Organisation, on: date) -> None:
    """Raises `Refused` for a circle, and for a day that does not fit what is held of both."""
    _, after = lines_on(date.max)
    if commissioner in after.get(into.pk, ()):
        raise Refused(f"{commissioner} took over from {into}: that would be a circle.", "into")
    not_before_opening(commissioner, on)
    closed = commissioner.closed_on
    if closed and on > closed:
        raise Refused(
            f"{commissioner} closed on {written(closed)}. Choose that day, or an earlier one.", "on"
        )
    is_open(into, on, "into")
    rows = Succession.objects.filter(kind=SUCCEEDED)
    if gone := rows.filter(predecessor=into, on__lte=on).select_related("successor").first():
        raise Refused(f"{into} was itself succeeded by then, by {gone.successor}.", "into")
    if came := rows.filter(successor=commissioner, on__gte=on).select_related("predecessor").first():
        day = written(came.on)
        raise Refused(f"It took over from {came.predecessor} on {day} only. Choose a later day.", "on")


def _may_open(by: User, into: Organisation) -> None:
    """Its own people would work at the successor: where somebody else does already, `by` has a say there."""
    _, after = lines_on(clock.today())
    line = [into, *after.get(into.pk, ())]
    lasting = Role.objects.filter(organisation__in=line).exclude(ends_on__lte=clock.today())
    for role in lasting.select_related("organisation"):
        if not by.can(PERMISSION, role.organisation):
            raise Refused(
                f"Somebody works for {role.organisation} here already. An administrator of both records it.",
                "into",
            )


@transaction.atomic
def withdraw_succession(succession: Succession, *, by: User, reason: str) -> Succession:
    """It was recorded by mistake: it no longer counts. The row stays, and so does the history."""
    commissioner = succession.predecessor
    allow(by, PERMISSION, commissioner)
    if not reason.strip():
        raise Refused("Say why, or what happened.", "reason")
    if not withdraw(Succession.objects.filter(pk=succession.pk)):
        raise Refused("It was withdrawn already.")
    record(
        by,
        "withdraw_succession",
        commissioner,
        reason,
        commissioner=commissioner,
        into=str(succession.successor),
        on=succession.on,
    )
    return succession
