"""Repeated cards (formsets) without JavaScript: "Add another" and "Remove" are submit buttons.

Their names are `<prefix>-add` and `<prefix>-remove` with the number of the card as value. A page asks
`changed_cards` before it validates: an answer means that the form is to be shown again, not to be saved.
"""

from typing import Any, cast

from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from .forms import SENT_IN_PART, without_errors

# Cards beyond the most that are read and shown again, so that a paste that is too long is not lost at once.
BEYOND = 20


class Cards(BaseFormSet):
    """A formset whose cards the server adds and removes. `title` names a card, `add` the button."""

    title = "Item"
    add = "Add another"
    default_error_messages = {
        **BaseFormSet.default_error_messages,
        "missing_management_form": SENT_IN_PART,
        "too_few_forms": "There must be %(num)d at least.",
        "too_many_forms": "There can be %(num)d at most.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, form in enumerate(self.forms, start=1):
            form.empty_permitted = False
            form.card = f"{self.title} {number}"

    def full_clean(self) -> None:
        """An empty card says itself that it is empty: nobody need hear too that there are too few."""
        super().full_clean()
        if any(self._errors):
            found = self._non_form_errors
            found.data = [error for error in found.as_data() if error.code != "too_few_forms"]

    @property
    def entered(self) -> list[dict[str, Any]]:
        """The cleaned data of each card."""
        return [form.cleaned_data for form in self.forms]

    def hide_errors(self) -> None:
        """Show what was typed and no errors."""
        self._errors: list[Any] = [{} for _ in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            without_errors(form)


def cards(
    form: type, *, title: str, add: str, least: int = 0, most: int = 40, base: type[Cards] = Cards
) -> type[Cards]:
    """A formset of `form` with `least` to `most` cards; it starts with `least`."""
    made = cast(
        "type[Cards]",
        formset_factory(
            form,
            formset=base,
            extra=0,
            min_num=least,
            max_num=most,
            absolute_max=most + BEYOND,
            validate_min=True,
            validate_max=True,
        ),
    )
    made.title, made.add = title, add
    return made


def changed_cards(data: QueryDict, prefix: str, form: Any = None) -> QueryDict | None:
    """The POST with a card more or less, where such a button was pressed, else None.

    Cards after a removed one move up by one. A new card holds what `form` presets, a text or a tick.
    """
    if f"{prefix}-add" in data:
        changed, count = data.copy(), _count(data, prefix)
        changed[f"{prefix}-TOTAL_FORMS"] = str(count + 1)
        for name, field in form.base_fields.items() if form else ():
            if field.initial:
                changed[f"{prefix}-{count}-{name}"] = "on" if field.initial is True else str(field.initial)
        return changed
    pressed = data.get(f"{prefix}-remove", "")
    count = _count(data, prefix)
    if not pressed.isdecimal() or int(pressed) >= count:
        return None
    return _without(data, prefix, int(pressed), count)


def _count(data: QueryDict, prefix: str) -> int:
    total = data.get(f"{prefix}-TOTAL_FORMS", "0")
    return min(int(total), 1000) if total.isdecimal() else 0


def _without(data: QueryDict, prefix: str, gone: int, count: int) -> QueryDict:
    changed = QueryDict(mutable=True)
    for key, values in data.lists():
        head, _, rest = key.removeprefix(f"{prefix}-").partition("-")
        if not (key.startswith(f"{prefix}-") and head.isdecimal() and rest):
            changed.setlist(key, values)
        elif int(head) != gone:
            changed.setlist(f"{prefix}-{int(head) - (int(head) > gone)}-{rest}", values)
    changed[f"{prefix}-TOTAL_FORMS"] = str(count - 1)
    return changed
