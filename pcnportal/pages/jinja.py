"""The environment in which the templates are rendered: loaders, filters and globals."""

import re
import sys
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

import jinja2
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup, escape

from pcnportal import clock
from pcnportal.history.record import is_genuine
from pcnportal.history.words import changes_in_words, sentence, verb_in_words

from .status import tag
from .writing import written

NOT_HELD = "not held"
MINUS = "−\N{WORD JOINER}"
LONGEST = 30
SPECIAL = re.compile(r"[&<>\"']")
LONG, TAG = re.compile(rf"[^\s<>]{{{LONGEST},}}"), re.compile(r"(<[^>]*>)")
OWN = str(Path(settings.BASE_DIR) / "templates")


class StrictInOwnTemplates(jinja2.ChainableUndefined):
    """Refuses to print a name that is missing, but for the NHS macros, which rely on printing nothing.

    Without it a misspelt figure prints as nothing. Used in tests; `{% if name %}` may still ask.
    """

    __slots__ = ()

    def __str__(self) -> str:
        frame: FrameType | None = sys._getframe(1)
        while frame and "debug_info" not in frame.f_globals:  # up to the template that prints
            frame = frame.f_back
        if frame and frame.f_code.co_filename.startswith(OWN):
            self._fail_with_undefined_error()
        return ""

    __html__ = __str__


def day(value: date | None) -> str:
    """20 May 2019; a date that is not held says so."""
    if value is None:
        return NOT_HELD
    return _written_day(timezone.localtime(value).date() if isinstance(value, datetime) else value)


@lru_cache(maxsize=4096)
def _written_day(value: date) -> str:
    return f"{value:%-d %B %Y}"


def moment(value: datetime | None) -> str:
    """20 May 2019, 2:05pm."""
    if value is None:
        return NOT_HELD
    local = timezone.localtime(value)
    return f"{local:%-d %B %Y}, {local:%-I:%M%p}".replace("AM", "am").replace("PM", "pm")


def number(value: float | Decimal | None) -> str:
    """269,801 or 32,244.25: thousands separated, fractions only where there are any."""
    if value is None:
        return NOT_HELD
    shown = f"{value if isinstance(value, Decimal) else Decimal(str(value)):,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace("-", "−")


def pounds(value: Decimal | None) -> str:
    """£49,074.00, −£1.02 (no line breaks after the sign), or £0.514: to the penny, finer where it is."""
    if value is None:
        return NOT_HELD
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{MINUS if value < 0 else ''}£{abs(value):,.{places}f}"


def breakable(text: Any) -> Markup:
    """The text or markup, in which a word of 30 letters or more may break and narrow its column."""
    shown = escape(text)
    if len(shown) < LONGEST or not LONG.search(shown):
        return shown
    parts = TAG.split(str(shown))
    parts[::2] = [LONG.sub(r'<span class="portal-long">\g<0></span>', part) for part in parts[::2]]
    return Markup("".join(parts))  # noqa: S704, escaped


def cell(content: Any) -> str:
    """The same for the many cells of a list: a short plain text is as it is."""
    if type(content) is str and len(content) < LONGEST and not SPECIAL.search(content):
        return content
    return str(breakable(content))


def percent(value: float | Decimal | None, places: int = 1) -> str:
    """−1.4% of a ratio of −0.0138."""
    if value is None:
        return NOT_HELD
    return f"{Decimal(str(value)) * 100:,.{places}f}%".replace("-", "−")


def in_days(value: date | None) -> str:
    """How far a day is from today in words: today, tomorrow, in 12 days, 3 days ago; empty where not held."""
    if value is None:
        return ""
    days = (value - clock.today()).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days:,} days" if days > 0 else f"{-days:,} days ago")


def plural(count: int, one: str, many: str = "") -> str:
    """6 practices, 1 practice."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def words(items: Any) -> str:
    """A, B and C."""
    *head, last = [str(item) for item in items] or [""]
    return f"{', '.join(head)} and {last}" if head else last


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> jinja2.Environment:
    """The NHS macros beside our own templates."""
    options["loader"] = jinja2.ChoiceLoader([options["loader"], jinja2.PackageLoader("nhsuk_frontend_jinja")])
    # The NHS macros ask after parameters of parameters that nobody passed.
    options["undefined"] = StrictInOwnTemplates if settings.TESTING else jinja2.ChainableUndefined
    made = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701, Django sets autoescape
    filters = [
        breakable,
        day,
        moment,
        number,
        pounds,
        percent,
        in_days,
        plural,
        words,
        sentence,
        verb_in_words,
        changes_in_words,
    ]
    made.filters.update({rule.__name__: rule for rule in filters}, status=tag, written=written)
    made.tests["genuine"] = is_genuine
    made.globals.update(url=url, static=static, today=clock.today, NOT_HELD=NOT_HELD, Markup=Markup)
    return made
