"""The workflow of a case as data: pages, permission checks, tests and README are made from it."""

from dataclasses import dataclass

from registry.models import Status
from registry.statuses import OPEN

S = Status


@dataclass(frozen=True)
class Transition:
    """A verb: the stages it is open in, where it leads, who may do it, and the words on its button.

    `to` is None where the case stays where it is, or where the verb works out the stage itself.
    """

    source: frozenset[str]
    to: str | None
    permission: str
    label: str


def _t(source: set[str] | tuple[str, ...], to: str | None, permission: str, label: str) -> Transition:
    return Transition(frozenset(source), to, f"registry.{permission}", label)


TRANSITIONS: dict[str, Transition] = {
    "submit": _t(
        {S.DRAFT, S.RETURNED, S.NOT_APPROVED}, S.RECEIVED, "submit_case", "Record the form as received"
    ),
    "open_review": _t({S.RECEIVED}, S.UNDER_REVIEW, "review_case", "Open the review"),
    "return_form": _t({S.RECEIVED, S.UNDER_REVIEW}, S.RETURNED, "return_case", "Return the form"),
    "recommend": _t({S.UNDER_REVIEW}, None, "recommend_case", "Recommend to the committee"),
    "put_on_agenda": _t({S.UNDER_REVIEW}, S.BEFORE_COMMITTEE, "schedule_case", "Put on an agenda"),
    "take_off_agenda": _t({S.BEFORE_COMMITTEE}, S.UNDER_REVIEW, "schedule_case", "Take off the agenda"),
    "approve": _t({S.BEFORE_COMMITTEE}, S.APPROVED, "decide_case", "Record approval"),
    "not_approve": _t({S.BEFORE_COMMITTEE}, S.NOT_APPROVED, "decide_case", "Record that it was not approved"),
    "request_information": _t(
        {S.BEFORE_COMMITTEE},
        S.INFORMATION_REQUESTED,
        "decide_case",
        "Record a request for further information",
    ),
    "defer": _t({S.BEFORE_COMMITTEE}, None, "decide_case", "Record a deferral"),
    "resume_review": _t({S.INFORMATION_REQUESTED}, S.UNDER_REVIEW, "review_case", "Take up the review again"),
    "put_before_panel": _t({S.APPROVED}, None, "schedule_case", "Put on the panel's agenda"),
    "endorse": _t({S.APPROVED}, S.ENDORSED, "decide_case", "Record the panel's endorsement"),
    "decline_endorsement": _t(
        {S.APPROVED}, S.UNDER_REVIEW, "decide_case", "Record that the panel declined to endorse"
    ),
    "confirm": _t({S.APPROVED, S.ENDORSED}, S.CONFIRMED, "confirm_case", "Confirm and issue the letter"),
    "go_live": _t({S.CONFIRMED}, S.LIVE, "go_live", "Record go-live"),
    "withdraw": _t(OPEN, S.WITHDRAWN, "withdraw_case", "Withdraw the registration"),
    "member_withdraws": _t(
        {
            S.RECEIVED,
            S.UNDER_REVIEW,
            S.BEFORE_COMMITTEE,
            S.APPROVED,
            S.INFORMATION_REQUESTED,
            S.ENDORSED,
            S.CONFIRMED,
        },
        None,
        "record_member_withdrawal",
        "Record that a member withdrew",
    ),
    "review_again": _t({S.APPROVED, S.ENDORSED, S.CONFIRMED}, S.UNDER_REVIEW, "review_case", "Review again"),
    "replace": _t(
        {S.APPROVED, S.NOT_APPROVED, S.INFORMATION_REQUESTED, S.ENDORSED, S.CONFIRMED},
        None,
        "replace_decision",
        "Replace the decision",
    ),
}


def diagram() -> str:
    """The workflow as a Mermaid state diagram, for the README."""
    lines = ["stateDiagram-v2", "    [*] --> draft"]
    for verb, t in TRANSITIONS.items():
        if verb == "withdraw":
            continue
        for source in sorted(t.source):
            if t.to:
                lines.append(f"    {source} --> {t.to}: {verb}")
    lines.append("    live --> [*]")
    return "\n".join(lines)
