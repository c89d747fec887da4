"""The review of Harrow East PCN from its form to the recommendation, one line at a time."""

from typing import Any

from playwright.sync_api import expect

from registry.workflow import move
from tests.journeys.base import Journey
from tests.journeys.told import case_of, user

WHY = "The practices are one community, and the merger of two networks would divide it."


class TestHarrowEastFromItsForm(Journey):
    def test_an_officer_takes_it_from_the_form_to_the_recommendation(self):
        self.given_harrow_east_withdrew_its_registration()
        self.when_the_officer_starts_a_new_one()
        self.and_fills_in_its_form()
        self.and_the_page_is_accessible()
        self.and_records_it_as_received()
        self.then_it_reads("Received")
        self.when_they_open_its_review()
        self.and_the_page_is_accessible()
        self.and_answer_every_open_line()
        self.then_the_population_alone_departs()
        self.when_they_give_the_reason_and_record_that_it_was_sent()
        self.and_recommend_approval()
        self.then_it_waits_for_an_agenda()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    @property
    def main(self) -> Any:
        return self.page.get_by_role("main")

    def given_harrow_east_withdrew_its_registration(self) -> None:
        case = case_of("harrow-east-pcn")
        move(case, "withdraw", by=user("officer"), seen=case.version, reason="The form was of another year.")

    def when_the_officer_starts_a_new_one(self) -> None:
        self.sign_in("officer@harrow.example")
        self.open("/registrations/")
        self.main.get_by_role("button", name="Start a registration").click()
        self.main.get_by_label("A PCN that is in the register").check()
        self.main.get_by_label("Its name or ODS code").fill("Harrow East PCN")
        self.main.get_by_role("button", name="Start the registration").click()

    def dated(self, group: str, day: str, month: str, year: str) -> None:
        for part, value in (("Day", day), ("Month", month), ("Year", year)):
            self.page.get_by_role("group", name=group, exact=True).get_by_label(part).fill(value)

    def and_fills_in_its_form(self) -> None:
        self.dated("Received", "15", "5", "2019")
        self.main.get_by_label("List size that the form states").fill("28,619")
        self.dated("Date of that list size", "1", "1", "2019")
        self.main.get_by_label("Add many practices at once").fill("E84039, E84075\nE84014")
        self.main.get_by_label("Name", exact=True).fill("Dr Meena Thakur")
        self.main.get_by_label("Practice, by ODS code or name").fill("E84039")
        self.main.get_by_role("button", name="Save and check").click()
        expect(self.main).to_contain_text("Mollison Way Surgery")

    def and_records_it_as_received(self) -> None:
        self.main.get_by_role("button", name="Save and record as received").click()
        self.main.get_by_role("button", name="Record the form as received").click()

    def then_it_reads(self, word: str) -> None:
        expect(self.main.locator(".nhsuk-tag").first).to_have_text(word)

    def when_they_open_its_review(self) -> None:
        self.press(self.main.get_by_role("button", name="Open the review").first)
        self.press(self.main.get_by_role("button", name="Open the review").last)
        self.open(f"{case_of('harrow-east-pcn').get_absolute_url()}review/")

    def and_answer_every_open_line(self) -> None:
        self.press(self.main.get_by_role("button", name="Answer the next open line"))
        answered = 0
        while self.page.get_by_role("button", name="Save and next line").count():
            self.main.get_by_label("Met", exact=True).check()
            self.main.get_by_label("Harrow board report").first.check()
            self.main.get_by_label("Note").fill("The report says so.")
            self.press(self.main.get_by_role("button", name="Save and next line"))
            answered += 1
        assert answered > 5

    def then_the_population_alone_departs(self) -> None:
        expect(self.main).to_contain_text("28,619 is 1,381 below 30,000")
        assert case_of("harrow-east-pcn").lines.filter(answer="not_met").count() == 0

    def when_they_give_the_reason_and_record_that_it_was_sent(self) -> None:
        self.main.get_by_role("button", name="Give the reason for the departure").first.click()
        self.main.get_by_label("Reason").fill(WHY)
        self.main.get_by_role("button", name="Save the reason").click()
        self.main.get_by_role("button", name="Record that the departure was sent").first.click()
        self.main.get_by_label("On a day that is held").check()
        self.dated("Day", "17", "5", "2019")
        self.main.get_by_role("button", name="Record that it was sent").click()
        expect(self.main).to_contain_text("Regional answer not held")

    def and_recommend_approval(self) -> None:
        self.main.get_by_role("button", name="Recommend to the committee").first.click()
        self.main.get_by_label("Approve", exact=True).check()
        self.main.get_by_role("textbox", name="Reason 1").fill("The practices work well together.")
        self.main.get_by_role("button", name="Recommend", exact=True).last.click()

    def then_it_waits_for_an_agenda(self) -> None:
        expect(self.main).to_contain_text("done by the primary care manager or the committee secretary")
