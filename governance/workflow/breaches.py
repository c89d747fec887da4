"""The verbs of the breach register. Each makes its change and the event in one transaction."""

from datetime import date

from django.db import transaction
from django.db.models import F

from governance.models import AgendaItem, Body, Breach
from pcnportal import clock
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Person, User
from pcnportal.refusals import Refused, Stale

RECORD = "governance.record_breach"
PERMISSIONS = {"record_breach": RECORD, "add_findings": RECORD, "close_breach": RECORD}


@transaction.atomic
def record_breach(
    *,
    by: User,
    commissioner: Organisation,
    what: str,
    found_on: date,
    happened_on: date | None = None,
    person: Person | None = None,
    body: Body | None = None,
    item: AgendaItem | None = None,
) -> Breach:
    """Enter a breach of the rules on interests. A day of it that is None is not held."""
    allow(by, RECORD, commissioner)
    if not what.strip():
        raise Refused("Say what happened.", "what")
    if found_on > clock.today():
        raise Refused("The day on which it was found is today or earlier.", "found_on")
    if happened_on and happened_on > found_on:
        raise Refused("It happened before it was found, or on that day.", "happened_on")
    if item and item.meeting.commissioner_id != commissioner.pk:
        raise Refused("Choose an item of a meeting of this commissioner.", "item")
    made = Breach.objects.create(
        commissioner=commissioner,
        person=person,
        body=body or (item.meeting.body if item else None),
        item=item,
        what=what.strip(),
        happened_on=happened_on,
        found_on=found_on,
        reported_by=by,
    )
    record(by, "recorded a breach", made)
    return made


def _held(breach: Breach, by: User, seen: int) -> Breach:
    allow(by, RECORD, breach.commissioner)
    if not Breach.objects.filter(pk=breach.pk, version=seen).update(version=F("version") + 1):
        raise Stale(breach, events_of(breach).first())
    held: Breach = Breach.objects.get(pk=breach.pk)
    if held.closed_on:
        raise Refused("It is closed.")
    return held


@transaction.atomic
def add_findings(breach: Breach, *, by: User, seen: int, findings: str) -> None:
    """Add to what was found; what was found before stays above it."""
    held = _held(breach, by, seen)
    if not findings.strip():
        raise Refused("Say what was found.", "findings")
    held.findings = "\n\n".join(part for part in (held.findings, findings.strip()) if part)
    held.save(update_fields=["findings"])
    record(by, "added findings to a breach", held)


@transaction.atomic
def close_breach(breach: Breach, *, by: User, seen: int, done: str) -> None:
    """Say what was done, and close it today. Raises `Refused` before anything was found."""
    held = _held(breach, by, seen)
    if not held.findings:
        raise Refused("Say first what was found.")
    if not done.strip():
        raise Refused("Say what was done.", "done")
    held.done, held.closed_on = done.strip(), clock.today()
    held.save(update_fields=["done", "closed_on"])
    record(by, "closed a breach", held)
