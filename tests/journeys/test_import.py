"""A published file comes in: uploaded, read, applied, and taken back."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from pcnportal.people.models import Organisation
from tests.journeys.base import Journey
from tests.registry.imports.files import epcn

NAME = "ePCN_2019-12-04.xlsx"


class TestAFileIsImportedAndTakenBack(Journey):
    @pytest.fixture(autouse=True)
    def _file(self, tmp_path: Path, settings: Any) -> None:
        settings.MEDIA_ROOT = tmp_path / "kept"
        self.file = tmp_path / NAME
        self.file.write_bytes(epcn("2019"))

    def test_upload_preview_apply_undo(self):
        self.given_the_administrator_is_at_the_imports()
        self.when_they_upload_another_file_by_mistake()
        self.then_it_is_refused_with_a_sentence()
        self.and_the_page_is_accessible()
        self.when_they_upload_the_file_for("08E 08F")
        self.then_the_page_says_what_it_would_change()
        self.and_the_page_is_accessible()
        self.when_they_look_at("Kept beside")
        self.then_the_lines_say("GP DIRECT", "SPHERE PCN")
        self.when_they_apply_it()
        self.then_it_reads("Applied")
        self.and_five_of_harrows_pcns_have_their_codes()
        self.and_the_page_is_accessible()
        self.when_they_undo_it_because("It is too early.")
        self.then_it_reads("Undone")
        self.and_no_code_is_held()
        self.and_the_list_shows_it_as("Undone")
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_the_administrator_is_at_the_imports(self) -> None:
        self.sign_in("admin@harrow.example")
        self.page.get_by_role("link", name="Imports").first.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Imports")
        self.page.get_by_role("button", name="Import a file").click()

    def when_they_upload_another_file_by_mistake(self) -> None:
        self.page.get_by_label("Practices (epraccur)").check()
        self.page.get_by_label("File", exact=True).set_input_files(self.file)
        self.press(self.page.get_by_role("button", name="Read the file"))

    def then_it_is_refused_with_a_sentence(self) -> None:
        expect(self.page.get_by_role("alert")).to_contain_text("There is a problem")
        expect(self.page.get_by_label("Practices (epraccur)")).to_be_checked()

    def when_they_upload_the_file_for(self, codes: str) -> None:
        self.page.get_by_label("PCNs and their members (ePCN)").check()
        self.page.get_by_label("Only these commissioners").fill(codes)
        self.page.get_by_label("Give PCNs without a code").check()
        self.page.get_by_label("File", exact=True).set_input_files(self.file)
        self.press(self.page.get_by_role("button", name="Read the file"))

    def then_the_page_says_what_it_would_change(self) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(NAME)
        expect(self.page.get_by_role("main")).to_contain_text("Nothing is written yet.")
        expect(self.page.get_by_role("main")).to_contain_text("4 December 2019")
        self.and_no_code_is_held()

    def when_they_look_at(self, kind: str) -> None:
        self.press(self.page.get_by_role("link", name=kind))

    def then_the_lines_say(self, practice: str, pcn: str) -> None:
        line = self.page.get_by_role("row").filter(has_text=practice).filter(has_text=pcn)
        expect(line).to_have_count(1)

    def when_they_apply_it(self) -> None:
        self.press(self.page.get_by_role("button", name="Apply to the register"))

    def then_it_reads(self, word: str) -> None:
        expect(self.page.locator("main .nhsuk-tag").first).to_have_text(word)

    def and_five_of_harrows_pcns_have_their_codes(self) -> None:
        given = self.held()
        assert {"U60450", "U89806", "U10339", "U51050", "U84846"} <= given

    def when_they_undo_it_because(self, reason: str) -> None:
        self.page.get_by_role("link", name="Undo this import").click()
        self.page.get_by_label("Reason").fill(reason)
        self.press(self.page.get_by_role("button", name="Undo the import"))

    def and_no_code_is_held(self) -> None:
        assert not {code for code in self.held() if code.startswith("U")}

    @staticmethod
    def held() -> set[str]:
        pcns = Organisation.objects.filter(kind="pcn", code__isnull=False)
        return {code for code in pcns.values_list("code", flat=True) if code}

    def and_the_list_shows_it_as(self, word: str) -> None:
        self.open("/imports/")
        expect(self.page.get_by_role("row").filter(has_text=NAME)).to_contain_text(word)
