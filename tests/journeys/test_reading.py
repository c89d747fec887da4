"""Who only reads: a committee member at a glance, and an officer of another commissioner."""

from playwright.sync_api import expect

from tests.journeys.base import Journey
from tests.journeys.told import case_of


class TestCommitteeMemberReadsTheStatus(Journey):
    def test_it_is_read_at_a_glance(self):
        self.given_a_committee_member()
        self.when_they_open_the_registrations()
        self.then_six_wait_for_the_committee_and_place_33_practices()
        self.and_the_two_that_do_not_meet_every_line_say_why()
        self.and_the_page_is_accessible()
        self.when_they_open("Harrow East PCN")
        self.then_it_says_how_it_stands_and_whom_it_waits_for()
        self.and_they_are_offered_nothing_to_record()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_a_committee_member(self) -> None:
        self.sign_in("member@harrow.example")

    def when_they_open_the_registrations(self) -> None:
        self.page.get_by_role("navigation").get_by_role("link", name="Registrations").click()

    def then_six_wait_for_the_committee_and_place_33_practices(self) -> None:
        main = self.page.get_by_role("main")
        expect(main.get_by_text("Before committee", exact=True).locator("visible=true")).to_have_count(6)
        total = main.get_by_role("row").filter(has_text="Total")
        expect(total).to_contain_text("33")
        expect(total).to_contain_text("269,801")

    def and_the_two_that_do_not_meet_every_line_say_why(self) -> None:
        rows = self.page.get_by_role("main").get_by_role("row")
        expect(rows.filter(has_text="Harrow East PCN")).to_contain_text("1,381 below 30,000")
        expect(rows.filter(has_text="Harrow Collaborative PCN")).to_contain_text("Contiguity")

    def when_they_open(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def then_it_says_how_it_stands_and_whom_it_waits_for(self) -> None:
        main = self.page.get_by_role("main")
        expect(main).to_contain_text(
            "Recommended for approval; before the Primary Care Commissioning Committee"
        )
        expect(main).to_contain_text("primary care manager or committee secretary")

    def and_they_are_offered_nothing_to_record(self) -> None:
        main = self.page.get_by_role("main")
        expect(main.get_by_role("button")).to_have_count(0)
        expect(main.get_by_role("link", name="Record")).to_have_count(0)


class TestAnotherCommissioner(Journey):
    def test_harrows_registration_is_not_there(self):
        self.given_an_officer_of_havering()
        self.when_they_open_the_address_of_a_registration_of_harrows()
        self.then_the_page_says_that_there_is_none_and_offers_the_search()
        self.and_the_page_is_accessible()
        self.when_they_search_for("Harrow East")
        self.then_they_find_the_pcn_in_the_register_without_its_registration()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty(but_for="404")

    def given_an_officer_of_havering(self) -> None:
        self.sign_in("officer@havering.example")

    def when_they_open_the_address_of_a_registration_of_harrows(self) -> None:
        self.path = case_of("harrow-east-pcn").get_absolute_url()
        answer = self.page.goto(self.address + self.path)
        assert answer
        assert answer.status == 404

    def then_the_page_says_that_there_is_none_and_offers_the_search(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Page not found")
        expect(self.page.get_by_role("main")).not_to_contain_text("Harrow East")

    def when_they_search_for(self, text: str) -> None:
        box = self.page.get_by_role("main").get_by_role("searchbox")
        box.fill(text)
        box.press("Enter")

    def then_they_find_the_pcn_in_the_register_without_its_registration(self) -> None:
        self.page.get_by_role("main").get_by_role("link", name="Harrow East PCN").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Harrow East PCN")
        expect(self.page.get_by_role("main")).to_contain_text("28,619")
        expect(self.page.locator("main a[href^='/registrations/']")).to_have_count(0)
