"""The map of boards: read as a list, drawn with the same names, and walked by keyboard, at both widths."""

import pytest
from playwright.sync_api import expect

from tests.journeys.base import Journey
from tests.journeys.test_keyboard import SHOWS_ITS_FOCUS

BOARD = "Harrow Provider Management Board"


class TestMap(Journey):
    @pytest.mark.parametrize("width", [1280, 375])
    def test_a_member_walks_from_the_map_to_a_board_by_keyboard(self, width):
        self.given_a_member_before_a_screen_of(width)
        self.when_they_open_the_map_of_the_day_of_the_slides()
        self.then_each_board_is_heard_in_the_list_and_in_the_drawing()
        self.and_the_list_says_who_reports_to_whom()
        self.and_the_page_scrolls_only_downwards()
        self.and_the_page_is_accessible()
        self.when_they_tab_to_the_board_in_the_drawing_and_press_enter()
        self.then_they_read_its_page()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_a_member_before_a_screen_of(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.sign_in("member@harrow.example")

    def when_they_open_the_map_of_the_day_of_the_slides(self) -> None:
        self.open("/governance/")
        self.press(self.page.get_by_role("link", name="see the map of that day"))

    def then_each_board_is_heard_in_the_list_and_in_the_drawing(self) -> None:
        drawing = self.page.get_by_role("group", name="Map of boards and committees, as at 18 June 2019")
        expect(drawing.get_by_role("link", name=BOARD)).to_have_count(1)
        listed = self.page.get_by_role("main").get_by_role("listitem")
        for link in drawing.get_by_role("link").all():
            address = link.get_attribute("href")
            assert listed.locator(f"a.portal-map__body[href='{address}']").count() > 0, address

    def and_the_list_says_who_reports_to_whom(self) -> None:
        group = self.page.get_by_role("listitem").filter(has_text="Locality 1 Management Group").last
        expect(group).to_contain_text(f"Reports to {BOARD} (assumed).")

    def and_the_page_scrolls_only_downwards(self) -> None:
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    def when_they_tab_to_the_board_in_the_drawing_and_press_enter(self) -> None:
        box = self.page.locator("svg").get_by_role("link", name=BOARD)
        self.page.get_by_role("region", name="The drawing").focus()
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if box.evaluate("element => element === document.activeElement"):
                break
        assert box.evaluate(SHOWS_ITS_FOCUS)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def then_they_read_its_page(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(BOARD)
        expect(
            self.page.get_by_text("The document from which this body is known is of 18 June 2019")
        ).to_be_visible()
