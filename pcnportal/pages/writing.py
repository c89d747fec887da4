"""What the field template needs to know of a field."""

from typing import Any

from django import forms

from .days import DayField, written_day
from .fields import PARTS, DateInput, LookupInput

KINDS: list[tuple[type[forms.Widget], str]] = [
    (DateInput, "date"),
    (LookupInput, "lookup"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
]
# These the macros write themselves.
OURS = ("aria-describedby", "class", "rows", "autocomplete")


def kind(field: forms.BoundField) -> str:
    """Which macro writes the field."""
    return next((name for cls, name in KINDS if isinstance(field.field.widget, cls)), "input")


def written(field: forms.BoundField) -> dict[str, Any]:
    """Everything that components/field.jinja writes, without its look."""
    attrs = field.build_widget_attrs(dict(field.field.widget.attrs), field.field.widget)
    options = getattr(field.form, "options", {}).get(field.name, {})
    says = getattr(field.form, "says_optional", True) and not options.get("needed")
    asked = field.field.required or kind(field) == "checkbox" or not says
    return {
        "kind": kind(field),
        "id": field.auto_id or field.html_name,
        "label": str(field.label) if asked else f"{field.label} (optional)",
        "hint": field.help_text,
        "error": " ".join(str(sentence) for sentence in field.errors),
        "value": value_of(field),
        "options": options,
        "attrs": {name: value for name, value in attrs.items() if name not in OURS},
        "rows": attrs.get("rows", 5),
        "autocomplete": attrs.get("autocomplete", ""),
        "wrong": wrong_part(field),
        "is_date": isinstance(field.field, forms.DateField),
    }


def value_of(field: forms.BoundField) -> Any:
    """What was typed or holds: a list of texts for choices, of three for a date, else one text."""
    value = field.value()
    match kind(field):
        case "date":
            return ["" if part is None else str(part) for part in _parts(value)]
        case "checkbox":
            return bool(value)
        case "radios" | "select" | "checkboxes":
            several = value if isinstance(value, list | tuple | set) else [value]
            return ["" if one is None else str(getattr(one, "pk", one)) for one in several]
        case "password" | "file":
            return ""
    if isinstance(field.field, DayField) and isinstance(value, str):
        value = written_day(value) or value  # a browser's picker reads 2019-12-31 only
    return "" if value is None else str(value)


def _parts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else DateInput().decompress(value)


def wrong_part(field: forms.BoundField) -> str:
    """The part of a date that is wrong; empty where it is the whole."""
    if kind(field) != "date" or not field.errors:
        return ""
    code = getattr(field.errors.as_data()[0], "code", "")
    return code if code in PARTS else ""


def target(field: forms.BoundField) -> str:
    """The input to which the summary of errors leads."""
    part = f"_{wrong_part(field) or 'day'}" if kind(field) == "date" else ""
    return f"#{field.auto_id}{part}"


def error_list(*forms_: Any) -> list[dict[str, str]]:
    """Every error of some forms with a link to its field: for the summary at the top of a page."""
    found = []
    for form in forms_:
        for name, errors in form.errors.items():
            href = target(form[name]) if name in form.fields else ""
            found += [{"text": _named(form, name, str(sentence)), "href": href} for sentence in errors]
    return found


def _named(form: Any, name: str, sentence: str) -> str:
    """What to do, with its field and its card; a whole sentence speaks for itself."""
    card = getattr(form, "card", "")
    if sentence.endswith(".") or (card and sentence.startswith(card)):
        return sentence
    said = [card]
    if name in form.fields and str(form[name].label).casefold() not in sentence.casefold():
        said.append(str(form[name].label))
    where = ", ".join(filter(None, said))
    return f"{where}: {sentence}" if where else sentence
