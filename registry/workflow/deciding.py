"""The committee's and the panel's decisions, each at an agenda item of the right body."""

from collections.abc import Iterable, Mapping
from typing import Any

from governance.models import AgendaItem, Meeting
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.people.models import User
from pcnportal.people.naming import person_called
from pcnportal.people.roles import ROLES
from pcnportal.refusals import Refused
from registry.checklist import Assessed, assess
from registry.models import Case, Condition, Decision, Departure, PCNPeriod, Recommendation

from .agenda import schedule
from .letters import issue
from .move import effect, guard
from .outcomes import (
    OUTCOME,
    body_for,
    item_for,
    quorum_facts,
)
from .periods import set_period
from .resolving import entered
from .reviewing import departures_of, recommendation_in_force


@guard("approve", "confirm")
def _region_did_not_refuse(case: Case) -> str:
    return refused_by_the_region(departures_of(case), assess(case, clock.today()))


def refused_by_the_region(departures: Iterable[Departure], lines: Iterable[Assessed]) -> str:
    """The sentence where the regional team did not agree to a departure, or nothing.

    A refusal counts while its requirement is not met: a later form may have met it.
    """
    failing = {a.line.pk for a in lines if a.is_failing}
    for departure in departures:
        if departure.reply == Departure.Reply.REFUSED and departure.line_id in failing:
            return f"{departure.region} did not agree to the departure on “{departure.line.title}”."
    return ""


@guard("approve")
def _checklist_still_whole(case: Case) -> str:
    held = {d.line_id for d in departures_of(case) if d.is_sent}
    for assessed in assess(case, clock.today()):
        if assessed.is_open:
            return f"“{assessed.line.title}” is open again: take it off the agenda and review it."
        if assessed.is_failing and assessed.line.pk not in held:
            return (
                f"“{assessed.line.title}” now fails and no departure was sent: "
                "take it off the agenda and review it."
            )
    return ""


def not_approvable(case: Case) -> str:
    """The sentence that says why the form as it stands can't be approved, or nothing."""
    return _region_did_not_refuse(case) or _checklist_still_whole(case)


def not_by_who_recommended(case: Case, by: User) -> None:
    """Raises `Refused` where `by` made the recommendation that is in force."""
    recommendation: Recommendation | None = recommendation_in_force(case)
    if recommendation and recommendation.made_by_id == by.pk:
        raise Refused("You recommended this registration, so someone else records the decision.")


def decide(
    case: Case,
    verb: str,
    *,
    by: User,
    reasons: Iterable[str],
    quorum_note: str = "",
    quorum_source: Source | None = None,
    source: Source | None = None,
    item: AgendaItem | None = None,
    conditions: int = 0,
    **chain: Any,
) -> Decision:
    """The decision, which sets so many conditions, with its resolution.

    Its quorum is computed where rule and attendance are held, else attested.
    """
    not_by_who_recommended(case, by)
    body = body_for(case, verb)
    item = item or item_for(case, body)
    if item is None or body is None or case.current is None or item.meeting.body_id != body.pk:
        raise Refused("A decision needs an agenda item of a meeting of the body that decides.")
    listed = [text.strip() for text in reasons if text.strip()]
    if not listed:
        raise Refused("Give at least one reason.", "reasons")
    decision = Decision(
        case=case,
        submission=case.current,
        body=body,
        item=item,
        outcome=OUTCOME[verb],
        reasons=listed,
        accepted=_accepted(case) if verb == "approve" else [],
        decided_on=item.meeting.day,
        recorded_by=by,
        **quorum_facts(item, quorum_note, quorum_source, replaces="supersedes" in chain),
        source=source,
        **chain,
    )
    return entered(decision, conditions=conditions)


def _accepted(case: Case) -> list[str]:
    """What an approval accepts: the lines that fail and whose departure was sent."""
    sent = {departure.line_id for departure in departures_of(case) if departure.is_sent}
    return [a.line.key for a in assess(case, clock.today()) if a.is_failing and a.line.pk in sent]


