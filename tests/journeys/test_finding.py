"""A finding is accepted with a reason; everybody who reads it sees by whom and why."""

from playwright.sync_api import expect

from pcnportal.findings.models import Finding
from tests.journeys.base import Journey

REASON = "The committee approved the network below the minimum on 20 May."


class TestFindingAcceptedWithAReason(Journey):
    def test_an_officer_accepts_a_doubt_and_an_auditor_reads_why(self):
        self.given_the_officer_looks_at_what_the_portal_doubts()
        self.and_the_page_is_accessible()
        self.when_they_open_the_finding_about("Harrow East PCN")
        self.then_it_says_what_was_stated_what_was_found_and_what_it_means()
        self.and_the_page_is_accessible()
        self.when_they_accept_it_without_a_reason()
        self.then_the_form_asks_for_one()
        self.and_the_page_is_accessible()
        self.when_they_give_the_reason(REASON)
        self.then_the_finding_reads("Accepted")
        self.and_the_page_is_accessible()
        self.and_the_list_shows_it_among_those_that_are("Accepted")
        self.then_an_auditor_reads_who_accepted_it_and_why()
        self.and_the_rules_are_told_with_their_sources()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_the_officer_looks_at_what_the_portal_doubts(self) -> None:
        self.sign_in("officer@harrow.example")
        self.press(self.page.get_by_role("link", name="Findings", exact=True))
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Findings")

    def when_they_open_the_finding_about(self, subject: str) -> None:
        self.page.get_by_label("Subject").fill(subject)
        self.press(self.page.get_by_role("button", name="Filter"))
        self.press(self.page.get_by_role("link", name=subject, exact=True))

    def then_it_says_what_was_stated_what_was_found_and_what_it_means(self) -> None:
        main = self.page.get_by_role("main")
        for text in ("30,000 to 50,000 patients", "28,619 patients", "1,381 below 30,000", "exception"):
            expect(main).to_contain_text(text)

    def when_they_accept_it_without_a_reason(self) -> None:
        self.press(self.page.get_by_role("button", name="Accept it with a reason"))
        self.press(self.page.get_by_role("button", name="Accept"))

    def then_the_form_asks_for_one(self) -> None:
        expect(self.page.get_by_role("alert")).to_contain_text("Fill in: Reason")

    def when_they_give_the_reason(self, reason: str) -> None:
        self.page.get_by_label("Reason").fill(reason)
        self.press(self.page.get_by_role("button", name="Accept"))

    def then_the_finding_reads(self, status: str) -> None:
        expect(self.page.locator("main .nhsuk-tag").first).to_have_text(status)
        expect(self.page.get_by_role("main")).to_contain_text(REASON)

    def and_the_list_shows_it_among_those_that_are(self, status: str) -> None:
        self.open("/findings/")
        self.page.get_by_label("Status").select_option(status)
        self.press(self.page.get_by_role("button", name="Filter"))
        expect(self.page.get_by_role("link", name="Harrow East PCN", exact=True)).to_be_visible()

    def then_an_auditor_reads_who_accepted_it_and_why(self) -> None:
        self.sign_in("auditor@harrow.example")
        found = Finding.objects.get(outcome=Finding.Outcome.ACCEPTED)
        self.open(found.get_absolute_url())
        history = self.page.locator(".portal-history")
        expect(history).to_contain_text("Harrow primary care officer")
        expect(history).to_contain_text(REASON)
        expect(self.page.get_by_role("button", name="Open it again")).to_have_count(0)

    def and_the_rules_are_told_with_their_sources(self) -> None:
        self.open("/findings/rules/")
        expect(self.page.get_by_role("main")).to_contain_text("NHS England, PCN FAQs, second iteration")
