"""Practices by what somebody typed: an ODS code, a name, or both as the suggestions write them."""

import re
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q
from django.utils.functional import cached_property

from pcnportal.pages.cards import Cards
from pcnportal.pages.fields import shown
from pcnportal.people.models import Organisation, in_force
from registry.models import Practice

CODE = re.compile(r"[A-Z]{1,3}\d[A-Z0-9]{0,9}", re.IGNORECASE)
SUGGESTED = 100

Found = Mapping[str, list[Practice]]


def typed_code(text: str) -> str:
    """E84001 of “e84001” or of “Honeypot Medical Centre (E84001)”; the text itself where it holds no code."""
    text = text.strip()
    return (text.rsplit("(", 1)[-1].rstrip(")") if text.endswith(")") else text).strip().upper()


def is_code(text: str) -> bool:
    """Whether it looks like an ODS code, held or not."""
    return bool(CODE.fullmatch(typed_code(text)))


def practices_called(texts: Iterable[str]) -> Found:
    """The practices that each text may mean: by code, else by name, else by part of a name.

    At most three queries, however many texts there are.
    """
    found: dict[str, list[Practice]] = {text: [] for text in texts if text}
    practices = Practice.objects.select_related("organisation")
    by_code = {
        p.organisation.code: p
        for p in practices.filter(organisation__code__in={typed_code(text) for text in found})
    }
    for text, matches in found.items():
        if practice := by_code.get(typed_code(text)):
            matches.append(practice)
    for lookup in ("iexact", "icontains"):
        names = [
            text for text, matches in found.items() if not matches and len(text) > 2 and not is_code(text)
        ]
        if names:
            wanted = reduce(or_, (Q(**{f"organisation__name__{lookup}": name}) for name in names))
            _share_out(found, names, list(practices.filter(wanted)[:200]), lookup)
    return found


def _share_out(
    found: dict[str, list[Practice]], names: list[str], practices: list[Practice], lookup: str
) -> None:
    for name in names:
        for practice in practices:
            held = practice.organisation.name.casefold()
            if name.casefold() == held or (lookup == "icontains" and name.casefold() in held):
                found[name].append(practice)


def suggestions(commissioner: Organisation, day: Any) -> list[str]:
    """The commissioner's open practices as one may type them; none where they are many."""
    rows = Practice.objects.filter(
        in_force(day, "organisation__opened_on", "organisation__closed_on"), commissioner=commissioner
    ).values_list("organisation__code", "organisation__name")
    listed = list(rows.order_by("organisation__name")[: SUGGESTED + 1])
    return [shown(*row) for row in listed] if len(listed) <= SUGGESTED else []


class PracticeCards(Cards):
    """Cards with a practice each, typed in the field `typed_in`. A card that was left empty is left out."""

    typed_in = "code"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for form in self.forms:
            form.empty_permitted = True

    @property
    def entered(self) -> list[dict[str, Any]]:
        return [form.cleaned_data for form in self.forms if form.cleaned_data]

    @cached_property
    def found(self) -> Found:
        return practices_called([self.text_of(form) for form in self.forms])

    def text_of(self, form: Any) -> str:
        """What was typed, or is held."""
        return str(form[self.typed_in].value() or "").strip()

    def practice_of(self, form: Any) -> Practice | None:
        """The one practice that the card means, or None."""
        matches = self.found.get(self.text_of(form), [])
        return matches[0] if len(matches) == 1 else None

    def is_unknown(self, form: Any) -> bool:
        """Whether the card has a code that is not in the register."""
        return is_code(self.text_of(form)) and not self.found.get(self.text_of(form))

    def several(self, form: Any) -> str:
        """The sentence for a text that may mean several practices; empty where it means one or none."""
        matches = self.found.get(self.text_of(form), [])
        if len(matches) < 2:
            return ""
        named = "; ".join(shown(p.organisation.code, p.organisation.name) for p in matches[:5])
        return (
            f"More than one practice matches: {named}{' and others' if matches[5:] else ''}. Enter the code"
        )
