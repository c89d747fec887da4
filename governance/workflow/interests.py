"""The verbs of the register of interests. Each makes its change and the event in one transaction.

Events name no organisation and give no reason: both stay on the entry, which is not read for ever.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F

from governance.interests import chain_of, to_forget
from governance.models import Conflict, Interest
from pcnportal import clock
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Person, User
from pcnportal.people.naming import person_called
from pcnportal.refusals import Refused, Stale

OWN, OTHERS = "governance.declare_interest", "governance.register_interest"
PERMISSIONS = {
    "declare": OWN,
    "register_interest": OTHERS,
    "end_interest": OWN,
    "correct_interest": OWN,
    "withdraw_interest": OWN,
}
# What the floor above does in the same transaction, once a person's interests are others.
Then = Callable[[Person, Organisation, User], None]


def nothing(_person: Person, _commissioner: Organisation, _by: User) -> None:
    return None


def may_change(user: User, interest: Interest) -> bool:
    """Whether `user` may end, correct or withdraw an entry: their own, or that of anybody by their role."""
    is_own = user.person_id is not None and user.person_id == interest.person_id
    return user.can(OWN if is_own else OTHERS, interest.commissioner_id)


@transaction.atomic
def declare(*, by: User, commissioner: Organisation, then: Then = nothing, **facts: Any) -> Interest:
    """Declare an interest of one's own, today. `facts`: see `register_interest`."""
    allow(by, OWN, commissioner)
    if by.person is None:
        raise Refused("Your account names no person: ask the secretary to register the interest.")
    made = _entered(by.person, commissioner, facts | {"declared_on": clock.today()})
    record(by, "declared an interest", made)
    then(made.person, commissioner, by)
    return made


@transaction.atomic
def register_interest(
    *,
    by: User,
    commissioner: Organisation,
    person: Person | None = None,
    name: str = "",
    then: Then = nothing,
    **facts: Any,
) -> Interest:
    """Enter what somebody declared: `person`, or a new one by `name`.

    `facts` are kind, organisation or organisation_named, role, nature, starts_on, ends_on, declared_on and
    source; a day that is None is not held.
    """
    allow(by, OTHERS, commissioner)
    if person and name.strip():
        raise Refused("Choose somebody whom the portal knows or enter a new name, not both.", "name")
    if person is None and not name.strip():
        raise Refused("Say whose interest it is.", "person")
    made = _entered(person or person_called(name), commissioner, facts)
    record(by, "registered an interest", made)
    then(made.person, commissioner, by)
    return made


def _entered(person: Person, commissioner: Organisation, facts: dict[str, Any]) -> Interest:
    made = Interest(person=person, commissioner=commissioner, **facts)
    made.nature, made.organisation_named = made.nature.strip(), made.organisation_named.strip()
    _check(made)
    made.save()
    return made


def _check(entry: Interest) -> None:
    if entry.organisation and entry.organisation_named:
        raise Refused(
            "Choose an organisation of the register or name another one, not both.", "organisation_named"
        )
    if not entry.organisation and not entry.organisation_named:
        raise Refused("Say in which organisation the interest is.", "organisation")
    if not entry.nature and entry.kind != Interest.Kind.INDIRECT:
        raise Refused("Say what the interest is.", "nature")
    _check_days(entry.starts_on, entry.ends_on, entry.declared_on)


def _check_days(starts_on: date | None, ends_on: date | None, declared_on: date | None) -> None:
    if starts_on and ends_on and ends_on <= starts_on:
        raise Refused("It ends after it starts.", "ends_on")
    if declared_on and declared_on > clock.today():
        raise Refused("The day on which it was declared is today or earlier.", "declared_on")


def _held(interest: Interest, by: User, seen: int) -> Interest:
    """The entry as it is now, one version further. Raises `Refused` where it stands no longer."""
    is_own = by.person_id is not None and by.person_id == interest.person_id
    allow(by, OWN if is_own else OTHERS, interest.commissioner)
    won = Interest.objects.filter(pk=interest.pk, version=seen).update(version=F("version") + 1)
    if not won:
        raise Stale(interest, events_of(interest).first())
    held = Interest.objects.select_related("person", "commissioner", "organisation").get(pk=interest.pk)
    if held.withdrawn_on:
        raise Refused("This entry is withdrawn.")
    if Interest.objects.filter(supersedes=held).exists():
        raise Refused("This entry is replaced by a later one.")
    return held


@transaction.atomic
def end_interest(interest: Interest, *, by: User, seen: int, ends_on: date, then: Then = nothing) -> None:
    """Say from which day the interest is no longer held. Raises `Refused` where it has ended already."""
    held = _held(interest, by, seen)
    if held.ends_on:
        raise Refused("Its end is held already: correct the entry where it is wrong.", "ends_on")
    _check_days(held.starts_on, ends_on, None)
    Interest.objects.filter(pk=held.pk).update(ends_on=ends_on)
    record(by, "ended an interest", held, ends_on=[None, ends_on])
    then(held.person, held.commissioner, by)


@transaction.atomic
def correct_interest(
    interest: Interest, *, by: User, seen: int, reason: str, then: Then = nothing, **facts: Any
) -> Interest:
    """Put an entry in the place of a wrong one, which is kept. `facts` are those that differ."""
    held = _held(interest, by, seen)
    if not reason.strip():
        raise Refused("Say why it is corrected.", "reason")
    names = ("kind", "organisation", "organisation_named", "role", "nature", "starts_on", "ends_on")
    kept = {name: getattr(held, name) for name in (*names, "declared_on", "source")}
    if all(kept[name] == value for name, value in facts.items()):
        raise Refused("Nothing was changed.")
    own = {"supersedes": held, "corrected_because": reason.strip()}
    made = _entered(held.person, held.commissioner, kept | facts | own)
    changed = sorted(name for name, value in facts.items() if kept[name] != value)
    record(by, "corrected an interest", made, whole=made, fields=changed, supersedes=held.pk)
    then(made.person, made.commissioner, by)
    return made


@transaction.atomic
def withdraw_interest(interest: Interest, *, by: User, seen: int, reason: str, then: Then = nothing) -> None:
    """Take back an entry that should not be in the register. It is published no longer, and kept."""
    held = _held(interest, by, seen)
    if not reason.strip():
        raise Refused("Say why it is withdrawn.", "reason")
    Interest.objects.filter(pk=held.pk).update(withdrawn_on=clock.today(), withdrawn_because=reason.strip())
    record(by, "withdrew an interest", held)
    then(held.person, held.commissioner, by)


@transaction.atomic
def forget_interests(day: date, *, dry_run: bool = False) -> int:
    """Remove what has been kept for its six years, with what it corrected; gives how many entries.

    What was found by an entry at a meeting stays in the meeting's record, without the entry.
    """
    last = Interest.objects.filter(to_forget(day), superseded_by__isnull=True).select_related("commissioner")
    rows = [entry for newest in last for entry in (newest, *chain_of(newest))]
    if dry_run:
        return len(rows)
    Conflict.objects.filter(interest__in=rows).update(interest=None)
    for entry in rows:
        record(None, "removed an interest that was kept for its time", entry)
        entry.delete()
    return len(rows)
