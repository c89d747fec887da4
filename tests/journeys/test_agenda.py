"""The secretary prepares the committee's agenda: items are added, dragged, moved by keyboard, published."""

import io
import re

from playwright.sync_api import Locator, expect
from pypdf import PdfReader

from governance.models import Meeting
from tests.governance.agenda.making import pdf
from tests.journeys.base import Journey


class TestAgenda(Journey):
    def test_the_secretary_prepares_and_publishes_an_agenda(self):
        self.page.set_viewport_size({"width": 1280, "height": 2400})
        self.given_the_secretary_at_the_agenda_of_the_committee()
        self.and_the_page_is_accessible()
        self.when_they_add("Declarations of interest", minutes="5")
        self.and_drag_it_to_the_top("Declarations of interest")
        self.then_a_screen_reader_hears("Declarations of interest is now item 1 of")
        self.and_it_is_item(1, "Declarations of interest")
        self.when_they_move_it_down_by_keyboard("Declarations of interest")
        self.then_it_is_item(2, "Declarations of interest")
        self.when_they_add_a_paper_to("Declarations of interest", "Register of interests")
        self.and_the_page_is_accessible()
        self.and_publish_the_agenda()
        self.then_the_pack_holds("Page of the register")
        self.and_nothing_is_dragged_any_more()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def test_an_agenda_is_ordered_on_a_phone_without_a_mouse(self):
        self.page.set_viewport_size({"width": 375, "height": 740})
        self.given_the_secretary_at_the_agenda_of_the_committee()
        first = self.titles()[0]
        self.when_they_move_it_down_by_keyboard(first)
        self.then_it_is_item(2, first)
        self.and_nothing_runs_out_of_the_page()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_the_secretary_at_the_agenda_of_the_committee(self) -> None:
        self.meeting = Meeting.objects.filter(body__name__startswith="Primary Care Comm").order_by("pk")[0]
        self.sign_in("secretary@harrow.example")
        self.open(f"/governance/meetings/{self.meeting.pk}/")
        self.page.get_by_role("link", name="Agenda with its papers").click()

    def item(self, title: str) -> Locator:
        return self.page.locator("#agenda-items > li").filter(
            has=self.page.get_by_role("heading", name=title)
        )

    def titles(self) -> list[str]:
        headings = self.page.locator("#agenda-items h2").all_text_contents()
        return [re.sub(r"^\S+ ", "", " ".join(heading.split())) for heading in headings]

    def when_they_add(self, title: str, minutes: str) -> None:
        self.page.get_by_role("button", name="Add an item").click()
        self.page.get_by_label("Item", exact=True).fill(title)
        self.page.get_by_label("Minutes").fill(minutes)
        self.and_the_page_is_accessible()
        self.page.get_by_role("button", name="Add the item").click()

    def and_drag_it_to_the_top(self, title: str) -> None:
        handle = self.item(title).locator("[data-handle]")
        handle.scroll_into_view_if_needed()
        start, top = handle.bounding_box(), self.page.locator("#agenda-items > li").first.bounding_box()
        assert start
        assert top
        mouse = self.page.mouse
        mouse.move(start["x"] + 10, start["y"] + 10)
        mouse.down()
        mouse.move(start["x"] + 12, start["y"] - 10, steps=4)
        mouse.move(top["x"] + 30, top["y"] + 8, steps=20)
        mouse.move(top["x"] + 30, top["y"] + 5, steps=3)
        mouse.up()

    def then_a_screen_reader_hears(self, words: str) -> None:
        expect(self.page.get_by_role("status").filter(has_text=words)).to_be_attached()

    def and_it_is_item(self, place: int, title: str) -> None:
        expect(self.page.locator("#agenda-items h2").nth(place - 1)).to_have_text(
            re.compile(rf"^{place}\. {title}$")
        )

    then_it_is_item = and_it_is_item

    def when_they_move_it_down_by_keyboard(self, title: str) -> None:
        button = self.item(title).get_by_role("button", name="Move down")
        button.focus()
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def when_they_add_a_paper_to(self, title: str, paper: str) -> None:
        self.item(title).get_by_role("link", name="Add a paper").click()
        self.page.get_by_label("Paper", exact=True).fill(paper)
        file = {"name": "register.pdf", "mimeType": "application/pdf", "buffer": pdf("Page of the register")}
        self.page.get_by_label("File").set_input_files(file)  # type: ignore[arg-type]
        self.page.get_by_role("button", name="Add the paper").click()
        expect(self.item(title).get_by_role("link", name=f"Paper 1: {paper}")).to_be_visible()

    def and_publish_the_agenda(self) -> None:
        self.page.get_by_role("button", name="Publish the agenda").click()
        self.page.get_by_role("button", name="Publish the agenda").click()
        expect(self.page.get_by_text("Published", exact=True)).to_be_visible()

    def then_the_pack_holds(self, words: str) -> None:
        with self.page.expect_download() as coming:
            self.page.get_by_role("link", name="Download the pack (PDF)").click()
        pack = PdfReader(io.BytesIO(coming.value.path().read_bytes()))
        assert words in "".join(page.extract_text() for page in pack.pages)
        assert len(pack.page_labels) == len(pack.pages)

    def and_nothing_is_dragged_any_more(self) -> None:
        expect(self.page.locator("[data-handle]")).to_have_count(0)

    def and_nothing_runs_out_of_the_page(self) -> None:
        widths = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        content, window = self.page.evaluate(widths)
        assert content <= window
