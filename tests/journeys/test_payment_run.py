"""Money goes out: finance calculates, a second person approves, and a PCN's statement prints."""

import re

from playwright.sync_api import expect

from funding.models import PaymentRun
from pcnportal.people.models import User
from tests.journeys.base import Journey


class TestAPaymentRunIsCalculatedApprovedAndPrinted(Journey):
    def test_calculate_approve_print(self):
        self.given_finance_is_at_the_payment_runs()
        self.and_the_page_is_accessible()
        self.when_they_calculate_a_run()
        self.then_it_reads("Waiting for approval")
        self.and_it_says_what_is_held()
        self.and_the_page_is_accessible()
        self.and_they_cannot_approve_it()
        self.when_a_second_person_approves_it()
        self.then_it_reads("Approved")
        self.and_nothing_is_left_to_do()
        self.and_the_page_is_accessible()
        self.when_they_open_the_statement_of("GP Direct PCN")
        self.then_it_shows("£51,609.00", "34,406", "£1.50")
        self.and_the_page_is_accessible()
        self.and_it_prints_on_a4_without_navigation()
        self.and_the_console_is_empty()

    def given_finance_is_at_the_payment_runs(self) -> None:
        self.sign_in("finance@harrow.example")
        self.open("/funding/runs/")
        expect(self.page.get_by_role("main")).to_contain_text("No payment run has been calculated yet.")

    def when_they_calculate_a_run(self) -> None:
        self.page.get_by_role("button", name="Calculate a payment run").click()
        expect(self.page.get_by_label("Year", exact=True).first).to_have_value(re.compile(r"\d+"))
        self.page.get_by_label("Day").fill("31")
        self.press(self.page.get_by_role("button", name="Calculate", exact=True))

    def then_it_reads(self, word: str) -> None:
        expect(self.page.locator("main .nhsuk-tag").first).to_have_text(word)

    def and_it_says_what_is_held(self) -> None:
        held = self.page.get_by_role("row").filter(has_text="Core PCN funding").filter(has_text="not live")
        expect(held.first).to_contain_text("The whole period is due when the PCN goes live.")

    def and_they_cannot_approve_it(self) -> None:
        expect(self.page.get_by_role("main")).to_contain_text("a second person in finance does that")
        expect(self.page.get_by_role("button", name="Approve")).to_have_count(0)

    def when_a_second_person_approves_it(self) -> None:
        self.address_of_run = self.page.url.removeprefix(self.address)
        self.sign_in("approver@harrow.example")
        self.open(self.address_of_run)
        self.page.get_by_role("button", name="Approve").click()
        self.press(self.page.get_by_role("button", name="Approve"))

    def and_nothing_is_left_to_do(self) -> None:
        expect(self.page.get_by_role("button", name="Approve")).to_have_count(0)
        run = PaymentRun.objects.get()
        assert (run.status, run.approved_by) == (
            "approved",
            User.objects.get(email="approver@harrow.example"),
        )

    def when_they_open_the_statement_of(self, pcn: str) -> None:
        self.page.get_by_role("link", name=pcn).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"Statement of {pcn}")

    def then_it_shows(self, *figures: str) -> None:
        row = self.page.get_by_role("row").filter(has_text="Core PCN funding")
        for figure in figures:
            expect(row.first).to_contain_text(figure)

    def and_it_prints_on_a4_without_navigation(self) -> None:
        self.page.emulate_media(media="print")
        expect(self.page.get_by_role("navigation").first).to_be_hidden()
        self.page.set_viewport_size({"width": 700, "height": 1000})
        width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert self.page.evaluate(width), "the statement is wider than the paper"
        assert self.page.pdf(format="A4").startswith(b"%PDF")
        self.page.emulate_media(media="screen")
