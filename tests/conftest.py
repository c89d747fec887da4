"""What every test stands on."""

import os
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import TestCase, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from pcnportal.history import triggers
from tests import built, remembered

# Deadlines measure the machine and not the code. CI tries the same examples every time.
hypothesis_settings.register_profile(
    "portal",
    deadline=None,
    database=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
hypothesis_settings.load_profile("portal")

OF_THE_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that may touch the database: pytest-django lets no other do so."""
    for item in items:
        if item.get_closest_marker("django_db") or OF_THE_DATABASE & {*getattr(item, "fixturenames", ())}:
            item.add_marker("database")


@pytest.fixture(autouse=True, scope="session")
def flush_may_empty_append_only_tables() -> Iterator[None]:
    """The flush after a transactional test meets no triggers; its post_migrate installs them again."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def deletions(_style: Any, tables: list[str], **_others: Any) -> list[str]:
        """PostgreSQL would truncate: a new file for each table and index, however few rows there are."""
        return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]  # noqa: S608

    def teardown(case: TransactionTestCase) -> None:
        triggers.remove()
        with mock.patch.object(connection.ops, "sql_flush", deletions) if is_postgresql() else nullcontext():
            flush(case)
        remembered.forget()

    with mock.patch.object(TransactionTestCase, "_fixture_teardown", teardown):
        yield


@pytest.fixture(autouse=True, scope="session")
def rows_of_a_module_are_checked_once() -> Iterator[None]:
    """What PostgreSQL checks at the end of a test is to be checked again once the test is taken back.

    So rows of before the test, which a fixture of its module wrote, are checked before it begins.
    """
    enter: Any = TestCase._enter_atomics  # type: ignore[attr-defined]

    def check_and_enter(case: type[TestCase]) -> Any:
        if is_postgresql() and connection.in_atomic_block:
            connection.check_constraints()
        return enter.__func__(case)

    with mock.patch.object(TestCase, "_enter_atomics", classmethod(check_and_enter)):
        yield


@pytest.fixture(autouse=True, scope="session")
def nobody_else_holds_the_database_at_the_end(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A server's thread may still hold a connection, and PostgreSQL drops no database that is in use."""
    with django_db_blocker.unblock():
        kept = built.File() if connection.vendor == "sqlite" else built.Beside()
        with kept.take():
            request.getfixturevalue("django_db_setup")  # not by name: every test would seem to ask for it
        kept.keep()
    yield
    if is_postgresql():
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"  # PostgreSQL's own are its own, and end by themselves
            )
