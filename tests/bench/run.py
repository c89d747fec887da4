"""`make bench`: what pages and imports cost, as ratios that are measured side by side in one run.

On SQLite, and on PostgreSQL where TEST_DATABASE_URL or DATABASE_URL names a server whose user may create
databases; 650,000 practices only there. The databases are its own and go at the end. Prints a table and
writes var/bench.json. ROUNDS (60) says how many pairs are measured.
"""

import json
import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import psycopg2  # type: ignore[import-untyped]  # noqa: E402

from tests.bench.serving import Client, against, environment, run, served  # noqa: E402

SMALL, USUAL, LARGE = 33, 6_500, 650_000
EMPTY = "/search/"  # signed in, with all that every page has and nothing of its own
PAGES = {
    "list_25": "/practices/?per_page=25",
    "list_100": "/practices/?per_page=100",
    "pcns_25": "/pcns/?per_page=25",
    "pcns_100": "/pcns/?per_page=100",
    "search": "/search/?q=Ashbrook",
    "admin_list_25": "/admin/registry/practice/",
}
GROWING = {
    "growth_first_page": "/practices/",
    "growth_next_page": "/practices/?page=2",
    "growth_search": "/search/?q=Ashbrook",
}
SLIP = "/search/?q=Ashbrok+Surgry"
ROUNDS = int(os.environ.get("ROUNDS", "60"))
WORDS = {
    "list_25": "list of 25 practices ÷ empty page",
    "list_100": "list of 100 practices ÷ empty page",
    "pcns_25": "list of 25 PCNs ÷ empty page",
    "pcns_100": "list of 100 PCNs ÷ empty page",
    "search": "search ÷ empty page",
    "admin_list_25": "Django admin, 25 practices ÷ empty page",
    "import_ods": "import of practices ÷ bulk load of their rows",
    "import_list_sizes": "import of list sizes ÷ bulk load of their rows",
    "funding": "payment run of 75,600 amounts ÷ insert of its rows",
    "growth_first_page": "first page, 650,000 ÷ 6,500 practices",
    "growth_next_page": "next page, 650,000 ÷ 6,500 practices",
    "growth_search": "search, 650,000 ÷ 6,500 practices",
    "growth_slip": "search with a slip, 650,000 ÷ 6,500 practices",
}
GOALS = {"list_25": 2.0, "list_100": 3.0, "import_ratio": 4.0, "funding_ratio": 2.0, "growth_650k": 1.5}


@contextmanager
def database(server: str, name: str, folder: Path) -> Iterator[str]:
    """The address of an empty database of that name: on the server, or a SQLite file where there is none."""
    if not server:
        yield f"sqlite:///{folder / name}.sqlite3"
        return
    with closing(psycopg2.connect(server)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name}")
            try:
                yield f"{server.rpartition('/')[0]}/{name}"
            finally:
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def measure(server: str, folder: Path) -> dict[str, float]:
    """Every ratio on one kind of database."""
    found: dict[str, float] = {}
    with ExitStack() as stack:

        def environment_of(name: str) -> dict[str, str]:
            return environment(stack.enter_context(database(server, f"pcn_bench_{name}", folder)), folder)

        def portal_of(practices: int) -> Client:
            env = environment_of(str(practices))
            say(f"{practices:,} practices are written")
            run(["tests/bench/fill.py", str(practices)], env)
            return stack.enter_context(served(env))

        small, usual = portal_of(SMALL), portal_of(USUAL)
        say("pages are asked for")
        for client, of in ((usual, ""), (small, "_of_33")):
            ratios = against((client, EMPTY), *((client, path) for path in PAGES.values()), rounds=ROUNDS)
            found |= {f"{name}{of}": ratio for name, ratio in zip(PAGES, ratios, strict=True)}
        say("files are imported")
        found |= json.loads(run(["tests/bench/imports.py", str(USUAL)], environment_of("imports")))
        say("a payment run of 1,260 PCNs is calculated")
        found |= json.loads(run(["tests/bench/funding.py"], environment_of("funding")))
        if server:
            large = portal_of(LARGE)
            say("pages are asked for")
            for name, path in {**GROWING, "growth_slip": SLIP}.items():
                (found[name],) = against((usual, path), (large, path), rounds=ROUNDS)
    return found


def summed_up(results: dict[str, dict[str, float]]) -> dict[str, float]:
    """Flat: the worse of both databases under the plain name, and each under its own."""
    flat = {
        f"{kind.lower()}_{name}": round(ratio, 2)
        for kind, found in results.items()
        for name, ratio in found.items()
    }

    def worst(*names: str) -> float | None:
        held = [found[name] for found in results.values() for name in names if name in found]
        return round(max(held), 2) if held else None

    named = {name: worst(name) for name in PAGES}
    named["import_ratio"] = worst("import_ods", "import_list_sizes")
    named["funding_ratio"] = worst("funding")
    named["growth_650k"] = worst(*GROWING)
    return {name: ratio for name, ratio in named.items() if ratio is not None} | flat


def table(results: dict[str, dict[str, float]], flat: dict[str, float]) -> str:
    """In Markdown, as it stands in the README."""
    lines = [f"| | {' | '.join(results)} |", f"| --- |{' ---: |' * len(results)}"]
    for name, words in WORDS.items():
        shown = [f"{found[name]:.2f}" if name in found else "–" for found in results.values()]
        lines.append(f"| {words} | {' | '.join(shown)} |")
    goals = (
        f"`{name}` {flat[name]:.2f} (goal: at most {goal:g})" for name, goal in GOALS.items() if name in flat
    )
    return "\n".join([*lines, "", f"Worst of all: {', '.join(goals)}.", f"Measured on {machine()}."])


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    return f"{os.cpu_count()} cores ({platform.machine()}) with {memory:.0f} GB, {python}"


def say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


def main() -> None:
    server = os.environ.get("TEST_DATABASE_URL") or os.environ.get("DATABASE_URL") or ""
    results = {}
    for kind, where in {"SQLite": "", "PostgreSQL": server}.items():
        if kind == "SQLite" or where.startswith("postgres"):
            print(kind, file=sys.stderr, flush=True)
            with tempfile.TemporaryDirectory(prefix="pcn-bench-") as folder:
                results[kind] = measure(where, Path(folder))
    flat = summed_up(results)
    kept = ROOT / "var" / "bench.json"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(json.dumps(flat, indent=2) + "\n")
    print(table(results, flat))
    if "PostgreSQL" not in results:
        say("650,000 practices need PostgreSQL: set TEST_DATABASE_URL.")


if __name__ == "__main__":
    main()
