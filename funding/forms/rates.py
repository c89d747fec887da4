"""Forms of a rate: entering one, replacing it, vouching for it."""

from typing import Any

from django import forms

from funding.models import FinancialYear, Payment, Rate
from pcnportal.pages.fields import DateField, RecordChoice
from pcnportal.pages.forms import PortalForm
from pcnportal.people.models import Organisation

NAMING = ("source_title", "source_date", "source_page")
OF_A_POST = ["percent", "posts", "more_posts", "more_above"]
PERS = [choice for choice in Rate.Per.choices if choice[0] != Rate.Per.NOT_HELD]
FACTS = ("per", "pounds", *OF_A_POST, "note")


def words(label: str, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **kwargs
    )


class SourceForm(PortalForm):
    """Where something was read. `named` are the three words of the source."""

    source_title = forms.CharField(
        label="Where you read it", help_text="The title of the document or page.", max_length=250
    )
    source_date = DateField(label="Date of the source", required=False, not_after_today=True)
    source_page = forms.CharField(label="Page or section", max_length=200, required=False)

    def named(self) -> tuple[Any, ...]:
        return tuple(self.cleaned_data[name] for name in NAMING)


class RateFields(SourceForm):
    per = forms.ChoiceField(label="Counted by", choices=PERS, widget=forms.RadioSelect)
    pounds = forms.DecimalField(label="Pounds for each", max_digits=12, decimal_places=4)
    percent = forms.DecimalField(
        label="Part of the cost that is reimbursed",
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        required=False,
    )
    posts = forms.IntegerField(label="Posts that a PCN may have", min_value=1, max_value=1000, required=False)
    more_posts = forms.IntegerField(
        label="Posts that a large PCN may have", min_value=1, max_value=1000, required=False
    )
    more_above = forms.IntegerField(
        label="Large above, in patients", min_value=1, max_value=10**7, required=False
    )
    note = words("Note", required=False, help_text="What is disputed, or how the source puts it.")
    options = {
        "pounds": {"width": 10, "prefix": "£"},
        "per": {"reveals": {Rate.Per.POST.value: OF_A_POST}},
        "percent": {"width": 5, "suffix": "%", "size": "", "needed": True},
        "posts": {"width": 3, "size": "", "needed": True},
        "more_posts": {"width": 3, "size": ""},
        "more_above": {"width": 10, "size": ""},
        "source_date": {"size": "s"},
    }

    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS}


class AddRateForm(RateFields):
    year = RecordChoice(FinancialYear.objects.all(), label="Year", empty_label="Choose a year")
    payment = RecordChoice(Payment.objects.all(), label="Payment", empty_label="Choose a payment")
    starts_on = DateField(
        label="From", required=False, help_text="Where it is not for the whole period of the payment."
    )
    ends_on = DateField(label="Until", required=False, help_text="The first day on which it no longer holds.")
    field_order = ["year", "payment", *FACTS[:-1], "starts_on", "ends_on", *NAMING, "note"]


class ReplaceRateForm(RateFields):
    reason = words("Why it is replaced")
    field_order = [*FACTS[:-1], *NAMING, "note", "reason"]


class WithdrawRateForm(PortalForm):
    reason = words("Why it is withdrawn")


class ConfirmRateForm(PortalForm):
    """`commissioner` is asked for only where the person may vouch for several."""

    commissioner = RecordChoice(
        Organisation.objects.none(),
        label="For which commissioner",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    reason = words("How you know that the rate is right", help_text="It stays readable beside the rate.")

    def __init__(self, *args: Any, commissioners: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["commissioner"]
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in commissioners])
        if len(commissioners) == 1:
            del self.fields["commissioner"]
