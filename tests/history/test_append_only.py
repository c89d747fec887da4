"""The database itself refuses to change, delete or forge an event, through the ORM and past it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from pcnportal.history import triggers
from pcnportal.history.models import Event
from pcnportal.history.record import is_genuine, record
from tests import factories as make
from tests.claims import everything

COLUMNS = [str(field.column) for field in Event._meta.concrete_fields]
IS_SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def event(db: Any) -> Event:
    subject = make.OrganisationFactory.create(code="08E")
    return record(None, "approved", subject, "As minuted.", commissioner=subject, status=["draft", "live"])


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def copy(event, how="INSERT INTO", after="", **changes):
    """The row of `event` once more, with these columns changed."""
    changes = {"id": event.pk + 1000} | changes
    chosen = ", ".join("%s" if column in changes else column for column in COLUMNS)
    sql(
        f"{how} history_event ({', '.join(COLUMNS)}) "  # noqa: S608
        f"SELECT {chosen} FROM history_event WHERE id = %s {after}",
        *[changes[column] for column in COLUMNS if column in changes],
        event.pk,
    )


def rename(event):
    event.reason = "Something else."
    event.save()


def bulk_rename(event):
    event.reason = "Something else."
    Event.objects.bulk_update([event], ["reason"])


UPSERT = "ON CONFLICT (id) DO UPDATE SET reason = 'Something else.'"
FRESH = "0" * 64
ATTEMPTS = {
    "save": rename,
    "update": lambda event: Event.objects.update(reason="Something else."),
    "bulk update": bulk_rename,
    "delete": lambda event: event.delete(),
    "delete all": lambda event: Event.objects.all().delete(),
    "raw delete": lambda event: Event.objects.filter(pk=event.pk)._raw_delete("default"),
    "bulk upsert": lambda event: Event.objects.bulk_create(
        [event], update_conflicts=True, update_fields=["reason"], unique_fields=["id"]
    ),
    "UPDATE": lambda event: sql("UPDATE history_event SET reason = 'Something else.'"),
    "UPDATE of nothing": lambda event: sql("UPDATE history_event SET reason = reason"),
    "DELETE": lambda event: sql("DELETE FROM history_event"),
    "UPSERT of its id": lambda event: copy(event, after="AND true " + UPSERT, id=event.pk, seal=FRESH),
    "UPSERT of its seal": lambda event: copy(
        event, after="AND true ON CONFLICT (seal) DO UPDATE SET reason = 'Something else.'"
    ),
    "a copy with a new id": copy,
    "a copy without a seal": lambda event: copy(event, seal=None),
    "a copy with an empty seal": lambda event: copy(event, seal=""),
    "a copy with a short seal": lambda event: copy(event, seal="0" * 63),
    "a copy with a long seal": lambda event: copy(event, seal="0" * 65),
    "a copy recorded in the past": lambda event: copy(
        event, seal=FRESH, recorded_at=timezone.now() - timedelta(hours=1)
    ),
    "a copy recorded in the future": lambda event: copy(
        event, seal=FRESH, recorded_at=timezone.now() + timedelta(hours=1)
    ),
    "a copy recorded never": lambda event: copy(event, seal=FRESH, recorded_at=None),
}
OF_SQLITE = {
    "INSERT OR REPLACE": lambda event: copy(event, "INSERT OR REPLACE INTO", id=event.pk, seal=FRESH),
    "INSERT OR REPLACE by seal": lambda event: copy(event, "INSERT OR REPLACE INTO"),
    "REPLACE": lambda event: copy(event, "REPLACE INTO", id=event.pk, seal=FRESH),
    "UPDATE OR REPLACE": lambda event: sql("UPDATE OR REPLACE history_event SET reason = 'Else.'"),
    "a copy recorded at no time": lambda event: copy(event, seal=FRESH, recorded_at="yesterday"),
}
OF_POSTGRESQL = {
    "TRUNCATE": lambda event: sql("TRUNCATE history_event CASCADE"),
    "MERGE": lambda event: sql(
        "MERGE INTO history_event AS kept USING history_event AS new ON kept.id = new.id "
        "WHEN MATCHED THEN UPDATE SET reason = 'Something else.'"
    ),
}


def attempt(event, forge):
    before = everything()
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        forge(event)
    assert everything() == before
    return caught.value


@pytest.mark.parametrize("how", ATTEMPTS)
def test_an_event_can_neither_be_changed_nor_forged(event, how):
    attempt(event, ATTEMPTS[how])


@pytest.mark.parametrize("how", OF_SQLITE if IS_SQLITE else OF_POSTGRESQL)
def test_nor_by_what_only_this_database_knows(event, how):
    attempt(event, (OF_SQLITE | OF_POSTGRESQL)[how])


@pytest.mark.parametrize("how", ["save", "update", "delete", "UPDATE", "DELETE"])
def test_the_refusal_is_an_integrity_error_that_says_why(event, how):
    refusal = attempt(event, ATTEMPTS[how])
    assert isinstance(refusal, IntegrityError)
    assert "history is append-only" in str(refusal)


def test_an_event_written_by_hand_is_found(event):
    copy(event, seal=FRESH, recorded_at=timezone.now())
    assert [is_genuine(held) for held in Event.objects.order_by("pk")] == [True, False]


def test_a_change_made_with_the_triggers_lifted_is_found(event):
    triggers.remove()
    Event.objects.update(reason="Something else.")
    triggers.install()
    assert not is_genuine(Event.objects.get())


def test_the_triggers_stand_after_every_migrate(db):
    assert triggers.installed()
    assert triggers.check_installed(databases=["default"]) == []


DROP = "DROP TRIGGER {}" if IS_SQLITE else "DROP TRIGGER {} ON history_event"
DISABLE = "ALTER TABLE history_event DISABLE TRIGGER {}"


@pytest.mark.parametrize("how", [DROP] if IS_SQLITE else [DROP, DISABLE])
@pytest.mark.parametrize("name", triggers.SQLITE if IS_SQLITE else triggers.POSTGRESQL)
def test_a_single_missing_trigger_is_noticed(db, name, how):
    sql(how.format(name))
    assert not triggers.installed()
    assert [warning.id for warning in triggers.check_installed(databases=["default"])] == ["history.W001"]
