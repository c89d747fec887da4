"""Findings: what the portal doubts, each with what was stated and found, and what somebody did about it."""

from itertools import groupby
from operator import attrgetter
from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.urls import path, reverse

import governance.findings
import registry.findings
from pcnportal.findings.answers import PERMISSION, accept, reopen, wait
from pcnportal.findings.models import Finding
from pcnportal.findings.refresh import Refreshed, refresh
from pcnportal.findings.rules import GROUPS, Mend
from pcnportal.findings.work import SEE, counts_by_rule, newest_and_largest, readable
from pcnportal.history.record import events_of
from pcnportal.pages.acts import act
from pcnportal.pages.forms import ReasonForm
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage, FormPage
from pcnportal.pages.tables import Column, Status, Table
from pcnportal.people.models import Organisation

RULES = (*registry.findings.RULES, *governance.findings.RULES)
IN_GROUPS = sorted(RULES, key=lambda rule: list(GROUPS).index(rule.group))
BY_SLUG = {rule.slug: rule for rule in RULES}

OPEN, WAITING, ACCEPTED, CORRECTED, ALL = "open", "waiting", "accepted", "corrected", "all"
SHOW = [(OPEN, "Open"), (WAITING, "Waiting"), (ACCEPTED, "Accepted"), (CORRECTED, "Corrected"), (ALL, "All")]


def refresh_all() -> Refreshed:
    """Bring all findings up to what the rules of every floor doubt today."""
    return refresh(RULES)


def title_of(rule: str) -> str:
    """The title of a rule by its slug; a rule that is no longer there is named by its slug."""
    return BY_SLUG[rule].title if rule in BY_SLUG else rule.replace("-", " ").capitalize()


class RuleColumn(Column):
    def show(self, value: Any) -> str:
        return title_of(value)


class Difference(Column):
    """In words; sorted by the patients it concerns."""

    def order(self, queryset: "QuerySet[Any]", is_descending: bool) -> tuple["QuerySet[Any]", bool]:
        size = F("patients")
        first = size.desc(nulls_last=True) if is_descending else size.asc(nulls_last=True)
        return queryset.order_by(first, "pk"), True


class FindingTable(Table):
    caption = "What the portal doubts, the newest and largest first"
    rule = RuleColumn("Rule")
    about = Column("Subject", to=lambda row: reverse("finding", args=[row.pk]))
    stated = Column("Stated", orderable=False)
    found = Column("Found", orderable=False)
    difference = Difference("Difference")
    status = Status("Status", orderable=False)
    export_columns = {
        "rule": lambda row: title_of(row.rule),
        "subject": "about",
        "stated": "stated",
        "found": "found",
        "difference": "difference",
        "status": "status",
        "stated_by": "stated_by",
        "found_by": "found_by",
        "patients": "patients",
        "pounds": "pounds",
        "meaning": "meaning",
        "since": "first_seen",
        "commissioner": "commissioner",
        "reason": "reason",
        "waiting_for": "waiting_for",
    }


class FindingFilter(django_filters.FilterSet):
    rule = django_filters.ChoiceFilter(
        label="Rule", choices=[(rule.slug, rule.title) for rule in RULES], empty_label="All"
    )
    group = django_filters.ChoiceFilter(
        label="What differs", choices=list(GROUPS.items()), method="of_group", empty_label="All"
    )
    status = django_filters.ChoiceFilter(
        label="Status", choices=SHOW, method="of_status", empty_label="Not corrected"
    )
    commissioner = django_filters.ChoiceFilter(label="Commissioner", empty_label="All")
    subject = django_filters.CharFilter(label="Subject", field_name="about", lookup_expr="icontains")

    class Meta:
        model = Finding
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=self.request.user.scope(SEE)).values_list("pk", "name")
        self.filters["commissioner"].extra["choices"] = list(own)

    def of_group(self, rows: "QuerySet[Any]", _name: str, group: str) -> "QuerySet[Any]":
        return rows.filter(rule__in=[rule.slug for rule in RULES if rule.group == group])

    def of_status(self, rows: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        if value in (ALL, CORRECTED):
            return rows.filter(gone_on__isnull=False) if value == CORRECTED else rows
        return rows.filter(outcome="" if value == OPEN else value)


class FindingList(ListPage):
    permission = SEE
    title = "Findings"
    what = ("finding", "findings")
    template_name = "findings/list.jinja"
    intro = "What the portal doubts: what was stated does not agree with what was found."
    empty = "The portal doubts nothing."
    model = Finding
    table_class = FindingTable
    filterset_class = FindingFilter

    def rows(self) -> "QuerySet[Any]":
        found = readable(self.request.user).select_related("commissioner").defer("fingerprint")
        if self.request.GET.get("status") not in (CORRECTED, ALL):
            found = found.filter(gone_on__isnull=True)
        return newest_and_largest(found)


class FindingPage(DetailPage):
    permission = SEE
    scope = "commissioner_id"
    model = Finding
    template_name = "findings/finding.jinja"
    breadcrumbs = [("Findings", "findings")]

    def queryset(self) -> "QuerySet[Any]":
        return Finding.objects.select_related("commissioner", "by", "subject_type")

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
        groups = {GROUPS[group]: list(found) for group, found in groupby(IN_GROUPS, attrgetter("group"))}
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
