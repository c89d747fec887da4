"""A page taken apart without a browser: its title, headings, links, ids and the text that a reader sees."""

import re
from html.parser import HTMLParser

# What a page shows where something was printed that should have been said.
ARTEFACTS = re.compile(
    r"\bNone\b(?! (?:is|in|of) |:)|\b[Uu]ndefined\b|\bNaN\b|[Nn]ot found"
    r"|\{\{|\}\}|\{%|object at 0x|bound method|Decimal\("
)
UNSEEN = ("script", "style", "template", "svg")
WITHOUT_END = ("br", "hr", "img", "input", "link", "meta", "path", "col", "wbr", "source")


class Anatomy(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.title = self.text = ""
        self._open: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag not in WITHOUT_END:
            self._open.append(tag)
        if identifier := attributes.get("id"):
            self.ids.append(identifier)
        if tag == "a" and attributes.get("href") is not None:
            self.links.append(str(attributes["href"]))
        if tag == "h1":
            self.headings.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if "title" in self._open and "svg" not in self._open:
            self.title += data
        elif not set(self._open) & set(UNSEEN):
            self.text += f" {data}"
            if "h1" in self._open:
                self.headings[-1] += data

    @property
    def faults(self) -> list[str]:
        """What is wrong with the page, in sentences."""
        found = [f"It shows “{artefact}”." for artefact in sorted(set(ARTEFACTS.findall(self.text)))]
        headings = [" ".join(heading.split()) for heading in self.headings]
        if len(headings) != 1 or not headings[0]:
            found.append(f"It has these headings of level 1: {headings}.")
        if not self.title.endswith(" – PCN portal") or len(self.title) < len("X – PCN portal"):
            found.append(f"Its title is “{self.title}”.")
        found += [
            f"It has the id {name} more than once." for name in set(self.ids) if self.ids.count(name) > 1
        ]
        found += [
            f"Nothing has the id that {link} leads to."
            for link in self.links
            if link.startswith("#") and link[1:] not in self.ids
        ]
        return found
