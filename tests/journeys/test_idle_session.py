"""A session without activity: it warns, it can be kept, it ends with a way back."""

import pytest
from playwright.sync_api import expect

from pcnportal.people.idle import RENEW_SECONDS
from tests.journeys.base import Journey


class TestIdleSession(Journey):
    @pytest.fixture(autouse=True)
    def _short_sessions(self, settings):
        """A page that warns after 2 seconds and signs out after 4."""
        settings.SESSION_IDLE_SECONDS = RENEW_SECONDS + 4
        settings.SESSION_COOKIE_AGE = settings.SESSION_IDLE_SECONDS

    def test_it_warns_is_kept_and_ends_where_one_can_go_on(self):
        self.given_an_officer_on_the_page_of_their_account()
        self.when_nothing_happens_for_a_while()
        self.then_the_page_warns()
        self.and_the_page_is_accessible()
        self.when_they_stay_signed_in()
        self.then_the_warning_is_gone()
        self.when_nothing_happens_until_the_end()
        self.then_the_sign_in_page_says_why()
        self.and_signing_in_leads_back()
        self.and_the_console_is_empty()

    def given_an_officer_on_the_page_of_their_account(self):
        self.sign_in("officer@harrow.example")
        self.open("/password/")

    def when_nothing_happens_for_a_while(self):
        self.warning = self.page.get_by_role("dialog", name="You will be signed out soon")

    def then_the_page_warns(self):
        expect(self.warning).to_be_visible()
        expect(self.warning.get_by_role("button", name="Stay signed in")).to_be_focused()

    def when_they_stay_signed_in(self):
        self.page.keyboard.press("Enter")

    def then_the_warning_is_gone(self):
        expect(self.warning).to_be_hidden()

    def when_nothing_happens_until_the_end(self):
        self.page.wait_for_url("**/sign-in/**")

    def then_the_sign_in_page_says_why(self):
        expect(
            self.page.get_by_text("You were signed out because nothing happened for a while.")
        ).to_be_visible()

    def and_signing_in_leads_back(self):
        self.page.get_by_label("E-mail address").fill("officer@harrow.example")
        self.page.locator("input[name=password]").fill("pcn-demo-2019")
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_title("Your account – PCN portal")
