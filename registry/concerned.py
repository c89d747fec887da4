"""Whom a case concerns: its network, practices, payee and federations, each as what."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from governance.models import AgendaItem
from pcnportal.people.models import Organisation
from registry.models import (
    Case,
    Condition,
    Membership,
    NominatedPayee,
    Status,
    SubmittedMember,
)

DONE = (Status.LIVE, Status.CLOSED)


class As(StrEnum):
    """What an organisation is to a case; the value is how a sentence says it."""

    NETWORK = "the network that the item is about"
    OTHER_NETWORK = "a network that a practice would leave"
    MEMBER = "a member practice"
    MOVED = "a practice that would move from another network"
    LEFT = "a practice that is left behind"
    PAYEE = "the nominated payee"
    FEDERATION = "a GP federation there"


Concerned = dict[As, dict[int, Organisation]]


def case_of(item: AgendaItem) -> Case | None:
    """The case that an item is about, itself or through one of its conditions; None of another item."""
    subject = item.subject
    if isinstance(subject, Condition):
        return subject.case
    return subject if isinstance(subject, Case) else None


def concerned(case: Case, day: date) -> Concerned:
    """The organisations that a case concerns on `day`, by what they are to it. Eight queries.

    Until the network is live its members and payee are those that the form names, afterwards those of the
    register. A practice is left behind where an earlier form or the register has it, the case no longer, or
    where it stays in a network that another one would leave.
    """
    form = case.current if case.status not in DONE else None
    named = [m for m in SubmittedMember.objects.filter(submission__case=case) if m.practice_id]
    on_form = {m.practice_id for m in named if form and m.submission_id == form.pk and not m.has_withdrawn}
    held = set(Membership.objects.on(day).filter(pcn=case.pcn_id).values_list("practice", flat=True))
    members = on_form or held
    others = list(
        Membership.objects.on(day)
        .filter(practice__in=members)
        .exclude(pcn=case.pcn_id)
        .values_list("practice", "pcn")
    )
    moved, networks = {practice for practice, _ in others}, {pcn for _, pcn in others}
    staying = set(Membership.objects.on(day).filter(pcn__in=networks).values_list("practice", flat=True))
    left = ({m.practice_id for m in named} | held | staying) - members
    payees = (
        {form.payee_id}
        if form and form.payee_id
        else set(
            NominatedPayee.objects.on(day).filter(pcn=case.pcn_id).values_list("organisation", flat=True)
        )
    )
    found: dict[As, set[Any]] = {
        As.NETWORK: {case.pcn_id},
        As.OTHER_NETWORK: networks,
        As.MEMBER: members - moved,
        As.MOVED: moved,
        As.LEFT: left,
        As.PAYEE: payees,
    }
    named_here = Organisation.objects.in_bulk({pk for pks in found.values() for pk in pks})
    federations = Organisation.objects.filter(kind=Organisation.Kind.FEDERATION, part_of=case.commissioner_id)
    return {
        **{role: _those(pks, named_here) for role, pks in found.items()},
        As.FEDERATION: {one.pk: one for one in federations if one.is_open(day)},
    }


def _those(pks: Iterable[int], named: dict[int, Organisation]) -> dict[int, Organisation]:
    return {pk: named[pk] for pk in sorted(pks) if pk in named}
