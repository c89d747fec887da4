"""Events that were recorded longer ago than the database takes any."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from pcnportal.history import triggers

FORGERY = "history_event_no_forgery"


@contextmanager
def old_events() -> Iterator[None]:
    """The database takes events of long ago: as they were sealed then, so they are put back."""
    on = f" ON {triggers.TABLE}" if connection.vendor == "postgresql" else ""
    alter(f"DROP TRIGGER {FORGERY}{on}")
    yield
    alter(triggers.GUARDS[triggers.TABLE].of(connection.vendor)[FORGERY])


def alter(statement: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # which alters no table while rows of it are to be checked
            statement = f"SET CONSTRAINTS ALL IMMEDIATE; {statement}; SET CONSTRAINTS ALL DEFERRED"
        cursor.execute(statement)
