"""What bodies decide: which body, at which agenda item, and the decision that stands."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from governance.conflicts import must_be_settled
from governance.models import AgendaItem, Body
from governance.quorum import must_be_quorate
from pcnportal.history.models import Source
from pcnportal.refusals import Refused
from registry.models import Case, Commissioner, Decision, Status

COMMITTEE_VERBS = ("approve", "not_approve", "request_information", "defer")
PANEL_VERBS = ("endorse", "decline_endorsement")
OUTCOME = {
    "approve": Decision.Outcome.APPROVED,
    "not_approve": Decision.Outcome.NOT_APPROVED,
    "request_information": Decision.Outcome.INFORMATION_REQUESTED,
    "defer": Decision.Outcome.DEFERRED,
    "endorse": Decision.Outcome.ENDORSED,
    "decline_endorsement": Decision.Outcome.ENDORSEMENT_DECLINED,
}
CASE_DECISIONS = (
    Decision.Outcome.APPROVED,
    Decision.Outcome.NOT_APPROVED,
    Decision.Outcome.INFORMATION_REQUESTED,
)

# Where a registration may be after the panel declined, until the committee decides anew.
AGAIN_IN_REVIEW = (Status.UNDER_REVIEW, Status.RETURNED, Status.RECEIVED, Status.BEFORE_COMMITTEE)


def commissioner_of(case: Case) -> Commissioner | None:
    """The commissioner's own settings: who decides for it."""
    return (
        Commissioner.objects.select_related("deciding_body", "endorsing_body", "region")
        .filter(organisation=case.commissioner_id)
        .first()
    )


def body_for(case: Case, verb: str) -> Body | None:
    """The body whose decision `verb` records."""
    settings = commissioner_of(case)
    if settings is None:
        return None
    return settings.endorsing_body if verb in PANEL_VERBS else settings.deciding_body


def item_for(case: Case, body: Body | None) -> AgendaItem | None:
    """The newest item of `body` for the case to be decided: not taken off, and not standing over."""
    return None if body is None else _undecided(case, body).filter(stood_over_because="").first()


def waiting_for(case: Case, body: Body | None) -> AgendaItem | None:
    """The item of `body` for the case that stands over until its next meeting is planned."""
    if body is None:
        return None
    return _undecided(case, body).filter(stood_over__isnull=True).exclude(stood_over_because="").first()


def _undecided(case: Case, body: Body) -> "QuerySet[AgendaItem]":
    return (
        AgendaItem.objects.filter(
            subject_type=ContentType.objects.get_for_model(Case),
            subject_id=case.pk,
            meeting__body=body,
            is_taken_off=False,
        )
        .exclude(meeting__is_cancelled=True, stood_over_because="")
        .exclude(decisions__in=Decision.objects.filter(case=case, outcome__in=OUTCOME.values()))
        .select_related("meeting__body", "meeting__commissioner")
        .order_by("-meeting__held_on", "-pk")
    )


def decision_in_force(case: Case) -> Decision | None:
    """The committee's decision that stands: the newest that was not replaced, deferrals left out."""
    return (
        case.decisions.filter(outcome__in=CASE_DECISIONS, superseded_by__isnull=True)
        .select_related("body", "item__meeting", "recorded_by")
        .order_by("-pk")
        .first()
    )


def latest_decision(case: Case) -> Decision | None:
    """The newest decision of either body that stands, a deferral among them."""
    return (
        case.decisions.filter(outcome__in=OUTCOME.values(), superseded_by__isnull=True)
        .select_related("body", "item__meeting", "recorded_by")
        .order_by("-pk")
        .first()
    )


def outcome_of(case: Case) -> str:
    """The decision in force in words, or nothing: Approved with conditions is read off its conditions."""
    decision = decision_in_force(case)
    if decision is None:
        return ""
    conditions = decision.conditions.count()
    return outcome_words(decision.outcome, conditions)


def holding_up(case: Case, latest: str, submission: int) -> str:
    """Deferred or Endorsement declined, where the newest decision says so and the case waits because of it.

    `latest` is its outcome, `submission` the version of the form that was before the body. A deferral holds
    until the body decides; a declined endorsement until the committee decides anew.
    """
    is_deferred = latest == Decision.Outcome.DEFERRED and submission == case.current_id
    is_declined = latest == Decision.Outcome.ENDORSEMENT_DECLINED
    waits = (is_deferred and case.status == Status.BEFORE_COMMITTEE) or (
        is_declined and case.status in AGAIN_IN_REVIEW
    )
    return str(Decision.Outcome(latest).label) if waits else ""


def outcome_words(outcome: str, conditions: int) -> str:
    if not outcome:
        return ""
    if outcome == Decision.Outcome.APPROVED and conditions:
        return "Approved with conditions"
    return str(Decision.Outcome(outcome).label)


def quorum_facts(
    item: AgendaItem, note: str, source: Source | None, *, replaces: bool = False
) -> dict[str, Any]:
    """The quorum of a decision: computed where rule and attendance are held, else attested with a source.

    Raises `Refused` where the item is not quorate or stands over, or where nobody says how it is known that
    it was quorate; where it `replaces` none, too, while a conflict of who would decide is not handled.
    """
    quorum = must_be_quorate(item)
    if not replaces:
        must_be_settled(item)
    if quorum.met:
        return {"quorum_basis": Decision.QuorumBasis.COMPUTED, "quorum_note": quorum.working}
    if not (note.strip() and source):
        raise Refused(
            f"{quorum.working} Say how you know that it could decide, and where you read it.", "quorum_note"
        )
    return {"quorum_basis": Decision.QuorumBasis.ATTESTED, "quorum_note": note, "quorum_source": source}
