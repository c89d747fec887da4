"""The database's own way to take many rows: COPY on PostgreSQL, executemany on SQLite."""

import io
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection, models

BATCH = 20_000
ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def load(model: type[models.Model], names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows of the named columns; the columns that are not named take the model's default."""
    rest = {
        column.attname: column.get_default()
        for column in model._meta.concrete_fields
        if column.attname not in names and not column.primary_key and not column.null
    }
    columns, more = [*names, *rest], tuple(rest.values())
    write = _copy if connection.vendor == "postgresql" else _insert
    table = connection.ops.quote_name(model._meta.db_table)
    named = ", ".join(map(connection.ops.quote_name, columns))
    for batch in _batches(rows):
        write(table, named, len(columns), ((*row, *more) for row in batch))


def _batches(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _copy(table: str, named: str, _count: int, rows: Iterable[tuple[Any, ...]]) -> None:
    text = io.StringIO()
    text.writelines("\t".join(map(_written, row)) + "\n" for row in rows)
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({named}) FROM STDIN", text)


def _written(cell: Any) -> str:
    if cell is None:
        return r"\N"
    if isinstance(cell, str):
        return cell.translate(ESCAPES)
    return str(cell)


def _insert(table: str, named: str, count: int, rows: Iterable[tuple[Any, ...]]) -> None:
    places = ", ".join(["?"] * count)
    with connection.cursor() as cursor:
        # Past Django's cursor, which would rewrite the question of every row.
        cursor.cursor.connection.executemany(
            f"INSERT INTO {table} ({named}) VALUES ({places})",  # noqa: S608, names of our own models
            ([cell.isoformat() if isinstance(cell, date) else cell for cell in row] for row in rows),
        )


def analyse() -> None:
    """Let PostgreSQL count and tidy, as its own housekeeping does; SQLite has none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
