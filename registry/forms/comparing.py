"""Which two days to compare, of which commissioner, in which kind of change."""

from datetime import date
from typing import Any

from django import forms

from pcnportal import clock
from pcnportal.pages.days import DayField, written_day
from pcnportal.pages.forms import PortalForm
from registry.between import KINDS, Between
from registry.former import commissioners_called


class CompareForm(PortalForm):
    """`from`, `to` (today where it is empty), `commissioner` and `kind`, as they stand in the address."""

    says_optional = False
    commissioner = forms.CharField(required=False, max_length=200)
    kind = forms.ChoiceField(
        label="Kind of change",
        required=False,
        choices=[("", "All"), *((name, words) for name, (words, _) in KINDS.items())],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("to", "To"), ("from", "From")):
            picker = forms.DateInput(attrs={"type": "date"})
            wrong = {
                "required": "Choose the day from which to compare",
                "invalid": f"“{label}” is no date: write it as 31/12/2019",
            }
            self.fields[name] = DayField(
                label=label, widget=picker, required=name == "from", error_messages=wrong
            )
            self.fields = {name: self.fields.pop(name), **self.fields}

    def clean_to(self) -> date:
        return self.cleaned_data["to"] or clock.today()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("from"), data.get("to")
        if first and last and first > last:
            self.add_error("from", "“From” is after “To”: swap the two days")
        elif first and first == last:
            self.add_error("from", "The two days are the same: choose two days")
        if (text := data.get("commissioner")) and last:
            self.called = commissioners_called(text, last)
            if not self.called:
                self.add_error("commissioner", f"No commissioner has the code or name “{text}”")
        return data

    @property
    def is_swapped(self) -> bool:
        """Whether the days would do in the other order."""
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        typed = written_day(self.data.get("from", ""))
        return not first and bool(last and typed and self.data.get("to") and typed > last)

    def between(self) -> Between:
        data = self.cleaned_data
        return Between(data["from"], data["to"], getattr(self, "called", None))
