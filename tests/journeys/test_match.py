"""A PCN that registered before ODS knew it is matched to its code."""

from playwright.sync_api import expect

from tests.journeys.base import Journey
from tests.registry.imports.importing import december


class TestAPCNIsMatchedToItsCode(Journey):
    def test_match_a_pcn_to_its_code(self):
        self.given_a_file_that_names_harrows_pcns_was_imported()
        self.when_the_officer_opens_what_waits_for("Sphere PCN")
        self.then_both_lists_of_members_stand_side_by_side()
        self.and_the_page_is_accessible()
        self.when_they_confirm_it("The postcode is theirs too.")
        self.then_the_match_is_confirmed()
        self.and_the_page_is_accessible()
        self.and_the_pcn_has_its_code_from_october_2019_on("Sphere PCN", "U89806")
        self.when_the_officer_opens_what_waits_for("Harrow East PCN")
        self.when_they_reject_it("It is another one.")
        self.then_the_files_pcn_has_a_page_of_its_own("u51050", "HARROW EAST PCN")
        self.and_the_console_is_empty()

    def given_a_file_that_names_harrows_pcns_was_imported(self) -> None:
        december(codes=("08E",))
        self.sign_in("officer@harrow.example")

    def when_the_officer_opens_what_waits_for(self, pcn: str) -> None:
        self.open("/imports/")
        self.page.get_by_role("link", name="PCNs to match").click()
        self.page.get_by_role("link", name=pcn, exact=True).click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(f"Is {pcn} U")

    def then_both_lists_of_members_stand_side_by_side(self) -> None:
        main = self.page.get_by_role("main")
        for heading in ("In both (5)", "Held here only (0)", "In the file only (1)"):
            expect(main.get_by_role("heading", name=heading)).to_be_visible()
        expect(main.get_by_role("link", name="GP Direct")).to_be_visible()

    def when_they_confirm_it(self, note: str) -> None:
        self.page.get_by_role("button", name="Confirm: they are the same").click()
        self.page.get_by_label("Anything to note").fill(note)
        self.press(self.page.get_by_role("button", name="Confirm the match"))

    def then_the_match_is_confirmed(self) -> None:
        expect(self.page.locator("main .nhsuk-tag").first).to_have_text("Confirmed")
        expect(self.page.get_by_role("main")).to_contain_text("The postcode is theirs too.")

    def and_the_pcn_has_its_code_from_october_2019_on(self, pcn: str, code: str) -> None:
        self.open("/pcns/sphere-pcn/?as_at=2019-10-01")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(pcn)
        expect(self.page.get_by_role("main")).to_contain_text(code)

    def when_they_reject_it(self, reason: str) -> None:
        self.page.get_by_role("button", name="Reject: they are two PCNs").click()
        self.page.get_by_label("Why are they two?").fill(reason)
        self.press(self.page.get_by_role("button", name="Reject the match"))

    def then_the_files_pcn_has_a_page_of_its_own(self, slug: str, name: str) -> None:
        self.open(f"/pcns/{slug}/?as_at=2019-12-31")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)
