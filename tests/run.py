"""Runs every test: on SQLite, and beside it on PostgreSQL where TEST_DATABASE_URL names a server.

What may not touch a database runs once, of the browser journeys all but the smoke journey too. Arguments go
to pytest. JOURNEYS=required refuses to start without a Chromium, for CI.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.chromium import NOT_FOUND, find_chromium  # noqa: E402

PYTEST = [sys.executable, "-m", "pytest"]
OFF_THE_SHELF = ("DATABASE_URL", "PORTAL_DEMO", "PORTAL_VAR", "SECRET_KEY")


def environment(**more: str) -> dict[str, str]:
    """The caller's environment without what would point the tests at a real database."""
    return {name: value for name, value in os.environ.items() if name not in OFF_THE_SHELF} | more


def main() -> int:
    if os.environ.get("JOURNEYS") == "required" and not find_chromium():
        print(NOT_FOUND, file=sys.stderr)
        return 2
    arguments = sys.argv[1:]
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        code = subprocess.call([*PYTEST, *arguments], cwd=ROOT, env=environment())
        print("On SQLite only: set TEST_DATABASE_URL to run on PostgreSQL too.")
        return code
    with tempfile.TemporaryFile("w+") as printed:
        beside = subprocess.Popen(
            [*PYTEST, "-m", "database and (not journey or smoke)", *arguments],
            cwd=ROOT,
            env=environment(DATABASE_URL=server),
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            print("On SQLite", flush=True)
            on_sqlite = subprocess.call([*PYTEST, *arguments], cwd=ROOT, env=environment())
            on_postgresql = beside.wait()
        finally:
            beside.kill()
        printed.seek(0)
        print("\nOn PostgreSQL (what touches a database; of the browser journeys only the smoke journey)")
        print(printed.read(), flush=True)
    return on_sqlite or on_postgresql


if __name__ == "__main__":
    sys.exit(main())
