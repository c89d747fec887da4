"""What many tests begin with: built once by the verbs that pages call, and put back row by row from then on.

A call is remembered by what the database held before it: nothing, or what other remembered calls wrote.
Whatever else is written makes that unknown, and then every call does its work anew.
"""

import time
from collections.abc import Callable
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from datetime import time as hour
from functools import cache, wraps
from itertools import count
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection, models

from pcnportal.history import triggers
from tests.old_events import old_events

P = ParamSpec("P")
T = TypeVar("T")
Rows = dict[str, dict[Any, tuple[Any, ...]]]
TOKENS = count(1)
# The database takes no event that says it was recorded longer ago, but where this trigger is lifted.
FRESH_SECONDS = triggers.TOLERANCE_SECONDS - 100
READS = ("SELECT", "(SELECT", "WITH", "PRAGMA", "SET CONSTRAINTS", "RELEASE")
# What a sign-in writes; it is no part of what is compared.
SIGN_IN = (
    'UPDATE "people_user" SET "last_login"',
    'INSERT INTO "django_session"',
    'UPDATE "django_session"',
    'DELETE FROM "axes_',
)


@dataclass
class State:
    """What the tables of the portal hold, by the first column of each row."""

    rows: Rows
    token: int = field(default_factory=lambda: next(TOKENS))


@dataclass
class Kept:
    """What a call gave, the rows that it wrote and what the tables held after it."""

    given: Any
    written: dict[str, list[tuple[Any, ...]]]
    after: State
    at: float = field(default_factory=time.monotonic)
    statements: bytes = b""

    @property
    def is_fresh(self) -> bool:
        return triggers.TABLE not in self.written or time.monotonic() - self.at < FRESH_SECONDS


class Memory:
    """All that was kept, and what the database is known to hold now."""

    def __init__(self) -> None:
        self.nothing = State({})
        self.now: State | None = None
        self.kept: dict[Any, Kept] = {}
        self.savepoints: dict[str, State | None] = {}
        self.times: list[float] = []  # of what was put back or kept, in the order in which it was

    def forget(self) -> None:
        """After a flush content types have other ids."""
        self.__init__()  # type: ignore[misc]

    def watch(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        """Notices what is written past what is remembered."""
        if not sql.startswith(READS):
            self.notice(sql)
        return execute(sql, params, many, context)

    def notice(self, sql: str) -> None:
        if sql.startswith("SAVEPOINT"):
            self.savepoints[sql.rpartition(" ")[2]] = self.now
        elif sql.startswith("ROLLBACK TO"):
            self.now = self.savepoints.get(sql.rpartition(" ")[2])
        elif not sql.startswith(SIGN_IN):
            self.now = None


MEMORY = Memory()
forget = MEMORY.forget


def known() -> State | None:
    """What the database holds, where only what is remembered was written."""
    return MEMORY.now


@cache
def tables() -> dict[str, tuple[str, ...]]:
    """Those of the portal's own applications, with their columns, the key first."""
    own = [
        config
        for config in apps.get_app_configs()
        if Path(settings.BASE_DIR, config.name.partition(".")[0]).is_dir()
    ]
    held = [model._meta for config in own for model in config.get_models(include_auto_created=True)]
    return {meta.db_table: tuple(str(field.column) for field in meta.local_concrete_fields) for meta in held}


@cache
def _listed(table: str) -> str:
    return ", ".join(f'"{name}"' for name in tables()[table])


def read() -> Rows:
    with connection.cursor() as cursor:
        found: Rows = {}
        for table in tables():
            cursor.execute(f"SELECT {_listed(table)} FROM {table} ORDER BY 1")  # noqa: S608
            if rows := cursor.fetchall():
                found[table] = {row[0]: row for row in rows}
    return found


def is_empty() -> bool:
    asked = " OR ".join(f"EXISTS (SELECT 1 FROM {table})" for table in tables())  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {asked}")
        return not cursor.fetchone()[0]


def written_since(before: Rows, after: Rows) -> dict[str, list[tuple[Any, ...]]] | None:
    """The rows that are new; nothing where others were changed or went."""
    new = {}
    for table in tables():
        old, rows = before.get(table, {}), after.get(table, {})
        if any(key not in rows or _told(table, rows[key]) != _told(table, row) for key, row in old.items()):
            return None
        if added := [row for key, row in rows.items() if key not in old]:
            new[table] = added
    return new


def _told(table: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
    if table != "people_user":
        return row
    return tuple(value for name, value in zip(tables()[table], row, strict=True) if name != "last_login")


def put_back(kept: Kept) -> None:
    if not kept.written:
        return
    with nullcontext() if kept.is_fresh else old_events(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table, rows in kept.written.items():
                marks = ", ".join(["%s"] * len(rows[0]))
                cursor.executemany(f"INSERT INTO {table} ({_listed(table)}) VALUES ({marks})", rows)  # noqa: S608
            return
        if not kept.statements:
            kept.statements = b";".join(
                cursor.mogrify(
                    f"INSERT INTO {table} ({_listed(table)}) VALUES {', '.join(['%s'] * len(rows))}",  # noqa: S608
                    rows,  # each as one value: psycopg2 writes a tuple in brackets
                )
                for table, rows in kept.written.items()
            )
        cursor.execute(kept.statements.decode())


def stored(written: dict[str, list[tuple[Any, ...]]]) -> dict[str, list[tuple[Any, ...]]]:
    """As the database is given them: SQLite holds days and times as text."""
    if connection.vendor != "sqlite":
        return written
    return {
        table: [
            tuple(str(value) if isinstance(value, date | hour) else value for value in row) for row in rows
        ]
        for table, rows in written.items()
    }


def named(value: Any) -> Any:
    """A record by its id, and what holds records likewise."""
    if isinstance(value, models.Model):
        return value._meta.label, value.pk
    if isinstance(value, dict):
        return tuple((key, named(held)) for key, held in sorted(value.items()))
    if isinstance(value, list | tuple):
        return tuple(named(held) for held in value)
    return repr(value)


def remembered(build: Callable[P, T]) -> Callable[P, T]:
    """Its first argument is the small Harrow, whose practices come back with what the call gave."""

    @wraps(build)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        before, practices = MEMORY.now, getattr(args[0], "practices", {}) if args else {}
        if before is None:
            return build(*args, **kwargs)
        key = before.token, build.__module__, build.__qualname__, named(args[1:]), named(kwargs)
        kept = MEMORY.kept.get(key)
        if kept:
            put_back(kept)
            MEMORY.times.append(kept.at)
            given, held = deepcopy(kept.given)
            practices.update({code: practice for code, practice in held.items() if code not in practices})
            MEMORY.now = kept.after
            return given
        begun = len(MEMORY.times)
        made = build(*args, **kwargs)
        if MEMORY.now is before:
            return made
        after = State(read())
        written = written_since(before.rows, after.rows)
        MEMORY.now = after if written is not None else None
        if written is not None:
            # What the call itself put back is older than the call.
            at = min([time.monotonic(), *MEMORY.times[begun:]])
            MEMORY.kept[key] = Kept(deepcopy((made, practices)), stored(written), after, at)
            MEMORY.times.append(at)
        return made

    return call


def from_nothing(build: Callable[P, T]) -> Callable[P, T]:
    """The same for what is built first, where the database is empty and is emptied by a rollback."""
    build = remembered(build)

    @wraps(build)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        if MEMORY.watch not in connection.execute_wrappers:
            connection.execute_wrappers.append(MEMORY.watch)
        MEMORY.now = MEMORY.nothing if connection.in_atomic_block and is_empty() else None
        return build(*args, **kwargs)

    return call
