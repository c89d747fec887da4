"""Append-only history, kept by the database itself, on SQLite and on PostgreSQL.

UPDATE and DELETE are refused, TRUNCATE on PostgreSQL too, and an INSERT that takes the place of an event
(INSERT OR REPLACE) or gives itself another time of recording than now.
"""

from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

TABLE = "history_event"
TOLERANCE_SECONDS = 300

SQLITE = {
    "history_event_no_update": f"""
        CREATE TRIGGER history_event_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    "history_event_no_delete": f"""
        CREATE TRIGGER history_event_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'history is append-only'); END""",
    "history_event_no_forgery": f"""
        CREATE TRIGGER history_event_no_forgery BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR seal = NEW.seal)
          OR abs(strftime('%s', NEW.recorded_at) - strftime('%s', 'now')) > {TOLERANCE_SECONDS}
          OR strftime('%s', NEW.recorded_at) IS NULL
        BEGIN SELECT RAISE(ABORT, 'history takes no forged event'); END""",  # noqa: S608
}

POSTGRESQL = {
    "history_event_no_change": f"""
        CREATE TRIGGER history_event_no_change BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION history_event_refuse()""",
    "history_event_no_truncate": f"""
        CREATE TRIGGER history_event_no_truncate BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION history_event_refuse()""",
    "history_event_no_forgery": f"""
        CREATE TRIGGER history_event_no_forgery BEFORE INSERT ON {TABLE}
        FOR EACH ROW WHEN (
          abs(extract(epoch FROM NEW.recorded_at - clock_timestamp())) > {TOLERANCE_SECONDS}
        ) EXECUTE FUNCTION history_event_refuse()""",
}
REFUSE = """
    CREATE OR REPLACE FUNCTION history_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'history is append-only' USING ERRCODE = 'integrity_constraint_violation';
    END $$"""


def _wanted(vendor: str) -> dict[str, str]:
    return SQLITE if vendor == "sqlite" else POSTGRESQL


def installed(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether every trigger stands in the database."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        found = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    else:
        found = (
            "SELECT tgname FROM pg_trigger"
            " WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal AND tgenabled <> 'D'"
        )
    with connection.cursor() as cursor:
        cursor.execute(found, [TABLE])
        names = {row[0] for row in cursor.fetchall()}
    return names >= set(_wanted(connection.vendor))


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the triggers in place, anew."""
    remove(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        for statement in _wanted(connection.vendor).values():
            cursor.execute(statement)


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Lift the triggers: for the flush of a test database alone."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in _wanted(connection.vendor):
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
    if TABLE in connections[using].introspection.table_names():
        install(using)


def check_installed(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[checks.CheckMessage]:
    """A warning and not an error: an error would stop the very migrate that repairs it."""
    return [
        checks.Warning(
            "The history of this database is not protected: its triggers are missing.",
            hint="Run manage.py migrate.",
            id="history.W001",
        )
        for using in databases or []
        if TABLE in connections[using].introspection.table_names() and not installed(using)
    ]
