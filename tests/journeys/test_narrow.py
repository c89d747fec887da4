"""On a phone: nothing runs out of the page sideways."""

import pytest
from playwright.sync_api import expect

from tests.journeys.base import Journey
from tests.journeys.told import case_of


class TestOnAPhone(Journey):
    @pytest.mark.parametrize("width", [375, 320])
    def test_registrations_are_read_on_a_narrow_screen(self, width):
        self.given_a_committee_member_with_a_screen_of(width)
        self.when_they_open_the_registrations()
        self.then_nothing_runs_out_of_the_page()
        self.and_each_row_is_headed_by_its_pcn()
        self.and_the_page_is_accessible()
        for address in self.of_harrow_collaborative():
            self.when_they_open(address)
            self.then_nothing_runs_out_of_the_page()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_a_committee_member_with_a_screen_of(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 740})
        self.sign_in("member@harrow.example")

    def when_they_open_the_registrations(self) -> None:
        self.open("/registrations/")

    def when_they_open(self, address: str) -> None:
        self.open(address)

    def of_harrow_collaborative(self) -> list[str]:
        own = case_of("harrow-collaborative-pcn").get_absolute_url()
        return ["/", "/governance/meetings/", "/practices/", f"{own}review/", f"{own}review/contiguity/", own]

    def then_nothing_runs_out_of_the_page(self) -> None:
        widths = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        content, window = self.page.evaluate(widths)
        assert content <= window, self.page.url

    def and_each_row_is_headed_by_its_pcn(self) -> None:
        row = self.page.get_by_role("row").filter(has_text="Harrow East PCN")
        expect(row.get_by_role("link", name="Harrow East PCN")).to_be_visible()
