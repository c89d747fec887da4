"""A practice closes or merges into another; its list is taken on by another, or dispersed."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Succession, User
from pcnportal.refusals import Refused
from registry.models import Membership, NominatedPayee, Practice

from .change import close, end_all, enter, is_open, not_before_opening, tell, written
from .successions import give_day


@transaction.atomic
def close_practice(practice: Practice, *, by: User, on: date, source: Source | None, reason: str) -> Practice:
    """The practice closes on `on`, and leaves its PCN on that day."""
    source = _enter(practice, by, on, source, reason)
    if practice.organisation.closed_on:
        raise Refused(f"{practice} closed on {written(practice.organisation.closed_on)} already.", "on")
    leave_and_close(practice, on, source)
    tell(by, "close_practice", practice, on, source, reason)
    return practice


@transaction.atomic
def merge_practice(
    practice: Practice, *, by: User, into: Practice, on: date, source: Source | None, reason: str
) -> Succession:
    """The practice merges into another on `on`: it closes and leaves its PCN."""
    return _taken_over(practice, into, Succession.Kind.MERGED, "merge_practice", by, on, source, reason)


@transaction.atomic
def take_on_list(
    practice: Practice, *, by: User, into: Practice, on: date, source: Source | None, reason: str
) -> Succession:
    """The practice's whole list is taken on by another on `on`; it closes and leaves its PCN.

    A succession that is held without its day gets it.
    """
    return _taken_over(practice, into, Succession.Kind.TAKEN_ON, "take_on_list", by, on, source, reason)


@transaction.atomic
def disperse_list(
    practice: Practice, *, by: User, on: date, source: Source | None, reason: str
) -> Succession:
    """The practice's patients find other practices from `on`; it closes and leaves its PCN."""
    return _taken_over(practice, None, Succession.Kind.DISPERSED, "disperse_list", by, on, source, reason)


def _enter(
    practice: Practice, by: User, on: date, source: Source | None, reason: str, *others: Organisation
) -> Source:
    source = enter(
        by, practice.commissioned_by, practice.organisation, *others, source=source, reason=reason, on=on
    )
    not_before_opening(practice.organisation, on)
    return source


def _may_end(practice: Practice, on: date) -> None:
    """Raises `Refused` where a list comes to the practice on `on` or later, or a PCN is paid through it."""
    coming = Succession.objects.filter(successor=practice.pk, on__gte=on).select_related("predecessor")
    if held := coming.order_by("-on").first():
        said = f"The list of {held.predecessor} comes to it on {written(held.on or on)}. Choose a later day."
        raise Refused(said, "on")
    payees = NominatedPayee.objects.standing().filter(organisation=practice.pk)
    paid = payees.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).select_related("pcn__organisation")
    if payee := paid.first():
        raise Refused(
            f"{practice} is the nominated payee of {payee.pcn}. Record another payee from that day first.",
            "on",
        )


def _taken_over(
    practice: Practice,
    into: Practice | None,
    kind: Succession.Kind,
    verb: str,
    by: User,
    on: date,
    source: Source | None,
    reason: str,
) -> Succession:
    if into and into.pk == practice.pk:
        raise Refused("Choose another practice than this one.", "into")
    source = _enter(practice, by, on, source, reason, *([into.organisation] if into else []))
    succession = hand_over(practice, into, kind, on, source)
    tell(by, verb, practice, on, source, reason, into=str(into or ""))
    return succession


def hand_over(
    practice: Practice, into: Practice | None, kind: Succession.Kind, on: date, source: Source
) -> Succession:
    """Write that it was taken over on `on`. Raises `Refused` where that can't be."""
    closed_on = practice.organisation.closed_on
    if closed_on and closed_on < on:
        raise Refused(f"{practice} closed on {written(closed_on)}. Choose that day, or an earlier one.", "on")
    if into:
        is_open(into.organisation, on, "into")
        if Succession.objects.filter(predecessor=into.pk, on__isnull=False, on__lte=on).exists():
            raise Refused(f"{into} was itself taken over by then.", "into")
    succession = _succession(practice, into, kind, on, source)
    leave_and_close(practice, on, source)
    return succession


def _succession(
    practice: Practice, into: Practice | None, kind: Succession.Kind, on: date, source: Source
) -> Succession:
    """A new succession, or the one that is held without its day."""
    for held in Succession.objects.filter(predecessor=practice.pk).select_related("successor"):
        if held.on is None and held.kind == kind and held.successor_id == (into and into.pk):
            return give_day(held, on, source)
        day = f", {written(held.on)}" if held.on else ""
        raise Refused(f"It is held already: {held}{day}. Withdraw that first, if it is wrong.")
    made: Succession = Succession.objects.create(
        predecessor=practice.organisation,
        successor=into.organisation if into else None,
        kind=kind,
        on=on,
        source=source,
    )
    return made


def leave_and_close(practice: Practice, on: date, source: Source) -> None:
    """It leaves its PCN and closes on `on`. Raises `Refused` where that can't be."""
    _may_end(practice, on)
    end_all(Membership.objects.standing().filter(practice=practice).select_related("source"), on, source)
    if practice.organisation.closed_on is None:
        close(practice.organisation, on, source)
