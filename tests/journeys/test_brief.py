"""A member reads what tonight's items ask of them, on a phone and on a tablet, and takes the pack along."""

from typing import Any

from playwright.sync_api import expect

from governance.workflow.papers import add_paper
from tests.journeys.committee import OfTheCommittee, todays
from tests.journeys.told import user

FINGER = 24  # CSS pixels: WCAG 2.2, target size (minimum)


class TestTenMinutes(OfTheCommittee):
    def test_a_member_reads_it_on_a_phone_and_on_a_tablet(self):
        self.given_a_member_with_a_screen_of(375)
        self.when_they_open_it_from_my_work()
        self.then_each_item_says_what_is_asked_recommended_and_follows_from_no()
        self.and_it_says_what_fails_and_why()
        for width in (375, 820):
            self.when_the_screen_is(width)
            self.then_nothing_runs_out_of_the_page()
            self.and_what_is_tapped_is_large_enough()
            self.and_the_page_is_accessible()
        self.when_they_take_the_pack_along()
        self.when_they_tap_the_paper()
        self.then_the_page_says("The networks in one page.")
        self.and_the_console_is_empty()

    def given_a_member_with_a_screen_of(self, width: int) -> None:
        meeting = todays()
        cover: dict[str, Any] = {"title": "The networks", "cover": "The networks in one page."}
        add_paper(self.item("Sphere PCN"), by=user("secretary"), seen=meeting.version, **cover)
        self.page.set_viewport_size({"width": width, "height": 740})
        self.sign_in("member@harrow.example")

    def when_they_open_it_from_my_work(self) -> None:
        self.follow("Read in ten minutes")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Read in ten minutes")

    def then_each_item_says_what_is_asked_recommended_and_follows_from_no(self) -> None:
        for item in self.page.locator(".portal-brief > li").all():
            for key in ("What is asked", "Recommended", "What fails, and why", "If you say no"):
                expect(item.locator("dt").get_by_text(key, exact=True)).to_be_visible()

    def and_it_says_what_fails_and_why(self) -> None:
        item = self.page.locator(".portal-brief > li").filter(has_text="Harrow East PCN")
        expect(item).to_contain_text("28,619 is 1,381 below 30,000")

    def when_the_screen_is(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 1100})

    def then_nothing_runs_out_of_the_page(self) -> None:
        widths = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        content, window = self.page.evaluate(widths)
        assert content <= window

    def and_what_is_tapped_is_large_enough(self) -> None:
        for link in self.page.locator(".portal-brief h2 a, .portal-brief__papers a").all():
            box = link.bounding_box()
            assert box
            assert box["height"] >= FINGER

    def when_they_take_the_pack_along(self) -> None:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name="Take the pack with you (PDF)", exact=True).click()
        assert coming.value.path().read_bytes().startswith(b"%PDF")

    def when_they_tap_the_paper(self) -> None:
        self.follow("Paper 1: The networks")
