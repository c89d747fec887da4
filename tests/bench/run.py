"""`make bench`: what pages and imports cost, as ratios that are measured side by side in one run.

On SQLite, and on PostgreSQL where TEST_DATABASE_URL or DATABASE_URL names a server whose user may create
databases. Databases of its own, thrown away at the end. Prints a table and writes var/bench.json.
"""

import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import dj_database_url  # noqa: E402
import psycopg2  # noqa: E402

from tests.bench.serving import against, environment, run, served  # noqa: E402

SMALL, USUAL, LARGE = 33, 6_500, 650_000
EMPTY = "/search/"  # signed in, with everything that every page has and nothing of its own
PAGES = {
    "list_25": "/practices/?per_page=25",
    "list_100": "/practices/?per_page=100",
    "pcns_25": "/pcns/?per_page=25",
    "pcns_100": "/pcns/?per_page=100",
    "admin_list_25": "/admin/registry/practice/",
}
GROWING = {
    "first page": "/practices/",
    "next page": "/practices/?page=2",
    "search": "/search/?q=Honeywell+Surgery",
}
ROUNDS = int(os.environ.get("ROUNDS", "60"))


@contextmanager
def database(server: str, name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of that name: on the server, or a SQLite file where there is none."""
    if not server:
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    address, _, _ = server.rpartition("/")
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{address}/{name}"
        finally:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()


def machine() -> str:
    """What it was measured on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, Python {platform.python_version()}"


@contextmanager
def portal(stack: ExitStack, server: str, practices: int, folder: Path) -> Iterator[None]:
    yield


def measure(server: str, folder: Path) -> dict[str, float]:
    """Every ratio on one kind of database."""
    found: dict[str, float] = {}
    with ExitStack() as stack:

        def portal_of(practices: int):
            address = stack.enter_context(database(server, f"bench_{practices}", folder))
            env = environment(address, folder)
            say(f"  {practices:,} practices are written")
            run(["tests/bench/fill.py", str(practices)], env)
            return stack.enter_context(served(env))

        small, usual = portal_of(SMALL), portal_of(USUAL)
        say("  pages are asked for")
        for client, suffix in ((usual, ""), (small, "_of_33")):
            asked = [(client, path) for path in PAGES.values()]
            ratios = against((client, EMPTY), *asked, rounds=ROUNDS)
            found |= {f"{name}{suffix}": ratio for name, ratio in zip(PAGES, ratios, strict=True)}
        if server or "LARGE" in os.environ:
            large = portal_of(LARGE)
            grown = {
                what: against((usual, path), (large, path), rounds=ROUNDS)[0]
                for what, path in GROWING.items()
            }
            found |= {f"growth_{what.replace(' ', '_')}": ratio for what, ratio in grown.items()}
            found["growth_650k"] = max(grown.values())
    return found


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> None:
    server = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL") or ""
    results = {}
    for kind, where in {"SQLite": "", "PostgreSQL": server}.items():
        if kind == "SQLite" or where.startswith("postgres"):
            say(kind)
            with tempfile.TemporaryDirectory(prefix="pcn-bench-") as folder:
                results[kind] = measure(where, Path(folder))
    print(machine())
    print(results)


if __name__ == "__main__":
    main()
