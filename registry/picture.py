"""All that is held about one registration, read in a constant number of queries."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from governance.models import AgendaItem, Body
from registry.checklist.facts import members_of, with_facts
from registry.models import (
    Case,
    Commitment,
    Condition,
    Decision,
    Document,
    ListSize,
    PCNPeriod,
    Submission,
    SubmittedDirector,
)
from registry.population import SizeCheck, size_check
from registry.review import Review, review_of
from registry.workflow.outcomes import CASE_DECISIONS, OUTCOME, holding_up, outcome_words

ENDORSEMENTS = (Decision.Outcome.ENDORSED, Decision.Outcome.ENDORSEMENT_DECLINED)


@dataclass(frozen=True)
class ListTotal:
    """The current members' registered lists added up; indicative where they are not of the form's day."""

    patients: Decimal
    held: int
    wanted: int
    dated: str
    is_indicative: bool
    sources: tuple[str, ...]

    def off(self, stated: int) -> tuple[Decimal, Decimal]:
        """By how many patients, and in which ratio, the lists differ from the stated size."""
        return self.patients - stated, (self.patients - stated) / stated


@dataclass(frozen=True)
class Picture:
    """A case and what belongs to it, as it stands on `day`. `members` carry their newest list sizes."""

    case: Any
    day: date
    review: Review
    members: list[Any]
    directors: list[SubmittedDirector]
    decisions: list[Decision]
    conditions: list[Condition]
    commitments: list[Commitment]
    documents: list[Document]
    versions: list[Submission]
    item: AgendaItem | None
    live_on: date | None

    @property
    def form(self) -> Submission | None:
        form: Submission | None = self.case.current
        return form

    @cached_property
    def decision(self) -> Decision | None:
        """The committee's decision in force."""
        return self._standing(CASE_DECISIONS)

    @cached_property
    def endorsement(self) -> Decision | None:
        """The panel's decision since the committee's that stands."""
        found = self._standing(ENDORSEMENTS)
        return found if found and self.decision and found.pk > self.decision.pk else None

    @cached_property
    def latest(self) -> Decision | None:
        """The newest decision of either body that stands, a deferral among them."""
        return self._standing(OUTCOME.values())

    @property
    def is_deferred(self) -> bool:
        return self.since == Decision.Outcome.DEFERRED.label

    @property
    def is_declined(self) -> bool:
        return self.since == Decision.Outcome.ENDORSEMENT_DECLINED.label

    @property
    def since(self) -> str:
        """Deferred or Endorsement declined, where that was decided last and holds the case up; or nothing."""
        latest = self.latest
        return holding_up(self.case, latest.outcome, latest.submission_id) if latest else ""

    @property
    def tags(self) -> list[str]:
        """The stage, what holds the case up, and the decision in force."""
        wanted = "Re-review wanted" if self.case.review_wanted_because else ""
        words = (wanted, self.case.get_status_display(), self.since, self.outcome)
        return [str(word) for word in dict.fromkeys(words) if word]

    def _standing(self, outcomes: Any) -> Decision | None:
        found = [d for d in self.decisions if d.outcome in outcomes and replaced_by(d) is None]
        return max(found, key=lambda d: d.pk, default=None)

    def words_of(self, decision: Decision) -> str:
        """Approved with conditions, Deferred, …"""
        return outcome_words(decision.outcome, sum(c.decision_id == decision.pk for c in self.conditions))

    @property
    def outcome(self) -> str:
        return self.words_of(self.decision) if self.decision else ""

    @property
    def open_conditions(self) -> list[Condition]:
        return [c for c in self.conditions if not c.result]

    @property
    def current_members(self) -> list[Any]:
        return [m for m in self.members if not m.has_withdrawn]

    @property
    def is_regional_answer_missing(self) -> bool:
        approved = bool(self.decision) and self.decision.outcome == Decision.Outcome.APPROVED  # type: ignore[union-attr]
        return approved and any(not d.reply for d in self.review.departures.values())

    @property
    def size(self) -> SizeCheck:
        line = next((a.line for a in self.review.lines if a.line.rule == "population"), None)
        stated = self.form.stated_list_size if self.form else None
        return size_check(stated, line.parameters if line else {})

    @property
    def panel(self) -> Body | None:
        """The body that endorses for this commissioner, where there is one."""
        profile = getattr(self.case.commissioner, "commissioning", None)
        return profile.endorsing_body if profile else None

    @cached_property
    def lists(self) -> ListTotal | None:
        """None where no list of a current member is held."""
        members = self.current_members
        exact = bool(members) and all(m.exact is not None for m in members)
        rows = [(m.exact if exact else m.nearest, m) for m in members]
        held = [(size, m) for size, m in rows if size is not None]
        if not held:
            return None
        dates = [f"at {self.form.stated_as_at:%-d %B %Y}"] if exact else [dated(m) for _, m in held]  # type: ignore[union-attr]
        return ListTotal(
            patients=sum((s for s, _ in held), Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP),
            held=len(held),
            wanted=len(members),
            dated=" and ".join(sorted(set(dates))),
            is_indicative=not exact,
            sources=tuple(sorted({m.list_source for _, m in held if m.list_source})),
        )


