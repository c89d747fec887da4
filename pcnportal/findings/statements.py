"""What documents state, read for comparing: one query for all statements about some kinds of record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from .models import Statement

LABELS = {
    "practices": "Practices",
    "pcns": "PCNs",
    "patients": "Patients",
    "name": "Name",
    "largest_pcn": "Patients of the largest PCN",
    "registered": "Registered patients",
    "resident": "Residents of the area",
    "rhythm": "How often it meets",
}
WITH_PLACE = {
    "contract": "{} contracts",
    "rating": "Practices rated {}",
    "rhythm": "How often the {} meets",
    "day": "Day of {}",
    "year": "Year of {}",
    "days": "Days of {}",
    "total": "Total: {}",
}


def label(what: str) -> str:
    """The fact of a statement in words: "APMS contracts" of `contract:APMS`."""
    kind, _, of = what.partition(":")
    if of and kind in WITH_PLACE:
        return WITH_PLACE[kind].format(of)
    return LABELS.get(what) or what.replace("_", " ").replace(":", ": ").capitalize()


class Stated(NamedTuple):
    """A statement with its source in words. `on` is the day for which it is stated; None where not held."""

    pk: int
    about: str
    what: str
    text: str
    number: Decimal | None
    on: date | None
    source: str
    source_id: int
    page: str
    published_on: date | None

    @property
    def by(self) -> str:
        return f"{self.source}, {self.page}" if self.page else self.source

    @property
    def quoted(self) -> str:
        """The fact, and the words of the document: "GMS contracts: “13 hold GMS contracts”"."""
        return f"{label(self.what)}: “{self.text}”"

    @property
    def value(self) -> Decimal | str:
        """What two statements of one fact are compared by."""
        return self.number if self.number is not None else " ".join(self.text.casefold().split())

    @property
    def day(self) -> date | None:
        """The day to compare with: the one it is stated for, else that of its source; None where not held."""
        return self.on or self.published_on


def stated_about(model: type[Model], today: date) -> list[Stated]:
    """Statements about records of a model, without those of documents that came after `today`. One query."""
    rows = Statement.objects.filter(about_type=ContentType.objects.get_for_model(model)).order_by("pk")
    found = map(
        Stated._make,
        rows.values_list(
            "pk",
            "about",
            "what",
            "text",
            "number",
            "on",
            "source__title",
            "source",
            "page",
            "source__published_on",
        ),
    )
    return [s for s in found if (s.published_on or s.on or today) <= today]


def differing(statements: Iterable[Stated]) -> Iterator[list[Stated]]:
    """Groups of statements of one fact that do not agree, each value once, in the order of their source.

    Two numbers of different days may both be right, so they are not compared; a total of parts and its parts
    are added up elsewhere.
    """
    groups: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    for stated in statements:
        if stated.what.partition(":")[0] not in ("total", "part"):
            groups[stated.about, stated.what].append(stated)
    for found in groups.values():
        days = {stated.on for stated in found if stated.on}
        if found[0].number is not None and len(days) > 1:
            for day in sorted(days):
                yield from _distinct([stated for stated in found if stated.on in (day, None)])
        else:
            yield from _distinct(found)


def _distinct(found: list[Stated]) -> Iterator[list[Stated]]:
    once = {stated.value: stated for stated in reversed(found)}
    if len(once) > 1:
        yield sorted(once.values(), key=lambda stated: stated.pk)
