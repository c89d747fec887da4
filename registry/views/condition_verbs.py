"""One page for each verb of a condition, and for what was promised in answer."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from pcnportal.pages.cards import cards
from pcnportal.pages.pages import FormPage
from pcnportal.refusals import Refused
from registry.conditions import items_held, waiting_evidence, why_not_judged_by, why_nothing_decided
from registry.forms.conditions import (
    BodyJudgeForm,
    CommitmentForm,
    EvidenceForm,
    ExtendForm,
    HappenedForm,
    PartyForm,
    RoleJudgeForm,
    WaiveForm,
)
from registry.forms.sources import sources_near
from registry.models import Case, Commitment, Condition
from registry.workflow.condition_items import waiting_items
from registry.workflow.conditions import (
    PERMISSIONS,
    extend,
    judge,
    record_commitment,
    record_expected_event,
    submit_evidence,
    waive,
)


class ConditionVerb(FormPage):
    """A verb of an open condition. `seen` is the version of its case."""

    see = "registry.view_case"
    scope = "case.commissioner_id"
    model = Condition
    template_name = "registry/condition_form.jinja"

    def queryset(self) -> "QuerySet[Any]":
        return Condition.objects.select_related(
            "case__pcn__organisation", "case__commissioner", "decision__body", "discharge_body"
        ).prefetch_related("evidence__submitted_by", "evidence__document")

    def version(self) -> int:
        return self.object.case.version

    def get_caption(self) -> str:
        return str(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Conditions", reverse("registry:conditions")), (str(self.object), self.back())]

    def guard(self) -> None:
        if self.object.result:
            raise Refused(f"The condition is closed already: {self.object.get_result_display()}.")

    # A source that the form names is kept only where the verb goes through.
    @transaction.atomic
    def save(self, form: Any) -> Any:
        return self.call(form, by=self.request.user, seen=form.cleaned_data["seen"])

    def call(self, form: Any, **who: Any) -> Any:
        raise NotImplementedError

    def decided_by(self, body: Any, evidence: Any = None) -> dict[str, Any]:
        items = items_held(self.object, body, evidence)
        return {"items": items, "sources": sources_near(self.object.case)}

    def agenda(self, body: Any) -> str:
        """Where to put it on an agenda of `body`; empty where it waits on one, or the user may not."""
        waits = waiting_items(self.object).filter(meeting__body=body).exists()
        may = self.request.user.can(PERMISSIONS["put_on_agenda"], self.object.case.commissioner_id)
        return reverse("registry:condition_agenda", args=[self.object.pk]) if may and not waits else ""


class SubmitEvidence(ConditionVerb):
    permission = PERMISSIONS["submit_evidence"]
    title = "Submit evidence"
    button = "Submit the evidence"
    done = "The evidence is submitted."
    form_class = EvidenceForm

    def form_kwargs(self) -> dict[str, Any]:
        return {"documents": self.object.case.documents.all(), "sources": sources_near(self.object.case)}

    def context(self) -> dict[str, Any]:
        return {"add_document": reverse("registry:add_document", args=[self.object.case_id])}

    def call(self, form: Any, **who: Any) -> None:
        facts = {"text": form.cleaned_data["text"], "document": form.cleaned_data.get("document")}
        submit_evidence(self.object, **facts, source=form.chosen_source(), **who)


class Judge(ConditionVerb):
    permission = PERMISSIONS["judge"]
    title = "Judge the evidence"
    button = "Save the judgement"
    done = "The judgement is recorded."

    def guard(self) -> None:
        super().guard()
        if sentence := why_not_judged_by(self.object, self.request.user):
            raise Refused(sentence)

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return BodyJudgeForm if self.object.discharge_body_id else RoleJudgeForm

    def form_kwargs(self) -> dict[str, Any]:
        body = self.object.discharge_body
        return self.decided_by(body, waiting_evidence(self.object)) if body else {}

    def context(self) -> dict[str, Any]:
        body = self.object.discharge_body
        return {
            "evidence": waiting_evidence(self.object),
            "agenda": self.agenda(body) if body and not self.object.result else "",
        }

    def call(self, form: Any, **who: Any) -> None:
        said = {name: form.cleaned_data[name] for name in ("judgement", "note")}
        decided = form.decided() if self.object.discharge_body_id else {}
        judge(self.object, **said, **decided, **who)


class Extend(ConditionVerb):
    permission = PERMISSIONS["extend"]
    title = "Extend the date"
    button = "Save the new date"
    done = "The date is extended."
    form_class = ExtendForm

    def call(self, form: Any, **who: Any) -> None:
        extend(self.object, due_on=form.cleaned_data["due_on"], reason=form.cleaned_data["reason"], **who)


class Waive(ConditionVerb):
    permission = PERMISSIONS["waive"]
    title = "Record a waiver"
    button = "Waive the condition"
    warning = True
    done = "The condition is waived."
    form_class = WaiveForm

    def guard(self) -> None:
        super().guard()
        if sentence := why_nothing_decided(self.object, self.object.decision.body):
            raise Refused(sentence)

    def form_kwargs(self) -> dict[str, Any]:
        return self.decided_by(self.object.decision.body)

    def context(self) -> dict[str, Any]:
        body = self.object.decision.body
        return {
            "intro": f"Only {body}, which set the condition, may waive it.",
            "agenda": "" if self.object.result else self.agenda(body),
        }

    def call(self, form: Any, **who: Any) -> None:
        waive(self.object, reason=form.cleaned_data["reason"], **form.decided(), **who)


class RecordCommitment(FormPage):
    permission = PERMISSIONS["record_commitment"]
    see = "registry.view_case"
    scope = "commissioner_id"
    model = Case
    title = "Record a commitment"
    intro = "What somebody promised in answer: an agreement, an assurance, an event that is expected."
    button = "Record the commitment"
    done = "The commitment is recorded."
    form_class = CommitmentForm
    cards = {"parties": cards(PartyForm, title="Party", add="Add a party")}

    def queryset(self) -> "QuerySet[Any]":
        return Case.objects.select_related("pcn__organisation", "commissioner")

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Registrations", reverse("registry:registrations")), (str(self.object), self.back())]

    def get_caption(self) -> str:
        return str(self.object)

    def initial(self) -> dict[str, Any]:
        return {"condition": self.request.GET.get("condition", "")}

    def form_kwargs(self) -> dict[str, Any]:
        asked = self.object.conditions.exclude(result=Condition.Result.REPLACED).order_by(
            "decision", "number"
        )
        return {"conditions": asked, "sources": sources_near(self.object)}

    @transaction.atomic
    def save(self, form: Any) -> Any:
        facts, parties = form.facts(), [card["organisation"] for card in self.cards_data["parties"]]
        record_commitment(
            self.object, by=self.request.user, seen=form.cleaned_data["seen"], parties=parties, **facts
        )
        return facts["condition"]


class Happened(FormPage):
    permission = PERMISSIONS["record_commitment"]
    see = "registry.view_case"
    scope = "case.commissioner_id"
    model = Commitment
    title = "Record that it happened"
    button = "Save"
    done = "Recorded."
    form_class = HappenedForm

    def queryset(self) -> "QuerySet[Any]":
        return Commitment.objects.select_related(
            "case__pcn__organisation", "case__commissioner", "condition__case__pcn__organisation"
        )

    def version(self) -> int:
        return self.object.case.version

    def get_caption(self) -> str:
        return self.object.get_kind_display()

    def context(self) -> dict[str, Any]:
        return {"intro": f"{self.object.text}."}

    def guard(self) -> None:
        if self.object.happened_on:
            raise Refused(f"Recorded already: {self.object.happened_on:%-d %B %Y}.")

    def back(self) -> str:
        return (self.object.condition or self.object.case).get_absolute_url()

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        about = self.object.condition or self.object.case
        return [("Conditions", reverse("registry:conditions")), (str(about), self.back())]

    def save(self, form: Any) -> str:
        day = form.cleaned_data["happened_on"]
        record_expected_event(
            self.object, by=self.request.user, seen=form.cleaned_data["seen"], happened_on=day
        )
        return self.back()
