"""What an event says, for a reader. What the words of a floor above mean, that floor tells in `learn`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date

from .models import Event

VERBS: dict[str, str] = {}
VALUES: dict[str, dict[str, str]] = {}
FIELDS: dict[str, str] = {}
NOTHING = "nothing"
# Here an event names the fields that somebody filled in, and here it says its changes in sentences; any
# other list is a value of before and one of now.
NAMES, SENTENCES = "fields", "changed"


def learn(
    *,
    verbs: Mapping[str, str] | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    fields: Mapping[str, str] | None = None,
) -> None:
    """Take the words for some verbs, for the stored values of some fields, and for some fields themselves."""
    VERBS.update(verbs or {})
    FIELDS.update(fields or {})
    for field, words in (values or {}).items():
        VALUES.setdefault(field, {}).update(words)


def verb_in_words(verb: str) -> str:
    """What somebody did: "recorded the approval"."""
    return VERBS.get(verb) or verb.replace("_", " ")


def changes_in_words(event: Event) -> list[tuple[str, str]]:
    """(field, change) of what the event changed: "Status", "from Received to Under review".

    A number points at a row and says nothing to a reader, unless `FIELDS` has a word for its field; a field
    whose word is empty is left out.
    """
    found = []
    for field, change in event.changes.items():
        name = "" if field.startswith("_") else FIELDS.get(field, sentence(field))
        if name and (words := _change(field, change)):
            found.append((name, words))
    return found


def _change(field: str, change: Any) -> str:
    if isinstance(change, list):
        if field == NAMES:
            return ", ".join(sentence(name).lower() for name in change)
        if field == SENTENCES:
            return "; ".join(change)
        if not any(isinstance(value, str) for value in change):
            return ""
        old, new = (_value(field, value) for value in (change[0], change[-1]))
        return f"from {old} to {new or NOTHING}" if old else new
    return _value(field, change)


def _value(field: str, value: Any) -> str:
    if isinstance(value, str):
        day = parse_date(value) if _is_date(value) else None
        return VALUES.get(field, {}).get(value) or (f"{day:%-d %B %Y}" if day else value)
    return str(value) if field in FIELDS and value is not None else ""


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(datetime.strptime(value, "%Y-%m-%d"))  # noqa: DTZ007
    except ValueError:
        return False


def sentence(name: str) -> str:
    """A name as the beginning of a sentence: "Stated list size"."""
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]
