"""What every dated change of the register shares: who may, why, where it was read, and how a fact ends.

Two changes of one organisation wait for each other: its row is locked while the guards look at the register.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import FormerDetail, Organisation, User
from pcnportal.refusals import Refused
from registry.models import PCN, Practice
from registry.models.facts import DatedFact

PERMISSION = "registry.change_register"


def written(day: date) -> str:
    return f"{day:%-d %B %Y}"


def enter(
    by: User,
    commissioner: Organisation,
    *organisations: Organisation,
    source: Source | None,
    reason: str,
    permission: str = PERMISSION,
) -> Source:
    """Pass where `by` may change the register of `commissioner` and says why and where they read it.

    Gives that source. The rows of `organisations` are locked and read again, so that the guards see what
    another change has just written.
    """
    allow(by, permission, commissioner)
    if not reason.strip():
        raise Refused("Say why, or what happened.", "reason")
    if source is None:
        raise Refused("Say where you read it.", "held_source")
    for organisation in sorted(organisations, key=lambda row: row.pk):
        organisation.refresh_from_db(from_queryset=Organisation.objects.select_for_update())
    return source


def tell(
    by: User, verb: str, subject: Practice | PCN, on: date, source: Source, reason: str, **said: Any
) -> None:
    """Write the event, which whoever reads the history of today's commissioner may read."""
    record(by, verb, subject, reason, commissioner=subject.commissioned_by, on=on, source=str(source), **said)


def end(fact: DatedFact, on: date, source: Source) -> None:
    """The fact is in force until `on`. One that already had an end, or that a file keeps, gets a successor.

    So the next file that still shows it open meets a row that a person wrote.
    """
    if fact.ends_on is None and not (fact.source and fact.source.kind == Source.Kind.FILE):
        fact.ends_on = on
        fact.save(update_fields=["ends_on"])
        return
    succeed(fact, source=source, ends_on=on)


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


def replace_detail(organisation: Organisation, what: str, value: str, on: date, source: Source) -> str:
    """Write a new name or code into the column and keep what stood there until `on`; gives the old one.

    Raises `Refused` where a later change is held already: the column says what is newest.
    """
    later = FormerDetail.objects.filter(organisation=organisation, what=what, until__gte=on)
    if held := later.order_by("-until").first():
        word = held.get_what_display().lower()
        raise Refused(f"The {word} changed on {written(held.until)} already. Choose a later day.", "on")
    old = getattr(organisation, what) or ""
    FormerDetail.objects.create(organisation=organisation, what=what, value=old, until=on, source=source)
    setattr(organisation, what, value)
    organisation.save(update_fields=[what])
    return old


def close(organisation: Organisation, on: date, source: Source) -> None:
    """The organisation is closed from `on`, and its row is the commissioner's from then."""
    organisation.closed_on, organisation.source = on, source
    organisation.save(update_fields=["closed_on", "source"])


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
