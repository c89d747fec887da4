"""For which day a published file speaks, and that no older one comes after a newer."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Collection
from datetime import date

from django.utils import timezone

from pcnportal.refusals import Refused
from registry.models import ImportRun

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = re.compile(r"(?<!\d)(20\d\d)[-_ .]?(\d\d)[-_ .]?(\d\d)(?!\d)")
MONTH = re.compile(r"(?<!\d)(20\d\d)[-_ .]?(\d\d)(?!\d)")
WORDS = re.compile(
    r"(?:(?<!\d)(\d{1,2})[-_ .]?)?(" + "|".join(MONTHS) + r")[a-z]*[-_ .]?(20\d\d)(?!\d)", re.IGNORECASE
)


def stated_on(given: date | None, in_file: date | None, name: str) -> date:
    """The day that was given, else that of the file's content, else that of its name.

    A month in the name means its last day, or today while it lasts. Raises `Refused` where none of them says
    it, or where the day has not come on the machine's clock: a demo that plays 2019 reads files of 2022.
    """
    for found, field in ((given, "stated_on"), (in_file, "file")):
        if found:
            refuse_future(found, field)
    if found := given or in_file:
        return found
    if found := day_of(name):
        refuse_future(found, "stated_on")
        return found
    raise Refused("Give the date of the file: neither the file nor its name says it.", "stated_on")


def refuse_future(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise Refused(
            f"{day:%-d %B %Y} has not come yet: no file can speak of it. Nothing was written.", field
        )


def day_of(name: str) -> date | None:
    """The day in a file's name, as in ePCN_2019-12-04.xlsx, 20191204, 2019-10 or gp-reg-01-Jan-2021.csv."""
    if found := DAY.search(name):
        year, month, day = found.groups()
        if made := _made(int(year), int(month), int(day)):
            return made
    if found := WORDS.search(name):
        day, month, year = found.groups()
        return _made(int(year), MONTHS.index(month.lower()) + 1, int(day) if day else None)
    found = MONTH.search(name)
    return _made(int(found[1]), int(found[2]), None) if found else None


def _made(year: int, month: int, day: int | None) -> date | None:
    today = timezone.localdate()
    if day is None and (year, month) == (today.year, today.month):
        return today
    try:
        return date(year, month, day if day is not None else monthrange(year, month)[1])
    except (ValueError, IndexError):
        return None


def refuse_older(kind: str, day: date, codes: Collection[str]) -> None:
    """A file of an earlier day after a newer one would take back what the newer one changed.

    Quarters of list sizes come in any order: each figure has its own day.
    """
    if kind == ImportRun.Kind.LIST_SIZES:
        return
    newer = ImportRun.objects.filter(
        kind=kind, applied_at__isnull=False, undone_at__isnull=True, stated_on__gt=day
    ).order_by("-stated_on")
    for held in newer.values_list("file_name", "stated_on", "codes"):
        if not codes or not held[2] or set(codes) & set(held[2]):
            raise Refused(
                f"This file is of {day:%-d %B %Y}. A newer one, {held[0]} of {held[1]:%-d %B %Y}, was"
                " imported already: an older file would take back what it changed.",
                "stated_on",
            )
