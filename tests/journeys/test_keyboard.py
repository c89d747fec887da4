"""Everything by keyboard: signing in, finding the work, and recording a decision, without a mouse."""

from playwright.sync_api import Locator, expect

from tests.journeys.base import PASSWORD, Journey

ENOUGH = 120
SHOWS_ITS_FOCUS = """element => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" || style.boxShadow !== "none";
}"""


class TestKeyboardAlone(Journey):
    def test_the_secretary_records_a_decision_without_a_mouse(self):
        self.given_the_sign_in_page()
        self.when_they_sign_in()
        self.then_the_first_stop_of_a_page_skips_to_its_content()
        self.when_they_go_to_what_waits_for_them()
        self.and_choose_to_record_what_was_decided_about("GP Direct PCN")
        self.and_record_approval()
        self.then_the_registration_reads("Approved")
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def tab_to(self, target: Locator) -> None:
        """Press Tab until the target has the focus; it has to show that it has."""
        for _ in range(ENOUGH):
            self.page.keyboard.press("Tab")
            if target.evaluate("element => element === document.activeElement"):
                assert target.evaluate(SHOWS_ITS_FOCUS), "The focus can't be seen."
                return
        raise AssertionError(f"{target} is not reached by Tab.")

    def follow(self, target: Locator) -> None:
        self.tab_to(target)
        self.page.keyboard.press("Enter")

    def type_into(self, target: Locator, text: str) -> None:
        self.tab_to(target)
        self.page.keyboard.type(text)

    def choose(self, first: Locator, wanted: Locator) -> None:
        """A choice: Tab leads to its first option, the arrows to the others."""
        self.tab_to(first)
        self.page.keyboard.press("Space")
        while not wanted.is_checked():
            self.page.keyboard.press("ArrowDown")

    def given_the_sign_in_page(self) -> None:
        self.open("/")

    def when_they_sign_in(self) -> None:
        self.type_into(self.page.locator("input[name=username]"), "secretary@harrow.example")
        self.type_into(self.page.locator("input[name=password]"), PASSWORD)
        self.page.keyboard.press("Enter")
        expect(self.page).to_have_title("My work – PCN portal")

    def then_the_first_stop_of_a_page_skips_to_its_content(self) -> None:
        self.follow(self.page.get_by_role("link", name="Skip to main content"))
        expect(self.page.locator("main")).to_be_focused()

    def when_they_go_to_what_waits_for_them(self) -> None:
        self.follow(self.page.get_by_role("link", name="6 registrations to decide"))

    def and_choose_to_record_what_was_decided_about(self, pcn: str) -> None:
        self.follow(self.page.get_by_role("link", name=f"Record what was decided about {pcn}"))
        choices = self.page.get_by_role("radio")
        self.choose(choices.first, self.page.get_by_label("Approved", exact=True))
        self.follow(self.page.get_by_role("button", name="Continue"))

    def and_record_approval(self) -> None:
        how = self.page.get_by_label("How you know that the body could decide")
        self.type_into(how, "The minutes record that the committee was quorate.")
        sources = self.page.get_by_role("group", name="Where you read it").get_by_role("radio")
        self.choose(sources.first, sources.first)
        self.follow(self.page.get_by_role("button", name="Continue"))
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Check your answers")
        self.follow(self.page.get_by_role("button", name="Record the decision"))

    def then_the_registration_reads(self, words: str) -> None:
        expect(self.page.locator("main .nhsuk-tag").get_by_text(words, exact=True).first).to_be_visible()
