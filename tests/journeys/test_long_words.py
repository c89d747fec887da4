"""Whatever somebody typed without a space, a page keeps it within its width."""

import pytest
from django.apps import apps
from django.db.models import CharField, TextField

from governance.models import Meeting
from tests.journeys.base import Journey
from tests.journeys.told import case_of, decided

WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 6
TYPED = {"name", "title", "text", "words", "reason", "reasons", "note", "place", "purpose", "office",
         "publisher", "reference", "requirement", "answer", "short_name", "due_event", "working",
         "evidence_wanted", "quorum_note"}  # fmt: skip


def lengthen() -> None:
    """Every text that people type is one word of up to 300 letters."""
    for app in ("people", "history", "governance", "registry"):
        for model in apps.get_app_config(app).get_models():
            for field in model._meta.concrete_fields:
                plain = isinstance(field, CharField | TextField) and not field.choices and not field.unique
                if plain and field.name in TYPED and model.__name__ != "Event":
                    word = WORD[: min(300, field.max_length or 300)]
                    model._default_manager.exclude(**{field.name: ""}).update(**{field.name: word})


class TestLongWords(Journey):
    @pytest.mark.parametrize("width", [1280, 375])
    def test_no_page_is_wider_than_the_screen(self, width):
        self.page.set_viewport_size({"width": width, "height": 900})
        pages = self.given_long_words_everywhere()
        assert [wide for path in pages if (wide := self.too_wide(path))] == []
        self.and_the_console_is_empty()

    def given_long_words_everywhere(self) -> list[str]:
        condition = {
            "text": "Say how.", "reason": "Unsaid.", "timing": "after", "due_event": "Before it goes live",
            "owner_organisation": case_of("harrow-collaborative-pcn").pcn.organisation,
            "evidence_wanted": "The solution", "discharge_role": "chair",
        }  # fmt: skip
        case = decided("harrow-collaborative-pcn", "approve", conditions=[condition])
        own, meeting = case.get_absolute_url(), Meeting.objects.get(held_on=case.decisions.get().decided_on)
        self.sign_in("manager@harrow.example")
        lengthen()
        return [
            "/", "/registrations/", own, f"{own}review/", f"{own}review/contiguity/", f"{own}versions/",
            f"{own}documents/add/", "/practices/", "/practices/E84058/", "/pcns/", "/pcns/gp-direct-pcn/",
            "/conditions/", case.conditions.get().get_absolute_url(), "/decisions/",
            "/registrations/report/", "/history/", "/search/?q=Llanfair", "/governance/",
            "/governance/meetings/", meeting.get_absolute_url(), f"{meeting.get_absolute_url()}attendance/",
        ]  # fmt: skip

    def too_wide(self, path: str) -> str:
        self.open(path)
        content = self.page.evaluate("() => document.documentElement.scrollWidth")
        window = self.page.evaluate("() => document.documentElement.clientWidth")
        return f"{path}: {content} > {window}" if content > window else ""
