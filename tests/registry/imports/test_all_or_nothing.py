"""A file is written whole or not at all: refused files, writes that fail, and a process that is killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections

from registry.imports import bulk, writing
from tests.claims import everything
from tests.registry.imports.files import epcn, extract
from tests.registry.imports.importing import december, epraccur, february, imported, ods, register, tables
from tests.registry.imports.malformed import malformed_files

SIZES = "gp-reg-pat-prac-all_2021-01.csv"
COMMANDS = {"ods": "import_ods", "epcn": "import_epcn", "list_sizes": "import_list_sizes"}


@pytest.mark.django_db
def test_no_malformed_file_writes_anything_and_each_is_refused_with_its_sentence(tmp_path):
    december()
    before = everything()
    files = malformed_files()
    assert len(files) >= 50
    for file in files:
        path = tmp_path / file.name
        path.write_bytes(file.content)
        with pytest.raises(CommandError, match=file.sentence) as caught:
            call_command(COMMANDS[file.kind], str(path), date="2022-02-25", verbosity=0)
        assert caught.value.returncode == 1, file.title
    assert everything() == before


@pytest.mark.django_db
@pytest.mark.parametrize("do", [december, ods, february], ids=["ePCN 2019", "epraccur", "ePCN 2022"])
def test_a_write_that_fails_at_any_step_leaves_nothing(monkeypatch, do):
    december()
    before, steps = tables(), 0
    while fails_at(steps, monkeypatch, do):
        assert tables() == before
        steps += 1
    assert tables() == before or steps > 3


def fails_at(step: int, monkeypatch: Any, do: Any) -> bool:
    """Whether there is such a step: the import then fails at it, or it is done."""
    done = -1

    def counted(write: Any) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            nonlocal done
            done += 1
            if done == step:
                raise DatabaseError("The disk is full.")
            return write(*args, **kwargs)

        return run

    with monkeypatch.context() as patch:
        for name in ("insert", "change"):
            patch.setattr(writing.bulk, name, counted(getattr(bulk, name)))
        try:
            do()
        except DatabaseError:
            return True
    return False


def url() -> str:
    """The test database as DATABASE_URL names it."""
    held = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{held['NAME']}"
    return f"postgres://{held['USER']}:{held['PASSWORD']}@{held['HOST']}:{held['PORT']}/{held['NAME']}"


def killed(kind: str, path: Path, after: int) -> int:
    """The exit code of a process that imports the file and is killed after that many bulk writes."""
    environment = {
        **os.environ,
        "DATABASE_URL": url(),
        "PORTAL_TESTING": "1",
        "DJANGO_SETTINGS_MODULE": "pcnportal.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    program = [sys.executable, "-m", "tests.registry.imports.dying", kind, str(path), str(after)]
    done = subprocess.run(
        program, env=environment, cwd=settings.BASE_DIR, timeout=60, check=False, capture_output=True
    )
    assert done.returncode < 0, done.stderr.decode()
    return done.returncode


@pytest.mark.django_db(transaction=True)
def test_a_kill_in_the_middle_leaves_nothing_and_the_next_run_everything(tmp_path):
    files = {
        "epcn": (tmp_path / "ePCN_2022-02-25.xlsx", epcn("2022"), 4),
        "ods": (tmp_path / "epraccur_2019-10.csv", epraccur(), 2),
        "list_sizes": (tmp_path / SIZES, extract(SIZES), 1),
    }
    december()
    for path, content, _after in files.values():
        path.write_bytes(content)
    for kind in ("epcn", "ods", "list_sizes"):
        path, content, after = files[kind]
        before = tables()
        connections.close_all()
        assert killed(kind, path, after) == -signal.SIGKILL
        assert tables() == before
        assert imported(kind, content, path.name)[0] is not None
    assert {code for code, *_rest in register()["sizes"]} >= {"E84058"}