def dated(member: Any) -> str:
    """Of when the newest list size of a member is: at 1 January 2019, or a year's average."""
    if member.nearest_as_at is None:
        return ""
    if member.nearest_from:
        return f"average from {member.nearest_from:%-d %B %Y} to {member.nearest_as_at:%-d %B %Y}"
    return f"at {member.nearest_as_at:%-d %B %Y}"


def replaced_by(decision: Decision) -> Decision | None:
    return getattr(decision, "superseded_by", None)


def pictured_cases() -> QuerySet[Case]:
    """Cases with all that a picture reads of their own row."""
    return with_facts(Case.objects.all()).select_related(
        "pcn__organisation",
        "commissioner__commissioning__endorsing_body",
        "commissioner__commissioning__deciding_body",
        "round__source",
        "current__payee",
        "current__source",
    )


def picture_of(case: Case, day: date) -> Picture:
    """The picture of a case that comes from `pictured_cases`."""
    form = case.current_id
    people = SubmittedDirector.objects.filter(submission=form).select_related(
        "person", "practice__organisation"
    )
    decisions = case.decisions.select_related(
        "body", "item__meeting", "recorded_by", "source", "quorum_source", "letter", "superseded_by"
    )
    conditions = case.conditions.select_related(
        "owner_person", "owner_organisation", "discharge_body", "decision", "closed_by"
    ).prefetch_related("evidence")
    live = PCNPeriod.objects.standing().filter(case=case, status=PCNPeriod.Status.LIVE)
    return Picture(
        case=case,
        day=day,
        review=review_of(case, day),
        members=list(_members(case, day)),
        directors=list(people),
        decisions=list(decisions),
        conditions=list(conditions),
        commitments=list(case.commitments.select_related("source", "condition").prefetch_related("parties")),
        documents=list(case.documents.select_related("uploaded_by")),
        versions=list(case.submissions.order_by("-number")),
        item=_undecided_item(case),
        live_on=live.values_list("starts_on", flat=True).first(),
    )


def _members(case: Case, day: date) -> QuerySet[Any]:
    """The form's members with their list sizes, and the source of the size that is shown."""
    sizes = (
        ListSize.objects.standing()
        .filter(organisation=OuterRef("practice_id"), kind=ListSize.Kind.REGISTERED)
        .order_by("-as_at", "-pk")
        .values("source__title")
    )
    exact = sizes.filter(as_at=OuterRef("submission__stated_as_at"), averaged_from__isnull=True)
    return members_of([case.current_id] if case.current_id else [], day).annotate(
        list_source=Coalesce(Subquery(exact[:1]), Subquery(sizes.filter(as_at__lte=day)[:1])),
        list_size=Coalesce(F("exact"), F("nearest")),
    )


def _undecided_item(case: Case) -> AgendaItem | None:
    """The newest agenda item about the case that waits for its body's decision."""
    decided = Decision.objects.filter(item=OuterRef("pk"), case=case, outcome__in=OUTCOME.values())
    return (
        AgendaItem.objects.filter(
            subject_type=ContentType.objects.get_for_model(Case), subject_id=case.pk, is_taken_off=False
        )
        .exclude(Exists(decided) | Q(meeting__is_cancelled=True) | ~Q(stood_over_because=""))
        .select_related("meeting__body")
        .order_by("-meeting__held_on", "-pk")
        .first()
    )


__all__ = ["ListTotal", "Picture", "dated", "picture_of", "pictured_cases", "replaced_by"]
