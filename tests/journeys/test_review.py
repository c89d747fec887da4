"""An officer reviews Harrow East PCN again, line by line, with the keyboard where a form is filled in."""

from playwright.sync_api import expect

from tests.journeys.base import Journey


class TestReviewOfHarrowEast(Journey):
    def test_an_officer_reviews_and_recommends(self):
        self.given_harrow_east_is_taken_off_the_agenda()
        self.when_the_officer_opens_its_review()
        self.then_its_population_departs_and_the_regional_answer_is_not_held()
        self.when_they_answer_contiguity_from_a_source_that_they_name()
        self.then_the_review_names_that_source()
        self.and_the_page_is_accessible()
        self.when_they_record_that_the_region_agreed()
        self.then_the_departure_reads("Agreed")
        self.when_they_recommend_it_for_two_reasons()
        self.then_it_is_recommended_and_waits_for_an_agenda()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_harrow_east_is_taken_off_the_agenda(self) -> None:
        self.sign_in("secretary@harrow.example")
        self.open("/registrations/")
        self.press(self.page.get_by_role("link", name="Harrow East PCN").first)
        self.address_of_case = self.page.url.removeprefix(self.address)
        self.open(f"{self.address_of_case}take-off-agenda/")
        self.page.get_by_role("main").get_by_role("textbox").fill("A line is reviewed again.")
        self.press(self.page.get_by_role("main").get_by_role("button").last)

    def when_the_officer_opens_its_review(self) -> None:
        self.sign_in("officer@harrow.example")
        self.open(f"{self.address_of_case}review/")

    def then_its_population_departs_and_the_regional_answer_is_not_held(self) -> None:
        departure = self.page.get_by_role("region", name="Population")
        expect(departure).to_contain_text("28,619 is 1,381 below 30,000")
        expect(departure).to_contain_text("Regional answer not held")

    def when_they_answer_contiguity_from_a_source_that_they_name(self) -> None:
        self.page.get_by_role("link", name="Contiguity", exact=True).click()
        self.page.get_by_label("Another source, which I name").focus()
        self.page.keyboard.press("Space")
        self.page.get_by_label("Title").fill("Map of the network areas")
        self.page.keyboard.press("Enter")

    def then_the_review_names_that_source(self) -> None:
        expect(self.page.get_by_text("Saved: Contiguity, met.")).to_be_visible()
        expect(self.page.get_by_text("Map of the network areas (attested)")).to_be_visible()

    def when_they_record_that_the_region_agreed(self) -> None:
        self.page.get_by_role("link", name="Record the regional answer").click()
        self.page.get_by_label("Agreed").check()
        self.page.get_by_role("button", name="Record the answer").click()

    def then_the_departure_reads(self, word: str) -> None:
        expect(self.page.get_by_role("region", name="Population")).to_contain_text(word)

    def when_they_recommend_it_for_two_reasons(self) -> None:
        self.press(self.page.get_by_role("button", name="Change the recommendation"))
        while self.page.get_by_role("button", name="Remove reason 3").count():
            self.press(self.page.get_by_role("button", name="Remove reason 3"))
        self.page.get_by_role("textbox", name="Reason 2").fill("The practices work well together.")
        self.page.get_by_role("button", name="Recommend", exact=True).last.click()

    def then_it_is_recommended_and_waits_for_an_agenda(self) -> None:
        expect(self.page.get_by_role("main")).to_contain_text("The practices work well together.")
        expect(self.page.get_by_role("main")).to_contain_text("done by the primary care manager")
