"""For which day a published file speaks."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from pcnportal.refusals import Refused

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DAY = re.compile(r"(?<!\d)(20\d\d)[-_ .]?(\d\d)[-_ .]?(\d\d)(?!\d)")
MONTH = re.compile(r"(?<!\d)(20\d\d)[-_ .]?(\d\d)(?!\d)")
WORDS = re.compile(
    r"(?:(?<!\d)(\d{1,2})[-_ .]?)?(" + "|".join(MONTHS) + r")[a-z]*[-_ .]?(20\d\d)(?!\d)", re.IGNORECASE
)


def stated_on(given: date | None, in_file: date | None, name: str) -> date:
    """The day that was given, else that of the file's content, else that of its name.

    A month in the name means its last day. Raises `Refused` where none of them says it.
    """
    if found := given or in_file or day_of(name):
        return found
    raise Refused("Give the date of the file: neither the file nor its name says it.", "stated_on")


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
    try:
        return date(year, month, day if day is not None else monthrange(year, month)[1])
    except (ValueError, IndexError):
        return None
