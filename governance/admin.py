"""Bodies to read, and the quorum rules that an administrator keeps."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q

from governance.models import Body, QuorumRule
from pcnportal.history.admin import DatedForm, Kept, ReadOnly
from pcnportal.people.models import Organisation

OFFICE = re.compile(r"(\d+)\s+(\S.*)")


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
        help_text="One a line, with the number wanted: 1 chair, 2 lay member.",
    )

    class Meta:
        model = QuorumRule
        fields = ["body", "voting_members", "offices", "starts_on", "ends_on", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.instance.offices or []
        self.initial["offices"] = "\n".join(f"{o['at_least']} {o['office']}" for o in held)

    def clean_offices(self) -> list[dict[str, Any]]:
        wanted = []
        for line in filter(None, map(str.strip, self.cleaned_data["offices"].splitlines())):
            found = OFFICE.fullmatch(line)
            if not found or not int(found[1]):
                raise forms.ValidationError(f"Begin with the number that is wanted: “{line}”.")
            wanted.append({"office": found[2], "at_least": int(found[1])})
        return wanted

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
