"""A page as a person reads it."""

import re
from html import unescape
from typing import Any


def main(response: Any) -> str:
    """The markup of the page's main part."""
    return str(response.content.decode().split("<main", 1)[1].split("</main>")[0])


def words(response: Any) -> str:
    """The text of the main part, in one line."""
    text = re.sub(r"<[^>]+>", " ", main(response).partition(">")[2])
    return re.sub(r" ([.,;:])", r"\1", " ".join(unescape(text).split()))


def errors(response: Any) -> dict[str, str]:
    """What the summary of errors says to do, by the address of the input that it leads to.

    Without the name of the field that goes before it: tests/pages look at that.
    """
    summary = main(response).partition("nhsuk-error-summary")[2].partition("</ul>")[0]
    return {
        href: unescape(text).strip() if text.strip().endswith(".") else _sentence(unescape(text).strip())
        for href, text in re.findall(r'<a href="([^"]*)">([^<]*)</a>', summary)
    }


def _sentence(text: str) -> str:
    starts = ("Enter ", "Choose ", "Fill in", "The ", "Tick ", "Use ", "There ")
    parts = text.split(": ")
    first = next((i for i, part in enumerate(parts) if part.startswith(starts)), None)
    return text if first is None else ": ".join(parts[first:])
