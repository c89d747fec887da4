"""The form by which a payment run is calculated."""

from typing import Any

from django import forms

from funding.models import FinancialYear
from pcnportal.pages.fields import DateField, RecordChoice
from pcnportal.pages.forms import PortalForm
from pcnportal.people.models import Organisation


class CalculateForm(PortalForm):
    """Of which year, by which day and, where the user works for several, for which commissioner."""

    commissioner = RecordChoice(Organisation.objects.none(), empty_label=None, widget=forms.RadioSelect)
    year = RecordChoice(FinancialYear.objects.none(), empty_label=None)
    paid_on = DateField(
        label="Pays what is due by",
        help_text="What is due by this day and was not paid before. Usually the last day of a month.",
    )

    def __init__(self, *args: Any, scope: list[int], years: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        of: Any = self.fields["year"]
        of.queryset = years
        own: Any = self.fields["commissioner"]
        own.queryset = Organisation.objects.filter(pk__in=scope).order_by("name")
        if len(scope) == 1:
            own.widget = forms.HiddenInput()
            own.initial = scope[0]
