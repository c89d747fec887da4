"""Forms of staff: the baseline, a post, a claim and its judgement."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from funding.models import Claim, Payment
from pcnportal.pages.fields import DateField, LookupField, RecordChoice
from pcnportal.pages.forms import PortalForm, Seen
from pcnportal.pages.uploads import LARGEST
from registry.models import PCN

from .rates import SourceForm, words

MEGABYTE = 1024 * 1024


class OfPCNForm(SourceForm):
    """Asks for one of the PCNs in `scope`, ids of commissioners."""

    pcn = LookupField(
        PCN.objects.none,
        label="PCN",
        help_text="Its name, a part of it, or its ODS code.",
        what="PCN",
        code="organisation__code",
        name="organisation__name",
    )
    payment = RecordChoice(
        Payment.objects.filter(baseline_on__isnull=False),
        label="Role",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, scope: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["pcn"]
        field._queryset = PCN.objects.filter(commissioner__in=scope)


class BaselineForm(OfPCNForm):
    wte = forms.DecimalField(
        label="Whole-time equivalents in post", min_value=0, max_digits=5, decimal_places=2
    )
    reason = words("Why an earlier figure is replaced", required=False, rows=2)
    field_order = ["pcn", "payment", "wte"]
    options = {"wte": {"width": 5}}


class PostForm(OfPCNForm):
    title = forms.CharField(
        label="Post", max_length=120, help_text="What tells it from others. No name of a person."
    )
    wte = forms.DecimalField(
        label="Whole-time equivalents", min_value=0, max_value=1, max_digits=3, decimal_places=2
    )
    starts_on = DateField(label="Filled on", not_after_today=True)
    field_order = ["pcn", "payment", "title", "wte", "starts_on"]
    options = {"wte": {"width": 5}}


class VacateForm(PortalForm):
    ends_on = DateField(label="Vacant from", help_text="The first day on which nobody is in it.")


class ClaimForm(PortalForm):
    month = forms.TypedChoiceField(label="Month", coerce=date.fromisoformat)
    cost = forms.DecimalField(
        label="What the post cost in the month",
        help_text="The salary with the employer’s national insurance and pension, before any part of it is "
        "reimbursed.",
        min_value=0,
        max_digits=12,
        decimal_places=2,
    )
    holds_private_details = forms.ChoiceField(
        label="Does the file hold bank details or patient information?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether the file holds bank details or patient information"},
    )
    file = forms.FileField(
        label="Evidence of the cost",
        help_text="A PDF, Word document, spreadsheet without macros (.xlsx, .ods or .csv), PNG or JPEG "
        f"image, {LARGEST // MEGABYTE} MB at most.",
        max_length=1000,
    )
    options = {
        "cost": {"width": 10, "prefix": "£"},
        "holds_private_details": {"inline": True, "small": True},
    }

    def __init__(self, *args: Any, months: Iterable[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["month"]
        field.choices = [("", "Choose a month"), *((m.isoformat(), f"{m:%B %Y}") for m in months)]


class JudgeForm(Seen, PortalForm):
    status = forms.ChoiceField(
        label="Is the claim agreed?",
        choices=[(Claim.Status.AGREED.value, "Agreed"), (Claim.Status.REFUSED.value, "Refused")],
        widget=forms.RadioSelect,
    )
    reason = words("Reason", required=False, help_text="Needed where it is refused.")
    options = {"status": {"hints": {Claim.Status.AGREED.value: "It is paid with the next payment run."}}}
