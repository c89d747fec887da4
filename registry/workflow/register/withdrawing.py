"""A membership that never was is withdrawn, where a person recorded it and no file states it."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from pcnportal.history.models import Source
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused
from registry.former import is_kept_by_people
from registry.imports import bulk
from registry.models import FileStatement, ImportRun, Membership

from .change import PERMISSION, enter

INSTEAD = "Correct the membership, or record that the practice left."


@transaction.atomic
def withdraw_membership(
    membership: Membership, *, by: User, source: Source | None, reason: str
) -> Membership:
    """The practice never was a member: the row counts on no day, and stays readable.

    Raises `NotAllowed`, and `Refused` where a registration made it or a file states it: the next file would
    bring it back.
    """
    practice, commissioner = membership.practice, membership.practice.commissioned_by
    allow(by, PERMISSION, commissioner)
    bulk.alone()
    source = enter(by, commissioner, practice.organisation, source=source, reason=reason)
    if not Membership.objects.standing().filter(pk=membership.pk).exists():
        raise Refused("This row was corrected or withdrawn already.")
    line = list(_line(membership))
    if case := next((row.case for row in line if row.case), None):
        raise Refused(f"The registration {case} made it. {INSTEAD}")
    if file := _stated_by(membership, line):
        raise Refused(f"{file}: the next file would bring it back. {INSTEAD}")
    membership.is_withdrawn = True
    membership.save(update_fields=["is_withdrawn"])
    record(
        by,
        "withdraw_membership",
        practice,
        reason,
        commissioner=commissioner,
        pcn=str(membership.pcn),
        starts_on=membership.starts_on,
        ends_on=membership.ends_on,
        source=str(source),
    )
    return membership


def _line(membership: Membership) -> Iterator[Membership]:
    """The row and what it corrected, step by step."""
    row: Any = membership
    while row is not None:
        yield row
        row = row.supersedes


def _stated_by(membership: Membership, line: list[Membership]) -> str:
    """Which file states it, as the beginning of a sentence; empty where none does."""
    for row in line:
        for read in (row.source, row.end_source):
            if read is not None and read.kind == Source.Kind.FILE:
                return f"{read} states it"
    practice, pcn = membership.practice.organisation, membership.pcn.organisation
    beside = FileStatement.objects.standing().filter(
        organisation=practice, what=FileStatement.What.MEMBERSHIP
    )
    found = list(beside.select_related("run"))
    if said := next((row for row in found if pcn.code and row.value == pcn.code), None):
        return f"{said.run} states it too"
    # Where a file says the same, nothing is kept beside: so one that came later may have said it.
    if found or not pcn.code or is_kept_by_people(practice):
        return ""
    runs = ImportRun.objects.filter(
        kind=ImportRun.Kind.EPCN, applied_at__isnull=False, undone_at__isnull=True
    )
    told = events_of(membership.practice).filter(verb__in=("join_pcn", "correct_membership"))
    if recorded := told.order_by("-at").first():
        runs = runs.filter(applied_at__gt=recorded.at)
    codes = {membership.pcn.commissioner.code, membership.pcn.commissioned_by.code}
    run = next((run for run in runs.order_by("-pk") if not run.codes or codes & set(run.codes)), None)
    return f"{run} was imported since and says nothing else of it" if run else ""
