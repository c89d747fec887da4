"""The committee approves Harrow Collaborative PCN on a condition, recorded by its secretary."""

from playwright.sync_api import expect

from tests.journeys.base import Journey

WANTED = "Say how the patients of Zain Medical Centre will have the network's and community services."
QUORUM = "The minutes record that the committee was quorate."


class TestCommitteeApprovesOnACondition(Journey):
    def test_the_secretary_records_approval_with_zains_condition(self):
        self.given_the_secretary_on_the_morning_of_the_committee()
        self.when_they_go_from_my_work_to_the_agenda_item_of("Harrow Collaborative PCN")
        self.and_say_that_it_was("Approved")
        self.and_set_a_condition(WANTED)
        self.and_add_a_second_condition_and_remove_it_again()
        self.and_the_page_is_accessible()
        self.and_attest_the_quorum(QUORUM)
        self.then_they_check_their_answers()
        self.and_the_page_is_accessible()
        self.when_they_record_it()
        self.then_the_registration_reads("Approved with conditions")
        self.and_the_page_is_accessible()
        self.and_the_condition_is_on_the_conditions_page()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_the_secretary_on_the_morning_of_the_committee(self) -> None:
        self.sign_in("secretary@harrow.example")
        expect(self.page.get_by_text("It plays Monday 20 May 2019")).to_be_visible()

    def when_they_go_from_my_work_to_the_agenda_item_of(self, pcn: str) -> None:
        self.page.get_by_role("link", name="6 registrations to decide").click()
        self.page.get_by_role("link", name=f"Record what was decided about {pcn}").click()

    def and_say_that_it_was(self, outcome: str) -> None:
        self.page.get_by_label(outcome, exact=True).check()
        self.page.get_by_role("button", name="Continue").click()

    def and_set_a_condition(self, text: str) -> None:
        self.page.get_by_role("button", name="Add a condition").click()
        card = self.page.get_by_role("group", name="Condition 1")
        card.get_by_label("What is asked, in the body’s own words").fill(text)
        card.get_by_label("Reason for this condition").fill("Zain Medical Centre is not contiguous.")
        card.get_by_label("After go-live").check()
        card.get_by_label("Who has to meet it").fill("Harrow Collaborative PCN")
        card.get_by_label("Or the event that makes it due").fill("When a solution is in place")
        card.get_by_label("Evidence wanted").fill("The solution, in writing")
        card.get_by_label("Primary Care Commissioning Committee").check()

    def and_add_a_second_condition_and_remove_it_again(self) -> None:
        self.page.get_by_role("button", name="Add a condition").click()
        self.page.get_by_role("button", name="Remove condition 2").click()
        card = self.page.get_by_role("group", name="Condition 1")
        expect(card.get_by_label("What is asked, in the body’s own words")).to_have_value(WANTED)
        expect(self.page.get_by_role("group", name="Condition 2")).to_have_count(0)

    def and_attest_the_quorum(self, how: str) -> None:
        self.page.get_by_label("How you know that the body could decide").fill(how)
        self.page.get_by_label("Harrow board report on Primary Care Networks").check()
        self.page.get_by_role("button", name="Continue").click()

    def then_they_check_their_answers(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
        for said in (WANTED, QUORUM, "Approved with conditions"):
            expect(self.page.get_by_role("main")).to_contain_text(said)

    def when_they_record_it(self) -> None:
        self.page.get_by_role("button", name="Record the decision").click()

    def then_the_registration_reads(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Harrow Collaborative PCN")
        expect(self.page.get_by_role("main").locator(".nhsuk-tag").get_by_text(words).first).to_be_visible()

    def and_the_condition_is_on_the_conditions_page(self) -> None:
        self.page.get_by_role("navigation").get_by_role("link", name="Conditions", exact=True).click()
        row = self.page.get_by_role("row").filter(has_text="Harrow Collaborative PCN")
        expect(row).to_contain_text("Say how the patients of Zain Medical Centre")
        expect(row).to_contain_text("Open")
