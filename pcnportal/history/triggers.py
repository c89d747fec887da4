"""Rows that the database itself keeps as they are, on SQLite and on PostgreSQL.

UPDATE and DELETE are refused, and TRUNCATE on PostgreSQL. Of history also an INSERT that takes the place of
an event (INSERT OR REPLACE) or gives itself another time of recording than now. An upper floor names its own
tables with `protect`, when its application is ready.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections

TABLE = "history_event"
TOLERANCE_SECONDS = 300


@dataclass(frozen=True)
class Guard:
    """The triggers of a table by name, for each kind of database."""

    sqlite: dict[str, str]
    postgresql: dict[str, str]

    def of(self, vendor: str) -> dict[str, str]:
        return self.sqlite if vendor == "sqlite" else self.postgresql

    def and_more(self, sqlite: dict[str, str], postgresql: dict[str, str]) -> "Guard":
        return Guard(self.sqlite | sqlite, self.postgresql | postgresql)


def append_only(table: str, said: str, once: str = "") -> Guard:
    """No row of the table is changed or goes; with `once`, SQL about OLD, none of which that is so."""
    when = f"WHEN ({once})" if once else ""
    return Guard(
        {
            f"{table}_no_update": f"""
                CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {when}
                BEGIN SELECT RAISE(ABORT, '{said}'); END""",
            f"{table}_no_delete": f"""
                CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {when}
                BEGIN SELECT RAISE(ABORT, '{said}'); END""",
        },
        {
            f"{table}_no_change": f"""
                CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW {when} EXECUTE FUNCTION append_only_refuse('{said}')""",
            f"{table}_no_truncate": f"""
                CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION append_only_refuse('{said}')""",
        },
    )


SAID = "history is append-only"
_EVENTS = append_only(TABLE, SAID)
SQLITE = _EVENTS.sqlite | {
    "history_event_no_forgery": f"""
        CREATE TRIGGER history_event_no_forgery BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR seal = NEW.seal)
          OR abs(strftime('%s', NEW.recorded_at) - strftime('%s', 'now')) > {TOLERANCE_SECONDS}
          OR strftime('%s', NEW.recorded_at) IS NULL
        BEGIN SELECT RAISE(ABORT, 'history takes no forged event'); END""",  # noqa: S608
}
POSTGRESQL = _EVENTS.postgresql | {
    "history_event_no_forgery": f"""
        CREATE TRIGGER history_event_no_forgery BEFORE INSERT ON {TABLE}
        FOR EACH ROW WHEN (
          abs(extract(epoch FROM NEW.recorded_at - clock_timestamp())) > {TOLERANCE_SECONDS}
        ) EXECUTE FUNCTION append_only_refuse('{SAID}')""",
}
REFUSE = """
    CREATE OR REPLACE FUNCTION append_only_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
    END $$"""
GUARDS = {TABLE: Guard(SQLITE, POSTGRESQL)}


def protect(table: str, said: str, once: str = "", closed: str = "") -> None:
    """Keep the rows of a table as `append_only` says, from the next migrate on.

    With `closed`, a query about NEW, none is added either to a whole of which the query finds a row.
    """
    guard = append_only(table, said, once)
    GUARDS[table] = guard.and_more(**_no_addition(table, said, closed)) if closed else guard


def _no_addition(table: str, said: str, closed: str) -> dict[str, dict[str, str]]:
    name = f"{table}_no_addition"
    return {
        "sqlite": {
            name: f"""
                CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN EXISTS ({closed})
                BEGIN SELECT RAISE(ABORT, '{said}'); END"""
        },
        "postgresql": {
            name: f"""
                CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                  IF EXISTS ({closed}) THEN
                    RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation';
                  END IF;
                  RETURN NEW;
                END $$;
                CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"""
        },
    }


def installed(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Whether every trigger stands in the database."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        found = "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'"
    else:
        found = (
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE pg_table_is_visible(tgrelid) AND NOT tgisinternal AND tgenabled <> 'D'"
        )
    with connection.cursor() as cursor:
        cursor.execute(found)
        names = set(cursor.fetchall())
    return names >= {(table, name) for table, guard in GUARDS.items() for name in guard.of(connection.vendor)}


def _there(using: str) -> list[str]:
    tables = set(connections[using].introspection.table_names())
    return [table for table in GUARDS if table in tables]


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the triggers in place, anew."""
    remove(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSE)
        for table in _there(using):
            for statement in GUARDS[table].of(connection.vendor).values():
                cursor.execute(statement)


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Lift the triggers: for the flush of a test database alone."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in _there(using):
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            for name in GUARDS[table].of(connection.vendor):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **_kwargs: Any) -> None:
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
