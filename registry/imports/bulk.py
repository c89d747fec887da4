"""Many rows at once: COPY on PostgreSQL, prepared statements on SQLite."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from io import StringIO
from itertools import islice, repeat
from typing import Any

from django.db import connection, models
from psycopg2.extras import execute_values  # type: ignore[import-untyped]

from pcnportal.refusals import Refused

ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
AS_THEY_ARE = {int, str, bool, type(None)}
WITHOUT_ESCAPES = {int, bool, Decimal, date, datetime}
BATCH = 10_000


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of garbage, which would go through all the rows again and again as they grow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def new_ids(model: type[models.Model], count: int) -> range | list[int]:
    """Ids for rows to come, in rising order; nobody else gets them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in cursor.fetchall()]
        # The transaction holds SQLite's write lock, so that nobody takes them meanwhile.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return range(first, first + count)


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write rows whose values stand in the order of `columns`; any other column gets its default."""
    named = set(columns)
    rest = {f.attname: f.get_default() for f in model._meta.concrete_fields if f.attname not in named}
    rest.pop("id", None)
    every = [*columns, *rest]
    names = ", ".join(connection.ops.quote_name(_column(model, name)) for name in every)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            more = map(_copied, rest.values())
            text = "\n".join(map("\t".join, _by_column(rows, _all_copied, more)))
            if text:
                cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", StringIO(text + "\n"))
            return
        marks = ", ".join(["%s"] * len(every))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",  # noqa: S608, names of our own models
            list(_by_column(rows, _all_plain, map(_plain, rest.values()))),
        )


def change(model: type[models.Model], column: str, rows: Sequence[tuple[int, Any, Any]]) -> None:
    """Set a column of many rows, given as (pk, old, new).

    Raises `Refused` where one of them no longer holds the old value: nothing may be written then.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    key = connection.ops.quote_name(_column(model, "pk"))
    name = connection.ops.quote_name(_column(model, column))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            kind = model._meta.get_field(column).db_type(connection)
            kind = {"bigserial": "bigint", "serial": "integer"}.get(kind or "", kind)
            sql = (
                f"UPDATE {table} AS held SET {name} = asked.new FROM (VALUES %s) AS asked (pk, old, new)"  # noqa: S608
                f" WHERE held.{key} = asked.pk AND held.{name} IS NOT DISTINCT FROM asked.old"
            )
            shape = f"(%s::bigint, %s::{kind}, %s::{kind})"
            execute_values(cursor.cursor, sql, rows, template=shape, page_size=len(rows))
        else:
            cursor.executemany(
                f"UPDATE {table} SET {name} = %s WHERE {key} = %s AND {name} IS %s",  # noqa: S608
                [(_plain(new), pk, _plain(old)) for pk, old, new in rows],
            )
        if cursor.rowcount != len(rows):
            raise Refused("The register changed while the file was being written. Nothing was written.")


def delete(model: type[models.Model], ranges: Iterable[tuple[int, int]]) -> None:
    """Remove rows by ranges of their ids, both ends included."""
    table = connection.ops.quote_name(model._meta.db_table)
    key = connection.ops.quote_name(_column(model, "pk"))
    with connection.cursor() as cursor:
        for first, last in ranges:
            cursor.execute(f"DELETE FROM {table} WHERE {key} BETWEEN %s AND %s", [first, last])  # noqa: S608


def as_ranges(ids: Iterable[int]) -> list[tuple[int, int]]:
    """Rising ids as few (first, last) pairs."""
    found: list[tuple[int, int]] = []
    for pk in sorted(ids):
        if found and found[-1][1] == pk - 1:
            found[-1] = (found[-1][0], pk)
        else:
            found.append((pk, pk))
    return found


def alone() -> None:
    """Nobody else writes the register until the transaction ends; everybody may read it.

    On SQLite a transaction holds the write lock anyway.
    """
    if connection.vendor == "postgresql":
        tables = (
            "registry_importrun, people_organisation, people_formerdetail, registry_practice, registry_pcn,"
            " registry_membership, registry_pcnperiod, registry_listsize, registry_pcnmatch"
        )
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE")


def _column(model: type[models.Model], name: str) -> str:
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(field.column)


def _by_column(
    rows: Iterable[Sequence[Any]], written: Callable[[Sequence[Any]], Iterable[Any]], more: Iterable[Any]
) -> Iterator[tuple[Any, ...]]:
    """The rows with each column written at once, since a call for each value is dear; `more` ends each."""
    rows, same = iter(rows), list(more)
    while batch := list(islice(rows, BATCH)):
        columns = map(written, zip(*batch, strict=True))
        yield from zip(*columns, *(repeat(value, len(batch)) for value in same), strict=True)


def _all_plain(column: Sequence[Any]) -> Iterable[Any]:
    kinds = set(map(type, column))
    if kinds <= AS_THEY_ARE:
        return column
    if kinds == {Decimal}:
        return map(str, column)
    return map(date.isoformat, column) if kinds == {date} else map(_plain, column)


def _all_copied(column: Sequence[Any]) -> Iterable[str]:
    return map(str if set(map(type, column)) <= WITHOUT_ESCAPES else _copied, column)


def _plain(value: Any) -> Any:
    """As SQLite stores it."""
    kind = value.__class__
    if kind is date:
        return value.isoformat()
    if kind is datetime:
        return connection.ops.adapt_datetimefield_value(value)
    return str(value) if kind is Decimal else value


def _copied(value: Any) -> str:
    """As PostgreSQL's COPY reads it."""
    if value is None:
        return r"\N"
    if value.__class__ is str:
        return value.translate(ESCAPES) if not value.isalnum() else value
    return str(value)
