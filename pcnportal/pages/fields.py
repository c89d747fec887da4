"""Fields that Django lacks: a date typed as day, month and year; a record chosen by its code or name."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_date

from pcnportal import clock

EXAMPLE = "for example 20 May 2019"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PARTS = ("day", "month", "year")
FIRST_YEAR, LAST_YEAR = 1900, 2100


class NumberText(forms.TextInput):
    """A number as text: browsers' number inputs change by a scroll, and refuse "32,716"."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = super().value_from_datadict(data, files, name)
        return typed.replace(",", "").replace(" ", "") if isinstance(typed, str) else typed


class DateInput(forms.MultiWidget):
    """Three inputs: `<name>_day`, `<name>_month`, `<name>_year`."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part in PARTS}, attrs)

    def decompress(self, value: date | str | None) -> list[Any]:
        if isinstance(value, str):
            value = parse_date(value)
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.Field):
    """A date, typed in numbers or with the month's name.

    Its errors have the code of the part that is wrong: day, month or year, else `invalid`.
    """

    widget = DateInput
    default_error_messages = {
        "required": f"Enter a date, {EXAMPLE}",
        "invalid": f"Enter a real date, {EXAMPLE}",
    }

    def __init__(self, *, not_after_today: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.not_after_today = not_after_today

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or not value:
            return value or None
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        for name, part in zip(PARTS, parts, strict=True):
            if not part:
                raise ValidationError(f"The date must include a {name}, {EXAMPLE}", code=name)
        day, month, year = (_digits(parts[0]), _month(parts[1]), _digits(parts[2]))
        if month is None or not 1 <= month <= 12:
            raise ValidationError(
                f"The month must be a number from 1 to 12 or a name, {EXAMPLE}", code="month"
            )
        if year is None or len(parts[2]) < 4:
            raise ValidationError("The year must have 4 digits, for example 2019", code="year")
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValidationError(f"The year must be from {FIRST_YEAR} to {LAST_YEAR}", code="year")
        try:
            return date(year, month, day if day is not None else 0)
        except ValueError as exc:
            raise ValidationError(self.error_messages["invalid"], code="day") from exc

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and self.not_after_today and value > clock.today():
            raise ValidationError(f"The date must be today or earlier, {EXAMPLE}", code="day")


def _digits(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def _month(text: str) -> int | None:
    short = text.lower()[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else _digits(text)


class RecordChoice(forms.ModelChoiceField):
    """One of a few records. A number that no database can hold is no choice, and no fault."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except OverflowError as exc:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from exc


class LookupInput(forms.TextInput):
    """A text input with the records one may mean as suggestions, where they are few."""

    suggestions: Callable[[], list[str]] = staticmethod(list)


class LookupField(forms.CharField):
    """One record, chosen by its code or by (a part of) its name: no list of all practices to scroll through.

    `code` and `name` are look-ups from the record, as in `organisation__code`. The widget suggests up to
    `SUGGESTED` records; with more there are no suggestions, and the server finds or asks again.
    """

    widget = LookupInput
    SUGGESTED = 100

    def __init__(
        self, queryset: Any, *, code: str = "code", name: str = "name", what: str = "record", **kwargs: Any
    ):
        super().__init__(**kwargs)
        self._queryset, self.code, self.name, self.what = queryset, code, name, what
        self.widget.suggestions = self.suggestions

    def __deepcopy__(self, memo: dict[int, Any]) -> "LookupField":
        made = super().__deepcopy__(memo)
        made.widget.suggestions = made.suggestions
        return made

    @property
    def queryset(self) -> "models.QuerySet[Any]":
        """The records to choose from; a callable is asked each time."""
        rows = self._queryset() if callable(self._queryset) else self._queryset.all()
        return rows.order_by(self.name)

    def suggestions(self) -> list[str]:
        found = list(self.queryset.values_list(self.code, self.name)[: self.SUGGESTED + 1])
        return [shown(*row) for row in found] if len(found) <= self.SUGGESTED else []

    def prepare_value(self, value: Any) -> str:
        if isinstance(value, int):
            value = self.queryset.filter(pk=value).first()
        if isinstance(value, models.Model):
            row = self.queryset.values_list(self.code, self.name).get(pk=value.pk)
            return shown(*row)
        return value or ""

    def clean(self, value: Any) -> Any:
        text = super().clean(value).strip()
        return self.find(text) if text else None

    def find(self, text: str) -> Any:
        """The one record that the text means. Raises `ValidationError` for none or several."""
        typed_code = text.rsplit("(", 1)[-1].rstrip(")").strip() if text.endswith(")") else text
        exact = Q(**{f"{self.code}__iexact": typed_code}) | Q(**{f"{self.name}__iexact": text})
        for condition in (exact, Q(**{f"{self.name}__icontains": text})):
            found = list(self.queryset.filter(condition)[:6])
            if len(found) == 1:
                return found[0]
            if found:
                names = [
                    shown(*row)
                    for row in self.queryset.filter(condition).values_list(self.code, self.name)[:5]
                ]
                more = " and others" if len(found) > 5 else ""
                raise ValidationError(
                    f"More than one {self.what} matches: {'; '.join(names)}{more}. Enter the code."
                )
        raise ValidationError(f"No {self.what} has the code or name “{text}”.")


def shown(code: str | None, name: str) -> str:
    """Honeypot Medical Centre (E84001)."""
    return f"{name} ({code})" if code else name
