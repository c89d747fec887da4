"""Bodies to read, and the quorum rules that an administrator keeps."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q

from governance.models import Body, QuorumRule
from governance.offices import HINT, read_offices, written_offices
from pcnportal.history.admin import DatedForm, Kept, ReadOnly
from pcnportal.people.models import Organisation


@admin.register(Body)
class BodyAdmin(ReadOnly):
    list_display = ["name", "kind", "organisation"]
    list_select_related = ["organisation"]
    search_fields = ["name"]
    fields = ["name", "kind", "organisation", "serves", "purpose", "source"]


class QuorumRuleForm(DatedForm):
    """The offices are typed one a line: the number, then the office."""

    voting_members = forms.IntegerField(label="Voting members at least", min_value=1)
    offices = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=HINT,
    )

    class Meta:
        model = QuorumRule
        fields = ["body", "voting_members", "offices", "starts_on", "ends_on", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["offices"] = written_offices(self.instance.offices or [])

    def clean_offices(self) -> list[dict[str, Any]]:
        try:
            return read_offices(self.cleaned_data["offices"])
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong

    def clean(self) -> dict[str, Any]:
        """Two rules of a body may not hold on the same day."""
        data = super().clean()
        body, starts, ends = data.get("body"), data.get("starts_on"), data.get("ends_on")
        others = QuorumRule.objects.filter(body=body).exclude(pk=self.instance.pk)
        if starts:
            others = others.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts))
        if ends:
            others = others.filter(Q(starts_on__isnull=True) | Q(starts_on__lt=ends))
        if body and (other := others.first()):
            raise forms.ValidationError(f"Another rule of this body holds then: {other}. Let it end first.")
        return data


@admin.register(QuorumRule)
class QuorumRuleAdmin(Kept):
    permission = "governance.change_quorumrule"
    form = QuorumRuleForm
    list_display = ["body", "__str__", "starts_on", "ends_on"]
    list_select_related = ["body"]

    def commissioner_of(self, rule: QuorumRule) -> Organisation:
        return rule.body.organisation
