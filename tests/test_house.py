"""Claims about the house itself: what it stands on, and that each part is pinned and has a reason."""

import importlib.util
import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PINNED = ["requirements.txt", "requirements-dev.txt", "requirements-node.txt"]
PROJECT = (ROOT / "pyproject.toml").read_text()


def blocks(name: str) -> list[str]:
    """A requirements file as one text for each package: its pin and its hashes."""
    return re.findall(r"^\S.*(?:\n .*)*", (ROOT / name).read_text(), flags=re.MULTILINE)


def named(lists: list[list[str]]) -> set[str]:
    return {re.split(r"[\[<>=~ ]", entry)[0].lower() for entries in lists for entry in entries}


def test_psycopg_3_is_absent_since_django_would_prefer_it():
    assert importlib.util.find_spec("psycopg2")
    assert importlib.util.find_spec("psycopg") is None


@pytest.mark.parametrize("name", PINNED)
def test_every_package_is_pinned_with_its_hashes(name):
    pins = [block for block in blocks(name) if not block.startswith("#")]
    assert pins
    assert [pin for pin in pins if not re.match(r"\S+==\S+ \\\n +--hash=sha256:[0-9a-f]{64}", pin)] == []


@pytest.mark.parametrize("name", PINNED)
def test_pins_do_not_say_where_they_were_fetched(name):
    assert re.findall(r"\w+://|--(?:index|find|trusted)\S*|/\w+/\w+", (ROOT / name).read_text()) == []


def test_the_pins_of_npm_have_hashes_and_do_not_say_where_they_were_fetched():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []


def test_every_python_package_says_why_it_is_there():
    project = tomllib.loads(PROJECT)["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values()]
    silent = [
        entry
        for entries in lists
        for entry in entries
        if not re.search(rf'^ +"{re.escape(entry)}", +# \w.{{9}}', PROJECT, flags=re.MULTILINE)
    ]
    assert silent == []


def test_every_npm_package_says_why_it_is_there():
    package = json.loads((ROOT / "package.json").read_text())
    assert package["why"].keys() == (package["dependencies"] | package["devDependencies"]).keys()


def test_what_the_project_names_is_what_is_pinned():
    project = tomllib.loads(PROJECT)["project"]
    wanted = {"requirements.txt": [project["dependencies"]]}
    wanted["requirements-dev.txt"] = [project["dependencies"], *project["optional-dependencies"].values()]
    for name, lists in wanted.items():
        assert named(lists) <= {block.split("==")[0] for block in blocks(name)}
