"""The list of what the portal doubts, and the rules of every floor."""

from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.urls import reverse

import funding.findings
import governance.findings
import registry.findings
from pcnportal.findings.models import Finding
from pcnportal.findings.refresh import Refreshed, refresh
from pcnportal.findings.rules import GROUPS
from pcnportal.findings.work import SEE, may_read, newest_and_largest, readable
from pcnportal.pages.lists import ListPage
from pcnportal.pages.tables import Column, Status, Table
from pcnportal.people.models import Organisation

RULES = (*registry.findings.RULES, *governance.findings.RULES, *funding.findings.RULES)
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
    rule = RuleColumn("Rule", order_by=("rule", "about", "pk"))
    about = Column(
        "Subject", to=lambda row: reverse("finding", args=[row.pk]), order_by=("about", "rule", "pk")
    )
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
        chosen = may_read(self.request.user, RULES)
        self.filters["rule"].extra["choices"] = [(rule.slug, rule.title) for rule in chosen]
        groups = {rule.group for rule in chosen}
        self.filters["group"].extra["choices"] = [one for one in GROUPS.items() if one[0] in groups]
        own = Organisation.objects.filter(pk__in=self.request.user.scope(SEE)).values_list("pk", "name")
        if len(own) > 1:
            self.filters["commissioner"].extra["choices"] = list(own)
        else:
            del self.filters["commissioner"]

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
