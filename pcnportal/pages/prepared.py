"""Questions whose SQL is written once. Writing it costs Django more than the database takes to answer."""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from psycopg2.extensions import AsIs  # type: ignore[import-untyped]

Value = date | int | Collection[int] | None


# What stands before and after the SQL of a question, and how many more values that takes.
ALL, PART, COUNT = (
    ("", "", 0),
    ("", " LIMIT %s OFFSET %s", 2),
    ("SELECT COUNT(*) FROM (", " LIMIT %s) counted", 1),
)
Around = tuple[str, str, int]


class prepared:  # noqa: N801, a decorator
    """Makes of a function that builds a `values_list` one that gives its rows, some of them, or their count.

    `ask` takes dates, ids and lists of ids, by name or not, and may look at no more of them than whether they
    are None or empty: what it builds for one is asked for every other of that shape.
    """

    def __init__(self, ask: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self.ask = ask
        self.kept: dict[Any, Any] = {}

    def __call__(self, *values: Value) -> list[tuple[Any, ...]]:
        return self._answer(ALL, values)

    def part(self, start: int, stop: int, *values: Value) -> list[tuple[Any, ...]]:
        """The rows from `start` to before `stop`, in the order that the question gives them."""
        return self._answer(PART, (*values, stop - start, start))

    def count(self, most: int, *values: Value) -> int:
        """How many rows there are; beyond `most` nothing is counted."""
        found = self._answer(COUNT, (*values, most))
        return int(found[0][0]) if found else 0

    def _answer(self, around: Around, values: tuple[Value, ...]) -> list[tuple[Any, ...]]:
        filled = [_padded(value) for value in values]
        key = (self.ask, around, connection.alias, connection.vendor, *map(_shape, filled))
        if key not in self.kept:
            self.kept[key] = _written(self.ask, around, filled)
        if self.kept[key] is None:
            return []
        sql, order, compiler = self.kept[key]
        known = dict(zip(_places(filled), _singles(filled), strict=True))
        with connection.cursor() as cursor:
            if _keeps_plans():
                name, taken = _planned(key, sql, order)
                places = ", ".join(["%s"] * len(taken))
                cursor.execute(f"EXECUTE {name} ({places})", [known[at] for at in taken])
            else:
                cursor.execute(sql, [known[part] if is_ours else part for is_ours, part in order])
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found if around is COUNT else list(compiler.results_iter([found], tuple_expected=True))


class Whole(Sequence[dict[str, Any]]):
    """The rows of a list that nothing filters, as dictionaries, and their count: two prepared questions."""

    def __init__(self, page: prepared, count: prepared, fields: Sequence[str], *values: Value) -> None:
        self.page, self.count_of, self.fields, self.values = page, count, fields, values

    def counted(self, most: int) -> int:
        return self.count_of.count(most, *self.values)

    def __len__(self) -> int:
        return self.counted(sys.maxsize)

    def __getitem__(self, part: Any) -> Any:
        rows = self.page.part(part.start, part.stop, *self.values)
        return [dict(zip(self.fields, row, strict=True)) for row in rows]


def _keeps_plans() -> bool:
    """PostgreSQL plans such a question for longer than it answers it; a pooled connection keeps no plan."""
    return connection.vendor == "postgresql" and not connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]


def _planned(key: Any, sql: str, order: list[tuple[bool, Any]]) -> tuple[str, list[int]]:
    """The name of the statement that this connection has prepared, and which values it takes."""
    names = _prepared_by.setdefault(connection.connection, {})
    if key not in names:
        name, taken = f"portal_{len(names)}", sorted({part for is_ours, part in order if is_ours})
        given = [AsIs(f"${taken.index(part) + 1}") if is_ours else part for is_ours, part in order]
        with connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} AS {cursor.mogrify(sql, given).decode()}")
        names[key] = name, taken
    return names[key]


_prepared_by: WeakKeyDictionary[Any, dict[Any, tuple[str, list[int]]]] = WeakKeyDictionary()


def _padded(value: Value) -> Value:
    """A list filled up with its last id to one of eight lengths between a power of two and the next."""
    if not isinstance(value, Collection):
        return value
    ids = list(value)
    step = 1 << max(0, len(ids).bit_length() - 4)
    return ids + ids[-1:] * (-len(ids) % step)


def _shape(value: Value) -> Any:
    return len(value) if isinstance(value, Collection) else type(value)


def _singles(values: list[Value]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, Collection):
            yield from value
        elif value is not None:
            yield connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _places(values: list[Value]) -> range:
    return range(sum(1 for _ in _singles(values)))


def _written(ask: Callable[..., "QuerySet[Any, Any]"], around: Around, values: list[Value]) -> Any:
    """The SQL with, for each of its parameters, which value goes there: asked once with values that tell."""
    marks: dict[Any, int] = {}

    def mark(value: date | int) -> Any:
        number = len(marks)
        told = date(9000, 1, 1) + timedelta(number) if isinstance(value, date) else -(10**12) - number
        marks[connection.ops.adapt_datefield_value(told) if isinstance(told, date) else told] = number
        return told

    told = [
        [mark(one) for one in value]
        if isinstance(value, Collection)
        else value
        if value is None
        else mark(value)
        for value in values
    ]
    before, after, more = around
    compiler = ask(*told[: len(told) - more]).query.get_compiler(connection.alias)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    order = [(part in marks, marks.get(part, part)) for part in parameters]
    return before + sql + after, order + [(True, len(marks) - more + at) for at in range(more)], compiler
