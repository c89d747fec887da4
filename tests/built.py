"""The test database as the migrations build it: built when one of them changed, and copied from then on.

SQLite: a file in var/tests. PostgreSQL: a second database, whose comment says of which migrations.
"""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest import mock

import django
from django.apps import apps
from django.conf import settings
from django.db import connection

FOLDER = Path(settings.BASE_DIR, "var", "tests")


def key() -> str:
    """Of all that the migrations say."""
    told = hashlib.sha256(django.__version__.encode())
    for config in sorted(apps.get_app_configs(), key=lambda config: config.name):
        for path in sorted(Path(config.path, "migrations").glob("*.py")):
            told.update(f"{config.name} {path.name}".encode() + path.read_bytes())
    return told.hexdigest()


def name_of_the_test_database() -> str:
    creation: Any = connection.creation
    return creation._get_test_db_name()


def is_made() -> bool:
    """Django makes no test database where no test asks for one, and leaves the real one open."""
    return connection.settings_dict["NAME"] == name_of_the_test_database()


class File:
    """A kept SQLite file."""

    def __init__(self) -> None:
        self.path = FOLDER / f"{key()}.sqlite3"

    def take(self) -> Any:
        """For while the test database is made: where one is kept, its copy stands where Django begins."""
        creation: Any = connection.creation
        make: Callable[..., str] = creation._create_test_db

        def copy(*args: Any, **kwargs: Any) -> str:
            name = make(*args, **kwargs)
            if self.path.exists():
                _copy(self.path, name)
            return name

        return mock.patch.object(creation, "_create_test_db", copy)

    def keep(self) -> None:
        if self.path.exists() or not is_made():
            return
        FOLDER.mkdir(parents=True, exist_ok=True)
        for old in FOLDER.glob("*.sqlite3"):
            old.unlink(missing_ok=True)
        begun = self.path.with_suffix(f".{Path(settings.VAR_DIR).name}")
        _copy(connection.settings_dict["NAME"], begun)
        begun.replace(self.path)  # whoever reads it at the same time reads a whole one


def _copy(source: Path | str, target: Path | str) -> None:
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


class Beside:
    """A kept database of PostgreSQL, which no test opens."""

    def __init__(self) -> None:
        self.name = f"{name_of_the_test_database()}_built"
        self.key = key()

    def is_kept(self) -> bool:
        said = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        with connection._nodb_cursor() as cursor:
            cursor.execute(said, [self.name])
            return cursor.fetchone() == (self.key,)

    def take(self) -> Any:
        test = connection.settings_dict["TEST"]
        return mock.patch.dict(test, TEMPLATE=self.name) if self.is_kept() else mock.patch.dict(test)

    def keep(self) -> None:
        if not is_made() or self.is_kept():
            return
        source, quote = connection.settings_dict["NAME"], connection.ops.quote_name
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {quote(self.name)}")
            cursor.execute(f"CREATE DATABASE {quote(self.name)} TEMPLATE {quote(source)}")
            cursor.execute(f"COMMENT ON DATABASE {quote(self.name)} IS %s", [self.key])
