"""Findings: what the portal doubts, each with what was stated and found, and what somebody did about it."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import path, reverse

from pcnportal.findings.answers import PERMISSION, accept, reopen, wait
from pcnportal.findings.models import Finding
from pcnportal.findings.rules import GROUPS, Mend
from pcnportal.findings.work import SEE, counts_by_rule, may_read, readable
from pcnportal.findings_list import BY_SLUG, IN_GROUPS, FindingList, title_of
from pcnportal.history.record import events_of
from pcnportal.pages.acts import act
from pcnportal.pages.forms import ReasonForm
from pcnportal.pages.pages import DetailPage, FormPage


class FindingPage(DetailPage):
    permission = SEE
    scope = "commissioner_id"
    model = Finding
    template_name = "findings/finding.jinja"
    breadcrumbs = [("Findings", "findings")]

    def queryset(self) -> "QuerySet[Any]":
        return readable(self.request.user).select_related("commissioner", "by", "subject_type")

    def get_title(self) -> str:
        return str(self.object.about)

    def get_caption(self) -> str:
        return title_of(self.object.rule)

    def context(self) -> dict[str, Any]:
        found = self.object
        subject = found.subject
        may_answer = self.request.user.can(PERMISSION, found.commissioner_id) and not found.gone_on
        rule = BY_SLUG.get(found.rule)
        mends: list[Mend] = list(rule.mend(subject, found.key)) if rule and subject and may_answer else []
        return {
            "rule": rule,
            "address": subject.get_absolute_url() if hasattr(subject, "get_absolute_url") else "",
            "actions": [*_answers(found), *_links(mends)] if may_answer else [],
            "events": events_of(found),
        }


def _answers(found: Finding) -> list[dict[str, str]]:
    """The verbs that are open to a finding: accept and wait, and open again once something was said."""
    verbs = [("Accept it with a reason", "accept_finding"), ("Say what it waits for", "wait_for_finding")]
    if found.outcome == Finding.Outcome.ACCEPTED:
        verbs = [("Open it again", "reopen_finding")]
    elif found.outcome:
        verbs.append(("Open it again", "reopen_finding"))
    return [{"text": text, "href": reverse(name, args=[found.pk])} for text, name in verbs]


def _links(mends: list[Mend]) -> list[dict[str, str]]:
    return [{"text": mend.text, "href": mend.href} for mend in mends]


class RulesPage(DetailPage):
    permission = SEE
    title = "What the portal asks"
    template_name = "findings/rules.jinja"
    breadcrumbs = [("Findings", "findings")]

    def context(self) -> dict[str, Any]:
        shown = may_read(self.request.user, IN_GROUPS)
        groups = {GROUPS[group]: list(found) for group, found in groupby(shown, attrgetter("group"))}
        return {"groups": groups, "counts": counts_by_rule(self.request.user, BY_SLUG)}


class WaitForm(ReasonForm):
    waiting_for = forms.CharField(label="Waiting for", max_length=200, help_text="Who has to answer, or what")
    field_order = ["waiting_for", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = False


ANSWER: dict[str, Any] = {
    "permission": PERMISSION,
    "see": SEE,
    "scope": "commissioner_id",
    "model": Finding,
    "template_name": "findings/answer.jinja",
}


class WaitPage(FormPage):
    permission, see, scope = PERMISSION, SEE, "commissioner_id"
    model, template_name = Finding, "findings/answer.jinja"
    form_class = WaitForm
    title, button, done = "Say what the finding waits for", "Save", "Recorded what the finding waits for."

    def save(self, form: Any) -> None:
        wait(self.object, by=self.request.user, **form.cleaned_data)


urlpatterns = [
    path("findings/", FindingList.as_view(), name="findings"),
    path("findings/rules/", RulesPage.as_view(), name="finding_rules"),
    path("findings/<int:pk>/", FindingPage.as_view(), name="finding"),
    path(
        "findings/<int:pk>/accept/",
        act(
            accept,
            reason="required",
            title="Accept the finding as it stands",
            button="Accept",
            **ANSWER,
            done="The finding is accepted. It opens again when what was stated or found changes.",
        ),
        name="accept_finding",
    ),
    path("findings/<int:pk>/wait/", WaitPage.as_view(), name="wait_for_finding"),
    path(
        "findings/<int:pk>/reopen/",
        act(
            reopen,
            reason="optional",
            title="Open the finding again",
            button="Open again",
            **ANSWER,
            done="The finding is open again.",
        ),
        name="reopen_finding",
    ),
]
