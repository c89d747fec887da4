"""What people say about a finding: accepted, waiting for somebody, open again."""

from typing import Any

from django.db import transaction
from django.db.models import F

from pcnportal import clock
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import User
from pcnportal.refusals import Refused, Stale

from .models import Finding

PERMISSION = "findings.answer_finding"
# How history names what was done to a finding.
VERBS = {
    "accept_finding": "accepted the finding",
    "wait_for_finding": "recorded that the finding waits for somebody",
    "reopen_finding": "opened the finding again",
    "finding_changed": "opened the finding again, since what was stated or found has changed",
}


@transaction.atomic
def accept(finding: Finding, *, by: User, seen: int, reason: str) -> Finding:
    """Accept a doubt as it stands, for a reason. It opens again when what was stated or found changes.

    Raises `NotAllowed`, `Stale` where it changed since the page was shown, and `Refused` without a reason.
    """
    if not reason.strip():
        raise Refused("Say why the finding is accepted as it stands.", "reason")
    return _answer(
        finding, "accept_finding", by, seen, reason, outcome=Finding.Outcome.ACCEPTED, waiting_for=""
    )


@transaction.atomic
def wait(finding: Finding, *, by: User, seen: int, waiting_for: str, reason: str = "") -> Finding:
    """Say for whom or for what a doubt waits. Raises as `accept` does."""
    if not waiting_for.strip():
        raise Refused("Say for whom or for what the finding waits.", "waiting_for")
    return _answer(
        finding,
        "wait_for_finding",
        by,
        seen,
        reason,
        outcome=Finding.Outcome.WAITING,
        waiting_for=waiting_for.strip(),
    )


@transaction.atomic
def reopen(finding: Finding, *, by: User, seen: int, reason: str = "") -> Finding:
    """Take back what was said about a doubt. Raises as `accept` does, and where nothing was said."""
    if not Finding.objects.filter(pk=finding.pk).exclude(outcome="").exists():
        raise Refused("The finding is open already.")
    return _answer(finding, "reopen_finding", by, seen, reason, outcome="", waiting_for="")


def _answer(finding: Finding, verb: str, by: User, seen: int, reason: str, **said: Any) -> Finding:
    """Compare-and-set of the finding's version, and the event, in the transaction of the verb."""
    allow(by, PERMISSION, finding.commissioner)
    held = Finding.objects.filter(pk=finding.pk, version=seen)
    if held.filter(gone_on__isnull=False).exists():
        raise Refused("The finding is corrected: what it doubted is no longer so.")
    answered = (
        {"by": by, "said_on": clock.today_if_held()} if said["outcome"] else {"by": None, "said_on": None}
    )
    kept = reason.strip() if said["outcome"] else ""
    if not held.update(version=F("version") + 1, reason=kept, **answered, **said):
        raise Stale(finding, events_of(finding).first())
    old = finding.status
    finding.refresh_from_db()
    changes: dict[str, Any] = {"waiting_for": finding.waiting_for} if finding.waiting_for else {}
    record(by, verb, finding, reason.strip(), status=[old, finding.status], **changes)
    return finding
