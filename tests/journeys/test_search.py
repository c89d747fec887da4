"""Somebody looks for a practice and mistypes it; and looks at the PCNs beside the band."""

from playwright.sync_api import expect

from tests.journeys.base import Journey


class TestSearch(Journey):
    def test_a_mistyped_practice_is_found_from_the_header_by_keyboard(self):
        self.given_an_officer_on_the_first_page()
        self.when_they_type_in_the_header("Eliott Hal")
        self.then_the_page_says("No exact match for “Eliott Hal”. Nearest:")
        self.and_the_page_is_accessible()
        self.when_they_follow("Elliott Hall Medical Centre")
        self.then_the_heading_is("Elliott Hall Medical Centre")
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def test_a_commissioners_pcns_are_seen_beside_the_band_and_taken_as_a_workbook(self):
        self.given_an_officer_on_the_first_page()
        self.when_they_open("/pcns/?commissioner=harrow")
        self.then_the_heading_is("Primary Care Networks")
        self.and_six_bars_stand_beside_the_band()
        self.and_the_page_is_accessible()
        self.when_they_download("Download Excel")
        self.and_the_console_is_empty()

    def given_an_officer_on_the_first_page(self):
        self.sign_in("officer@harrow.example")
        expect(self.page.get_by_role("search").get_by_role("searchbox")).to_be_visible()

    def when_they_type_in_the_header(self, text: str):
        box = self.page.get_by_role("search").get_by_role("searchbox")
        box.focus()
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def then_the_page_says(self, text: str):
        expect(self.page.get_by_text(text)).to_be_visible()

    def when_they_follow(self, name: str):
        link = self.page.get_by_role("link", name=name)
        link.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def then_the_heading_is(self, name: str):
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)

    def when_they_open(self, path: str):
        self.open(path)

    def and_six_bars_stand_beside_the_band(self):
        table = self.page.get_by_role("table", name="List sizes beside the band")
        expect(table.locator("rect.portal-bars__band")).to_have_count(6)
        expect(table.get_by_role("row", name="Harrow East PCN")).to_contain_text("1,381 below 30,000")

    def when_they_download(self, name: str):
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=name).click()
        assert waiting.value.suggested_filename.endswith(".xlsx")
