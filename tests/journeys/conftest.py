"""A browser, a demo of its own for each journey, and plain words where there is no browser."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from tests.journeys.chromium import NOT_FOUND, find_chromium

pytest.register_assert_rewrite("tests.journeys.base")
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-background-networking"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not find_chromium():
        for item in items:
            if item.get_closest_marker("journey"):
                item.add_marker(pytest.mark.skip(reason=NOT_FOUND))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not find_chromium():
        terminalreporter.write_line(NOT_FOUND, yellow=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that fails leaves a picture in var/journeys, of the page on which it stopped."""
    report = yield
    if report.failed and (tab := getattr(item, "funcargs", {}).get("page")):
        tab.screenshot(path=Path("var", "journeys", f"{item.name}.png"), full_page=True)
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop runs in this thread, and Django takes any loop for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as `manage.py demo` builds it, replayed once and only copied from then on."""
    folder = tmp_path_factory.mktemp("demo")
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=settings.BASE_DIR,
        env=surroundings
        | {"PORTAL_DEMO": "1", "PORTAL_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "tests.settings"},
        check=True,
    )
    return folder / "demo.sqlite3"


@pytest.fixture
def demo(request: pytest.FixtureRequest, transactional_db: None) -> Iterator[None]:
    """The test database holds the demo, on the morning that it plays."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "DEMO", True)
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(request.getfixturevalue("demo_file"))) as source:
                source.backup(connection.connection)
        else:
            call_command("demo")
        yield


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab, 1280 pixels wide."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()
