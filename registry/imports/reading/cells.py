"""One cell: from what a file holds to a code, a day, a figure or a name, or the reason why not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from . import limits

PRACTICE = re.compile(r"[A-Z][0-9]{5}")
ORGANISATION = re.compile(r"[A-Z][0-9]{5}|[A-Z]{3}[0-9]{3}")  # Alderney, Guernsey and Jersey: ALD200
PCN = re.compile(r"U[0-9]{5}")
COMMISSIONER = re.compile(r"[A-Z0-9]{3,6}")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
DAYS = (  # as ODS and ISO write it, as NHS Digital does, as people do
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:[T ]00:00(?::00)?)?"),
    re.compile(r"(?P<d>[0-9]{2})(?P<m>[A-Z]{3})(?P<y>[0-9]{4})"),
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})/(?P<y>[0-9]{4})"),
)
SERIAL = re.compile(r"[2-7][0-9]{4}")  # days since 30 December 1899, when Excel formatted the cell as a date
PLAIN_FIGURE = re.compile(r"[0-9]{1,7}")
FIGURE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,15}(?:\.[0-9]+)?")
NO_FIGURE = re.compile(r"-.*|[+-]?(?:nan|inf|infinity)|[0-9.]+e[+-]?[0-9]+|[0-9]{16,}", re.IGNORECASE)


class Unfit(Exception):
    """A cell that cannot be taken, with its reason; `whole` where the file is refused for it."""

    def __init__(self, column: str, value: str, reason: str, *, whole: bool = False) -> None:
        super().__init__(reason)
        self.column = column
        self.value = shown(value)
        self.reason = reason
        self.whole = whole


def shown(value: str) -> str:
    """A value as a sentence may quote it: one short line of printable characters."""
    plain = "".join(letter if letter.isprintable() else "?" for letter in value[:81])
    return plain if len(plain) <= 80 else plain[:79] + "…"


def text(value: str, column: str, *, needed: bool = False) -> str:
    """Words with single spaces between them."""
    words = value if value.isalnum() else " ".join(value.split())
    if words.startswith("="):
        raise Unfit(column, words, "It is a formula where a fact is expected.", whole=True)
    if len(words) > limits.CELL:
        raise Unfit(column, words, f"It is longer than {limits.CELL} characters.", whole=True)
    if not words.isprintable():
        raise Unfit(column, words, "It holds characters that cannot be printed.", whole=True)
    if needed and not words:
        raise Unfit(column, words, "It is empty.")
    return words


def code(value: str, column: str, shape: re.Pattern[str], what: str, *, needed: bool = True) -> str:
    if shape.fullmatch(value):
        return value
    found = text(value, column, needed=needed).upper()
    if found and not shape.fullmatch(found):
        raise Unfit(column, value, f"It is not {what}.")
    return found


def postcode(value: str, column: str) -> str:
    return code(value, column, POSTCODE, "a postcode", needed=False)


@lru_cache(maxsize=4096)
def parsed_day(value: str) -> date | None:
    """The day that is written, None where it is none. Raises `OverflowError` outside the years we take."""
    if SERIAL.fullmatch(value):
        return date(1899, 12, 30) + timedelta(days=int(value))
    for form in DAYS:
        if match := form.fullmatch(value):
            month = match["m"]
            if month.isalpha() and month not in MONTHS:
                return None
            if int(match["y"]) not in limits.YEARS:
                raise OverflowError
            try:
                number = MONTHS.index(month) + 1 if month.isalpha() else int(month)
                return date(int(match["y"]), number, int(match["d"]))
            except ValueError:
                return None
    return None


def day(value: str, column: str) -> date | None:
    """The day of a cell, None where it is empty: 20191001, 2019-10-01, 01OCT2019 or 1/10/2019."""
    if not value:
        return None
    try:
        if found := parsed_day(value):
            return found
        written = text(value, column).upper()
        if not written:
            return None
        found = parsed_day(written)
    except OverflowError:
        first, last = limits.YEARS[0], limits.YEARS[-1]
        raise Unfit(column, value, f"Its year is not between {first} and {last}.", whole=True) from None
    if found is None:
        raise Unfit(column, value, "It is not a date.")
    return found


def needed_day(value: str, column: str) -> date:
    found = day(value, column)
    if found is None:
        raise Unfit(column, value, "It is empty.")
    return found


def in_order(start: date | None, end: date | None, column: str) -> None:
    if start and end and end < start:
        raise Unfit(column, f"{end:%Y%m%d}", f"It is before the start, {start:%Y%m%d}.")


def patients(value: str, column: str) -> Decimal:
    """A number of patients with at most two decimals, as some sources give a year's average."""
    if PLAIN_FIGURE.fullmatch(value):
        return Decimal(value)
    written = text(value, column, needed=True)
    if NO_FIGURE.fullmatch(written):
        raise Unfit(column, value, "It is no number of patients.", whole=True)
    if not FIGURE.fullmatch(written):
        raise Unfit(column, value, "It is not a number.")
    found = Decimal(written.replace(",", ""))
    if found > limits.PATIENTS:
        raise Unfit(column, value, f"It is more than {limits.PATIENTS:,}.", whole=True)
    return found.quantize(Decimal("0.01")) if found != found.to_integral_value() else found
