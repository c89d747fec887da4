"""What the journeys share: signing in, and the two checks that each of them ends with."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PASSWORD = "pcn-demo-2019"


def page_is_accessible(page: Page) -> None:
    """Assert that axe finds nothing against WCAG 2.2 AA on the page as it stands."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    problems = [
        f"{violation['help']}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
    assert not problems, f"{page.url}\n" + "\n".join(problems)


@pytest.mark.journey
class Journey:
    """A story in the browser, on a demo of its own. Its sentences are methods given_, when_, then_, and_."""

    page: Page
    address: str
    console: list[str]

    @pytest.fixture(autouse=True)
    def _open(self, demo: None, live_server: LiveServer, page: Page) -> Iterator[None]:
        self.page, self.address, self.console = page, live_server.url, []
        page.on("console", lambda said: self.console.append(f"{said.type}: {said.text} {said.location}"))
        page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        yield
        self.page.goto("about:blank")

    def open(self, path: str) -> None:
        """Go to a path of the portal, as in "/registrations/"."""
        self.page.goto(self.address + path)

    def press(self, control: Locator) -> None:
        """Click, and wait for the page that follows: for a step that reads it, or the database, at once."""
        with self.page.expect_navigation():
            control.click()

    def sign_in(self, email: str) -> None:
        """Sign in as one of the demo's accounts; whoever was signed in before is forgotten."""
        self.page.context.clear_cookies()
        self.open("/sign-in/")
        form = self.page.locator("form:has(input[name=password])")
        form.locator("input[name=username]").fill(email)
        form.locator("input[name=password]").fill(PASSWORD)
        form.get_by_role("button", name="Sign in").click()
        expect(self.page).not_to_have_url(f"{self.address}/sign-in/")

    def and_the_page_is_accessible(self) -> None:
        page_is_accessible(self.page)

    def and_the_console_is_empty(self, *, but_for: str | None = None) -> None:
        """Assert it; a page that is meant to answer 404 passes but_for="404", for Chromium logs that too."""
        assert [line for line in self.console if but_for is None or but_for not in line] == []
