"""What every dated change of the register shares: who may, why, where it was read, and how a fact ends.

Two changes of one organisation wait for each other: its row is locked while the guards look at the register.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import Refused
from registry.models import PCN, Practice
from registry.models.facts import DatedFact

PERMISSION = "registry.change_register"
# Nobody knows of a change so long before: a later day is a slip.
AHEAD = timedelta(days=366)


def written(day: date) -> str:
    return f"{day:%-d %B %Y}"


def not_far_ahead(**days: date | None) -> None:
    """Raises `Refused` at the field of a day that is more than a year ahead."""
    for field, day in days.items():
        if day and day > clock.today() + AHEAD:
            raise Refused(f"{written(day)} is more than a year ahead. Check the day.", field)


def enter(
    by: User,
    commissioner: Organisation,
    *organisations: Organisation,
    source: Source | None,
    reason: str,
    permission: str = PERMISSION,
    **days: date | None,
) -> Source:
    """Pass where `by` may change the register of `commissioner` and says why and where they read it.

    The `days` that they say, by the fields of the form, are not far ahead.

    Gives that source. The rows of `organisations` are locked and read again, so that the guards see what
    another change has just written.
    """
    allow(by, permission, commissioner)
    if not reason.strip():
        raise Refused("Say why, or what happened.", "reason")
    if source is None:
        raise Refused("Say where you read it.", "held_source")
    not_far_ahead(**days)
    lock(*organisations)
    return source


def lock(*organisations: Organisation) -> None:
    """Their rows, read again, wait for nobody else until the transaction ends.

    Raises `Refused` for one that was withdrawn meanwhile.
    """
    for organisation in sorted(organisations, key=lambda row: row.pk):
        try:
            organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update())
        except Organisation.DoesNotExist:
            raise Refused(f"{organisation} was recorded by mistake and is withdrawn.") from None


def tell(
    by: User, verb: str, subject: Practice | PCN, on: date, source: Source, reason: str, **said: Any
) -> None:
    """Write the event, which whoever reads the history of today's commissioner may read."""
    record(by, verb, subject, reason, commissioner=subject.commissioned_by, on=on, source=str(source), **said)


def end(fact: DatedFact, on: date, source: Source) -> None:
    """The fact is in force until `on`. One that had an end, follows another or is of a file gets a successor.

    So the next file that still shows it open meets a row whose end a person wrote. That it began was read
    where it was read before.
    """
    is_of_a_file = fact.source is not None and fact.source.kind == Source.Kind.FILE
    if fact.ends_on is None and fact.supersedes_id is None and not is_of_a_file:  # type: ignore[attr-defined]
        fact.ends_on, fact.end_source = on, source
        fact.save(update_fields=["ends_on", "end_source"])
        return
    succeed(fact, end_source=source, ends_on=on)


def succeed(fact: DatedFact, **changes: Any) -> Any:
    """A row in place of a wrong one: the same but for `changes`. The wrong one stays readable."""
    model = type(fact)
    held = {
        field.attname: getattr(fact, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name != "supersedes"
    }
    made: Any = model(**held)
    made.supersedes = fact
    for name, value in changes.items():
        setattr(made, name, value)
    made.save()
    return made


def end_all(facts: Iterable[DatedFact], on: date, source: Source) -> int:
    """End those that are in force on `on` or later; gives how many. Raises `Refused` for one yet to begin."""
    ended = 0
    for fact in facts:
        if fact.ends_on and fact.ends_on <= on:
            continue
        if fact.starts_on and fact.starts_on >= on:
            raise Refused(
                f"“{fact}” is held from {written(fact.starts_on)}, not before that day. Correct it first.",
                "on",
            )
        end(fact, on, source)
        ended += 1
    return ended


def close(organisation: Organisation, on: date | None, source: Source) -> None:
    """The organisation is closed from `on`, or is not; its row is the commissioner's from then."""
    organisation.closed_on, organisation.closed_source = on, source
    organisation.save(update_fields=["closed_on", "closed_source"])


def not_before_opening(organisation: Organisation, on: date) -> None:
    """Raises `Refused` where `on` is not after the day on which it opened."""
    if organisation.opened_on and on <= organisation.opened_on:
        raise Refused(f"{organisation} opened on {written(organisation.opened_on)}.", "on")


def is_open(organisation: Organisation, on: date, field: str = "on") -> None:
    """Raises `Refused` where it is not open on that day."""
    if organisation.opened_on and on < organisation.opened_on:
        raise Refused(f"{organisation} opened on {written(organisation.opened_on)} only.", field)
    if organisation.closed_on and on >= organisation.closed_on:
        raise Refused(f"{organisation} closed on {written(organisation.closed_on)}.", field)
