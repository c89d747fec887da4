"""Conditions and commitments: evidence, judgement, extension, waiver. Each verb is one transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from governance.models import AgendaItem
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, User
from pcnportal.refusals import Refused
from registry.models import Case, Commitment, Condition, Decision, Document, DueDateChange, Evidence

from .condition_items import decided
from .move import advance

PERMISSIONS = {
    "submit_evidence": "registry.submit_evidence",
    "judge": "registry.judge_condition",
    "extend": "registry.extend_condition",
    "waive": "registry.waive_condition",
    "put_on_agenda": "registry.schedule_case",
    "record_commitment": "registry.record_commitment",
}
OUTCOME = {
    Evidence.Judgement.MET: Decision.Outcome.CONDITION_DISCHARGED,
    Evidence.Judgement.NOT_SATISFIED: Decision.Outcome.CONDITION_NOT_SATISFIED,
}


def open_condition(condition: Condition, verb: str, by: User, seen: int) -> Condition:
    """The condition as held, for a verb that needs it open. `seen` is the version of its case."""
    allow(by, PERMISSIONS[verb], condition.case.commissioner)
    advance(condition.case, seen)
    held = Condition.objects.select_related(
        "case__pcn__organisation", "discharge_body", "decision__body"
    ).get(pk=condition.pk)
    if held.result:
        raise Refused(f"The condition is closed already: {held.get_result_display()}.")
    return held


@transaction.atomic
def submit_evidence(
    condition: Condition,
    *,
    by: User,
    seen: int,
    text: str,
    document: Document | None = None,
    source: Source | None = None,
) -> Evidence:
    """Hand in evidence for an open condition, in words and perhaps with a document of its case."""
    held = open_condition(condition, "submit_evidence", by, seen)
    if not text.strip():
        raise Refused("Say what the evidence shows.", "text")
    if document and document.case_id != held.case_id:
        raise Refused("The document belongs to another case.", "document")
    evidence = Evidence.objects.create(
        condition=held,
        text=text,
        document=document,
        source=source,
        submitted_by=by,
        submitted_on=clock.today_if_held(),
    )
    record(by, "submitted evidence", held, whole=held.case, evidence=evidence.pk)
    return evidence


def why_may_not_judge(condition: Condition, user: User) -> str:
    """The sentence that says who may discharge the condition, where `user` may not; else nothing."""
    if condition.discharge_role:
        holds = any(
            role.role == condition.discharge_role and role.organisation_id == condition.case.commissioner_id
            for role in user.roles_in_force
        )
        return "" if holds else f"Only the {condition.get_discharge_role_display().lower()} may discharge it."
    if not user.can("registry.decide_case", condition.case.commissioner_id):
        return f"Only {condition.discharge_body} may discharge it; its secretary records that."
    return ""


@transaction.atomic
def judge(
    condition: Condition,
    *,
    by: User,
    seen: int,
    judgement: str,
    note: str,
    item: AgendaItem | None = None,
    **quorum: Any,
) -> Evidence:
    """Judge the newest evidence: met closes the condition, not_satisfied leaves it open.

    What a body judges needs the agenda item at which it did so, with its quorum. Raises `Refused` where `by`
    may not discharge it, where no evidence waits, and where who handed it in would judge it.
    """
    held = open_condition(condition, "judge", by, seen)
    if sentence := why_may_not_judge(held, by):
        raise Refused(sentence)
    evidence = held.evidence.filter(judgement="").first()
    if evidence is None:
        raise Refused("No evidence waits to be judged: submit it first.")
    if evidence.submitted_by_id == by.pk:
        raise Refused("You submitted this evidence, so someone else judges it.")
    if judgement not in Evidence.Judgement.values:
        raise Refused("Choose whether the evidence satisfies the condition.", "judgement")
    if not note.strip():
        raise Refused("Say why.", "note")
    decision = None
    if body := held.discharge_body:
        decision = decided(
            held, body, OUTCOME[Evidence.Judgement(judgement)], by, note, item, evidence=evidence, **quorum
        )
    evidence.judgement, evidence.judgement_note, evidence.decision = judgement, note, decision
    evidence.judged_by, evidence.judged_on = by, clock.today_if_held()
    evidence.save()
    if judgement == Evidence.Judgement.MET:
        _close(held, Condition.Result.MET, by, note, decision)
    record(by, f"judged evidence: {evidence.get_judgement_display()}", held, note, whole=held.case)
    return evidence


@transaction.atomic
def extend(condition: Condition, *, by: User, seen: int, due_on: date, reason: str) -> DueDateChange:
    """Move the due date, keeping the old one and the reason."""
    held = open_condition(condition, "extend", by, seen)
    if not reason.strip():
        raise Refused("Give the reason for the new date.", "reason")
    if held.due_on and due_on <= held.due_on:
        raise Refused(f"Choose a day after {held.due_on:%-d %B %Y}.", "due_on")
    if due_on < clock.today():
        raise Refused("Choose a day that is not past.", "due_on")
    change = DueDateChange.objects.create(
        condition=held, old=held.due_on, new=due_on, reason=reason, by=by, on=clock.today_if_held()
    )
    held.due_on = due_on
    held.save(update_fields=["due_on"])
    record(by, "extended", held, reason, whole=held.case, due_on=[change.old, due_on])
    return change


@transaction.atomic
def waive(
    condition: Condition, *, by: User, seen: int, reason: str, item: AgendaItem, **quorum: Any
) -> Decision:
    """Waive a condition, by a decision of the body that set it at an agenda item of one of its meetings."""
    held = open_condition(condition, "waive", by, seen)
    if not reason.strip():
        raise Refused("Give the body's reason.", "reason")
    outcome = Decision.Outcome.CONDITION_WAIVED
    decision = decided(held, held.decision.body, outcome, by, reason, item, **quorum)
    _close(held, Condition.Result.WAIVED, by, reason, decision)
    record(by, "waived", held, reason, whole=held.case, decision=decision.pk)
    return decision


def _close(condition: Condition, result: str, by: User, reason: str, decision: Decision | None) -> None:
    condition.result, condition.closed_by = result, by
    condition.closed_on = decision.decided_on if decision else clock.today_if_held()
    condition.closed_because, condition.closing_decision = reason, decision
    condition.save()


@transaction.atomic
def record_commitment(
    case: Case,
    *,
    by: User,
    seen: int,
    parties: Iterable[Organisation] = (),
    condition: Condition | None = None,
    **facts: Any,
) -> Commitment:
    """Record what somebody promised in answer, with its own source and date.

    Raises `Refused` where an end without a start is not marked as assumed.
    """
    allow(by, PERMISSIONS["record_commitment"], case.commissioner)
    advance(case, seen)
    for name, sentence in (
        ("text", "Say what was promised."),
        ("promised_by", "Say who promised it."),
    ):
        if not str(facts.get(name, "")).strip():
            raise Refused(sentence, name)
    if condition and condition.case_id != case.pk:
        raise Refused("The condition belongs to another case.", "condition")
    starts, ends = facts.get("starts_on"), facts.get("ends_on")
    if starts and ends and ends <= starts:
        raise Refused("The end is not after the start.", "ends_on")
    if ends and not starts and not facts.get("end_assumed_because"):
        raise Refused("No start is given, so say why you assume this end.", "end_assumed_because")
    commitment = Commitment.objects.create(case=case, condition=condition, **facts)
    commitment.parties.set(parties)
    record(by, "recorded a commitment", condition or case, whole=case, commitment=commitment.pk)
    return commitment


@transaction.atomic
def record_expected_event(commitment: Commitment, *, by: User, seen: int, happened_on: date) -> None:
    """Record that what was expected, or promised, happened."""
    allow(by, PERMISSIONS["record_commitment"], commitment.case.commissioner)
    advance(commitment.case, seen)
    if happened_on > clock.today():
        raise Refused("The day can't be in the future.", "happened_on")
    if commitment.happened_on:
        raise Refused(f"Recorded already: {commitment.happened_on:%-d %B %Y}.")
    commitment.happened_on = happened_on
    commitment.save(update_fields=["happened_on"])
    record(
        by,
        "recorded that it happened",
        commitment.condition or commitment.case,
        whole=commitment.case,
        commitment=commitment.pk,
    )
