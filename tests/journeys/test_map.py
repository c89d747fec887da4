"""The map of boards by keyboard, and as a screen reader says it: every box of the drawing is a named link."""

import re

from playwright.sync_api import expect

from governance.models import Body
from tests.journeys.base import Journey

DAY = "2019-06-18"
ENOUGH = 40


class TestTheMap(Journey):
    def test_it_is_read_by_keyboard_and_by_names(self):
        self.given_a_member_at_the_map()
        self.then_the_list_and_the_drawing_name_the_same_bodies()
        self.and_the_drawing_says_what_it_is()
        self.and_the_page_is_accessible()
        self.when_they_go_to_the_drawing_by_keyboard()
        self.and_step_through_its_boxes()
        self.when_they_open_the_box_where_they_are()
        self.then_they_are_at_the_page_of_its_body()
        self.and_the_page_is_accessible()
        self.and_the_console_is_empty()

    def given_a_member_at_the_map(self) -> None:
        self.sign_in("member@harrow.example")
        self.open(f"/governance/?as_at={DAY}")
        self.drawing = self.page.get_by_role("group", name="Map of boards and committees")

    def then_the_list_and_the_drawing_name_the_same_bodies(self) -> None:
        listed = [" ".join(name.split()) for name in self.page.locator(".portal-map__body").all_inner_texts()]
        boxes = self.drawing.get_by_role("link")
        assert len(listed) > 15
        expect(boxes).to_have_count(len(listed))
        for name in listed:
            expect(
                self.drawing.get_by_role("link", name=re.compile(f"^{re.escape(name)}"))
            ).not_to_have_count(0)

    def and_the_drawing_says_what_it_is(self) -> None:
        expect(self.drawing).to_have_accessible_name("Map of boards and committees, as at 18 June 2019")
        expect(self.drawing).to_have_accessible_description(re.compile("^The bodies of the list above"))

    def when_they_go_to_the_drawing_by_keyboard(self) -> None:
        self.page.get_by_role("link", name="The same, drawn").focus()
        self.page.keyboard.press("Enter")

    def focused(self) -> str:
        found: str = self.page.evaluate("document.activeElement.getAttribute('href') || ''")
        return found

    def and_step_through_its_boxes(self) -> None:
        """Each box has the focus once, in an order, and shows it."""
        count, seen = self.drawing.get_by_role("link").count(), []
        for _ in range(ENOUGH):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("document.activeElement.classList.contains('portal-drawn__link')"):
                seen.append(self.focused())
                if len(seen) == count:
                    break
        assert len(set(seen)) == count
        self.page.keyboard.press("Shift+Tab")
        self.page.keyboard.press("Tab")

    def when_they_open_the_box_where_they_are(self) -> None:
        self.slug = self.focused().strip("/").split("/")[-1]
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def then_they_are_at_the_page_of_its_body(self) -> None:
        name = Body.objects.get(slug=self.slug).name
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(name)
