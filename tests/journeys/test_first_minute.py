"""A newcomer's first minute, on both databases."""

import pytest
from playwright.sync_api import expect

from tests.journeys.base import Journey


@pytest.mark.smoke
class TestFirstMinute(Journey):
    def test_an_officer_signs_in_and_finds_their_work(self):
        self.given_the_sign_in_page()
        self.and_the_page_is_accessible()
        self.when_the_officer_signs_in()
        self.then_the_page_says_what_day_the_demo_plays()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_the_sign_in_page(self):
        self.open("/")
        expect(self.page).to_have_title("Sign in – PCN portal")

    def when_the_officer_signs_in(self):
        self.sign_in("officer@harrow.example")

    def then_the_page_says_what_day_the_demo_plays(self):
        expect(self.page.get_by_text("It plays Monday 20 May 2019")).to_be_visible()
