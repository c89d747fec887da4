"""My work as a person reads it: the tasks under a heading, what comes next, the figures."""

import re
from html import unescape
from typing import Any

from pcnportal.people.models import User
from tests.reading import signed_in
from tests.registry.pages.reading import main


def home(user: User) -> Any:
    return signed_in(user).get("/")


def section(response: Any, heading: str) -> str:
    """The markup below a heading, up to the next one of its rank."""
    parts = re.split(r"<h2[^>]*>", main(response))
    return next((part for part in parts if unescape(part).strip().startswith(heading)), "")


def tasks(response: Any, heading: str = "Waiting for you") -> dict[str, str]:
    """Sentence and address of each task under the heading, in its order."""
    found = re.findall(r'portal-task__text"><a href="([^"]*)">(.*?)</a>', section(response, heading))
    return {unescape(text): unescape(href) for href, text in found}


def text(response: Any, heading: str) -> str:
    """What stands under a heading, in one line."""
    shown = re.sub(r"<[^>]+>", " ", section(response, heading).partition("</h2>")[2])
    return re.sub(r" ([.,;:])", r"\1", " ".join(unescape(shown).split()))
