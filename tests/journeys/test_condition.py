"""A condition is followed until it is met: evidence, a later date, and who may close it."""

from datetime import date

from playwright.sync_api import expect

from tests.journeys.base import Journey
from tests.journeys.told import case_of, decided

WANTED = "Say how the patients of Zain Medical Centre will be served."


class TestConditionFollowedUntilItIsMet(Journey):
    def test_evidence_a_later_date_and_who_may_close_it(self):
        self.given_harrow_collaborative_was_approved_on_a_condition_that_the_chair_discharges()
        self.when_the_officer_submits("An interim agreement of six months is signed.")
        self.then_the_condition_reads("Evidence submitted")
        self.and_the_page_is_accessible()
        self.when_the_secretary_extends_it_to("30", "9", "2019", because="The contracts have still to merge.")
        self.then_the_page_tells_of_both_dates("30 June 2019", "30 September 2019")
        self.when_the_manager_tries_to_judge_it()
        self.then_it_is_refused("Only the committee chair may discharge it.")
        self.and_the_page_is_accessible()
        self.when_the_chair_finds_it_met("The patients are served.")
        self.then_the_condition_reads("Met")
        self.and_nothing_is_left_to_do()
        self.and_its_history_names_all_three()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_harrow_collaborative_was_approved_on_a_condition_that_the_chair_discharges(self) -> None:
        case = decided(
            "harrow-collaborative-pcn",
            "approve",
            conditions=[
                {
                    "text": WANTED,
                    "reason": "It is not contiguous.",
                    "timing": "after",
                    "owner_organisation": case_of("harrow-collaborative-pcn").pcn.organisation,
                    "due_on": date(2019, 6, 30),
                    "evidence_wanted": "The solution",
                    "discharge_role": "chair",
                }
            ],
        )
        self.path = case.conditions.get().get_absolute_url()

    def when_the_officer_submits(self, text: str) -> None:
        self.sign_in("officer@harrow.example")
        self.open("/conditions/")
        self.page.get_by_role("row").filter(has_text="Zain").get_by_role("link").first.click()
        self.page.get_by_role("button", name="Submit evidence").click()
        self.page.get_by_label("What the evidence shows").fill(text)
        self.page.get_by_role("button", name="Submit the evidence").click()

    def then_the_condition_reads(self, word: str) -> None:
        expect(self.page).to_have_url(self.address + self.path)
        expect(self.page.locator("main .nhsuk-tag").first).to_have_text(word)

    def when_the_secretary_extends_it_to(self, day: str, month: str, year: str, because: str) -> None:
        self.sign_in("secretary@harrow.example")
        self.open(self.path)
        self.page.get_by_role("button", name="Extend the date").click()
        for part, value in (("Day", day), ("Month", month), ("Year", year)):
            self.page.get_by_label(part, exact=True).fill(value)
        self.page.get_by_label("Reason").fill(because)
        self.page.get_by_role("button", name="Save the new date").click()

    def then_the_page_tells_of_both_dates(self, old: str, new: str) -> None:
        for day in (old, new):
            expect(self.page.get_by_role("main")).to_contain_text(day)
        expect(self.page.get_by_role("main")).to_contain_text("The contracts have still to merge.")

    def when_the_manager_tries_to_judge_it(self) -> None:
        self.sign_in("manager@harrow.example")
        self.open(f"{self.path}judge/")

    def then_it_is_refused(self, sentence: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(sentence)
        expect(self.page.get_by_role("button", name="Save the judgement")).to_have_count(0)

    def when_the_chair_finds_it_met(self, why: str) -> None:
        self.sign_in("chair@harrow.example")
        self.open("/")
        self.page.get_by_role("link", name="Harrow Collaborative PCN").first.click()
        self.open(self.path)
        self.page.get_by_role("button", name="Judge the evidence").click()
        self.page.get_by_label("Met", exact=True).check()
        self.page.get_by_label("Why").fill(why)
        self.page.get_by_role("button", name="Save the judgement").click()

    def and_nothing_is_left_to_do(self) -> None:
        for name in ("Submit evidence", "Judge the evidence", "Extend the date"):
            expect(self.page.get_by_role("main").get_by_text(name, exact=True)).to_have_count(0)

    def and_its_history_names_all_three(self) -> None:
        for name in ("primary care officer", "committee secretary", "committee chair"):
            expect(self.page.get_by_role("main")).to_contain_text(f"Harrow {name}")
