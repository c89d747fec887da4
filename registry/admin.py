"""The register to read, and the checklists that an administrator keeps. Cases are not shown here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from pcnportal.history.admin import DatedForm, Kept, ReadOnly, user_of
from registry.checklist.rules import RULES
from registry.models import (
    PCN,
    Checklist,
    ChecklistItem,
    ClinicalDirector,
    Commissioner,
    ListSize,
    Membership,
    NominatedPayee,
    PCNPeriod,
    Practice,
    Round,
)

# The figures that a rule reads.
FIGURES = {"population": ("minimum", "maximum"), "list-total": ("tolerance_percent",)}
CHECKLIST = "registry.change_checklist"


@admin.register(Practice, PCN)
class OfRegisterAdmin(ReadOnly):
    list_display = ["__str__", "code", "commissioner"]
    list_select_related = ["organisation", "commissioner"]
    search_fields = ["organisation__name", "organisation__code"]

    @admin.display(description="ODS code", ordering="organisation__code")
    def code(self, row: Practice | PCN) -> str:
        return row.organisation.code or "none yet"


@admin.register(Membership, ClinicalDirector, NominatedPayee, PCNPeriod)
class DatedAdmin(ReadOnly):
    """Facts of the register with their dates; the case they come from is its commissioner's alone."""

    exclude = ["case"]
    list_display = ["__str__", "pcn", "starts_on", "ends_on"]
    list_select_related = ["pcn__organisation", "source"]
    search_fields = ["pcn__organisation__name"]


@admin.register(ListSize)
class ListSizeAdmin(ReadOnly):
    list_display = ["organisation", "kind", "as_at", "averaged_from", "patients", "source"]
    list_select_related = ["organisation", "source"]
    list_filter = ["kind"]
    search_fields = ["organisation__name", "organisation__code"]


@admin.register(Commissioner)
class CommissionerAdmin(ReadOnly):
    list_display = ["__str__", "short_name", "region", "deciding_body", "endorsing_body", "local_criteria"]
    list_select_related = ["organisation", "region", "deciding_body", "endorsing_body"]


@admin.register(Round)
class RoundAdmin(ReadOnly):
    list_display = ["year", "title", "list_size_on", "deadline", "confirm_by", "go_live_on"]


class ItemForm(forms.ModelForm):
    rule = forms.ChoiceField(
        choices=[("", "A person answers it"), *((name, name) for name in RULES)],
        required=False,
        help_text="The rule that computes the line.",
    )

    class Meta:
        model = ChecklistItem
        fields = ["position", "key", "title", "requirement", "why", "rule", "parameters"]
        widgets = {
            "requirement": forms.Textarea(attrs={"rows": 3}),
            "why": forms.Textarea(attrs={"rows": 2}),
            "parameters": forms.Textarea(attrs={"rows": 2}),
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["parameters"] = figures = data.get("parameters") or {}
        if not isinstance(figures, dict):
            raise forms.ValidationError('Write the parameters as in {"minimum": 30000}.')
        for name in FIGURES.get(data.get("rule", ""), ()):
            if not isinstance(figures.get(name), int | float):
                raise forms.ValidationError(f"The rule “{data['rule']}” needs a number “{name}”.")
        if data.get("rule") == "population" and figures["minimum"] > figures["maximum"]:
            raise forms.ValidationError("The minimum is above the maximum.")
        return data

    def clean_key(self) -> str:
        """A review takes up the national and a local checklist together: they share no key."""
        key, own = self.cleaned_data["key"], self.data.get("slug", "")
        elsewhere = ChecklistItem.objects.filter(key=key).exclude(checklist__slug=own)
        if elsewhere.exists():
            raise forms.ValidationError(f"“{key}” is a key of {elsewhere[0].checklist} already.")
        return str(key)


class Items(admin.StackedInline):
    model = ChecklistItem
    form = ItemForm
    extra = 0
    can_delete = False
    ordering = ["position"]

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return user_of(request).can(CHECKLIST)

    def has_add_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return user_of(request).can(CHECKLIST)

    def has_change_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return user_of(request).can(CHECKLIST)


@admin.register(Checklist)
class ChecklistAdmin(Kept):
    """Reviews that are open keep the wording they began with. A new edition: save as new."""

    permission = CHECKLIST
    form = DatedForm
    inlines = [Items]
    save_as = True
    list_display = ["title", "edition", "is_national", "starts_on", "ends_on"]