# Who has to meet a condition: `new_owner` is a name with an organisation or None, of a person not held yet.
OWNERS = ("owner_organisation", "owner_person", "new_owner")


def _owned(wanted: Mapping[str, Any]) -> dict[str, Any]:
    facts = dict(wanted)
    if named := facts.pop("new_owner", None):
        facts["owner_person"] = person_called(*named)
    return facts


def set_conditions(decision: Decision, conditions: Iterable[Mapping[str, Any]]) -> list[Condition]:
    rows = []
    for number, wanted in enumerate(conditions, start=1):
        where = f"Condition {number}: "
        if not wanted.get("text", "").strip():
            raise Refused(f"{where}enter the committee's words.", "conditions")
        if not wanted.get("reason", "").strip():
            raise Refused(f"{where}give the reason.", "conditions")
        if sum(bool(wanted.get(name)) for name in OWNERS) != 1:
            raise Refused(f"{where}name one owner, a person or an organisation.", "conditions")
        if not wanted.get("due_on") and not wanted.get("due_event", "").strip():
            raise Refused(f"{where}give a due date or the event that makes it due.", "conditions")
        if not wanted.get("evidence_wanted", "").strip():
            raise Refused(f"{where}say what evidence is wanted.", "conditions")
        if bool(wanted.get("discharge_body")) == bool(wanted.get("discharge_role")):
            raise Refused(f"{where}say who may discharge it.", "conditions")
        role = wanted.get("discharge_role")
        if role and "registry.judge_condition" not in ROLES.get(role, ()):
            raise Refused(f"{where}choose somebody who may discharge conditions.", "conditions")
        if wanted.get("due_on") and wanted["due_on"] < decision.decided_on:
            raise Refused(f"{where}the due date is before the decision.", "conditions")
        rows.append(
            Condition.objects.create(decision=decision, case=decision.case, number=number, **_owned(wanted))
        )
    return rows


@effect("approve")
def _approve(
    case: Case, *, by: User, reason: str, conditions: Iterable[Mapping[str, Any]] = (), **facts: Any
) -> dict[str, Any]:
    wanted = list(conditions)
    decision = decide(case, "approve", by=by, conditions=len(wanted), **facts)
    rows = set_conditions(decision, wanted)
    set_period(case, PCNPeriod.Status.APPROVED, decision)
    return {"decision": decision.pk, "conditions": [row.pk for row in rows]}


@effect("not_approve")
def _not_approve(case: Case, *, by: User, reason: str, **facts: Any) -> dict[str, Any]:
    return {"decision": _with_letter(case, "not_approve", by, facts).pk}


@effect("request_information")
def _request_information(case: Case, *, by: User, reason: str, **facts: Any) -> dict[str, Any]:
    return {"decision": _with_letter(case, "request_information", by, facts).pk}


def _with_letter(case: Case, verb: str, by: User, facts: dict[str, Any]) -> Decision:
    decision = decide(case, verb, by=by, **facts)
    if verb == "not_approve":
        set_period(case, PCNPeriod.Status.PROPOSED, decision)
    issue(decision, by)
    return decision


@effect("defer")
def _defer(case: Case, *, by: User, reason: str, meeting: Meeting, **facts: Any) -> dict[str, Any]:
    body = body_for(case, "defer")
    here = item_for(case, body)
    if here and meeting.day <= here.meeting.day:
        raise Refused("Choose a later meeting.", "meeting")
    decision = decide(case, "defer", by=by, **facts)
    return {"decision": decision.pk} | schedule(case, by, meeting, body, "registration")


@effect("endorse")
def _endorse(case: Case, *, by: User, reason: str, **facts: Any) -> dict[str, Any]:
    return {"decision": decide(case, "endorse", by=by, **facts).pk}


@effect("decline_endorsement")
def _decline_endorsement(case: Case, *, by: User, reason: str, **facts: Any) -> dict[str, Any]:
    return {"decision": decide(case, "decline_endorsement", by=by, **facts).pk}
