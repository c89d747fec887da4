"""A day as an address or a filter says it: 2019-12-31, 31/12/2019 or 31 December 2019."""

from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

# The day before the month, as it is written here; a year of two digits may be any.
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"input_formats": FORMATS} | kwargs)


class DayFilter(django_filters.DateFilter):
    """Takes the same words for a day as `written_day`, so that a page and its filter mean the same one."""

    field_class = DayField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"widget": forms.DateInput(attrs={"type": "date"})} | kwargs)


def written_day(text: str) -> date | None:
    """The day that a text says; None where it says none."""
    try:
        day: date | None = DayField(required=False).to_python(text.strip())
    except ValidationError:
        return None
    return day


def is_day(text: str) -> bool:
    """Whether a text says a day, or nothing."""
    return not text.strip() or written_day(text) is not None
