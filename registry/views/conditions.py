"""The conditions of a commissioner, and one of them."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from pcnportal import clock
from pcnportal.history.models import Event
from pcnportal.pages.lists import ListPage
from pcnportal.pages.pages import DetailPage
from registry.conditions import available_for, waiting_evidence, with_state
from registry.filters.conditions import ConditionFilter
from registry.leaning import leaning_of
from registry.models import Commitment, Condition, DueDateChange, Evidence
from registry.tables.conditions import PCN, ConditionTable
from registry.workflow.conditions import PERMISSIONS

COLUMNS = (
    "pk",
    "number",
    "text",
    "due_on",
    "due_event",
    "timing",
    "discharge_role",
    "discharge_body__name",
    "result",
    "closed_on",
    "owner_name",
    "state",
    "attention",
    "awaits_judgement",
    "decision__body__name",
    "decision__decided_on",
    "case__round__year",
    "case__commissioner__name",
    PCN,
)

ADDRESSES = {"put_on_agenda": "condition_agenda"}


class ConditionList(ListPage):
    permission = "registry.view_case"
    scope = "case__commissioner_id"
    title = "Conditions"
    what = ("condition", "conditions")
    intro = "What the committee asked of a network, until it is met. What needs attention comes first."
    template_name = "registry/conditions.jinja"
    model = Condition
    table_class = ConditionTable
    filterset_class = ConditionFilter

    def rows(self) -> "QuerySet[Any]":
        named = Condition.objects.annotate(
            owner_name=Coalesce("owner_person__name", "owner_organisation__name")
        )
        return (
            with_state(named, clock.today())
            .order_by("attention", F("due_on").asc(nulls_last=True), PCN, "number", "pk")
            .values_list(*COLUMNS, named=True)
        )


class ConditionPage(DetailPage):
    permission = "registry.view_case"
    scope = "case.commissioner_id"
    model = Condition
    template_name = "registry/condition.jinja"
    caption = "Condition"

    def queryset(self) -> "QuerySet[Any]":
        evidence = Evidence.objects.select_related(
            "document", "source", "submitted_by", "judged_by", "decision__item__meeting__body"
        )
        commitments = Commitment.objects.select_related("source").prefetch_related("parties")
        return Condition.objects.select_related(
            "case__pcn__organisation",
            "case__commissioner",
            "case__round",
            "decision__body",
            "decision__source",
            "decision__item__meeting__body",
            "owner_organisation",
            "owner_person",
            "discharge_body",
            "closed_by",
            "closing_decision__body",
            "closing_decision__item__meeting__body",
        ).prefetch_related(
            Prefetch("evidence", evidence),
            Prefetch("commitments", commitments),
            Prefetch("date_changes", DueDateChange.objects.select_related("by")),
        )

    def get_caption(self) -> str:
        return f"{self.object.case.commissioner}, {self.object.case.round}"

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        case = self.object.case
        return [("Conditions", reverse("registry:conditions")), (str(case), case.get_absolute_url())]

    def context(self) -> dict[str, Any]:
        condition, user = self.object, self.request.user
        commitments = list(condition.commitments.all())
        return {
            "actions": [self.action(choice) for choice in available_for(condition, user)],
            "waits": waiting_evidence(condition),
            "commitments": commitments,
            "leaning": leaning_of(condition, commitments, user),
            "may_record": user.can(PERMISSIONS["record_commitment"], condition.case.commissioner_id),
            "events": self.events(),
        }

    def action(self, choice: Any) -> dict[str, str]:
        if choice.verb == "record_commitment":
            case = self.object.case_id
            href = f"{reverse('registry:record_commitment', args=[case])}?condition={self.object.pk}"
        else:
            name = ADDRESSES.get(choice.verb, choice.verb)
            href = reverse(f"registry:{name}", args=[self.object.pk])
        return {"text": choice.label, "href": href, "missing": choice.missing}

    def events(self) -> "QuerySet[Event]":
        kind = ContentType.objects.get_for_model(Condition)
        return Event.objects.filter(subject_type=kind, subject_id=self.object.pk).select_related("by")
