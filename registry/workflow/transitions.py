"""The workflow of a case as data: pages, permission checks, tests and README are made from it."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.models import Status
from registry.statuses import OPEN

S = Status


@dataclass(frozen=True)
class Transition:
    """A verb: the stages it is open in, where it leads, who may do it, and the words on its button.

    `to` is None where the case stays where it is, or where the verb works out the stage itself: then it is
    one of `leads`.
    """

    source: frozenset[str]
    to: str | None
    permission: str
    label: str
    leads: frozenset[str] = frozenset()


def _t(
    source: set[str] | tuple[str, ...],
    to: str | None,
    permission: str,
    label: str,
    leads: Iterable[str] = (),
) -> Transition:
    return Transition(frozenset(source), to, f"registry.{permission}", label, frozenset(leads))


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
        {
            S.UNDER_REVIEW,
            S.BEFORE_COMMITTEE,
            S.APPROVED,
            S.NOT_APPROVED,
            S.INFORMATION_REQUESTED,
            S.ENDORSED,
            S.CONFIRMED,
        },
        None,
        "replace_decision",
        "Replace the decision",
        leads={
            S.UNDER_REVIEW,
            S.BEFORE_COMMITTEE,
            S.APPROVED,
            S.NOT_APPROVED,
            S.INFORMATION_REQUESTED,
            S.ENDORSED,
        },
    ),
}
# A verb that is open in more stages than this is drawn once, from a box that names them.
SHOWN_ONE_BY_ONE = 3


def in_order(stages: Iterable[str]) -> tuple[str, ...]:
    """Stages in the order of the workflow."""
    return tuple(sorted(stages, key=lambda stage: list(S).index(S(stage))))


def diagram() -> str:
    """The workflow as a Mermaid state diagram, for the README: each verb, where it is open, where it leads.

    A verb that leaves a case where it is leads back to its stage. Several stages at once are one box.
    """
    moves: list[tuple[tuple[str, ...], tuple[str, ...], str]] = []
    for verb, t in TRANSITIONS.items():
        together = [in_order(t.source)] if len(t.source) > SHOWN_ONE_BY_ONE else []
        for source in together or [(stage,) for stage in in_order(t.source)]:
            moves.append((source, in_order(t.leads) or ((t.to,) if t.to else source), verb.replace("_", " ")))
    boxes = {stages for source, target, _ in moves for stages in (source, target)}
    lines = ["stateDiagram-v2"]
    for stages in sorted(boxes, key=lambda stages: (len(stages), list(S).index(S(stages[0])))):
        words = "any open stage" if set(stages) == set(OPEN) else ", ".join(S(s).label for s in stages)
        lines.append(f'    state "{words}" as {_box(stages)}')
    lines.append(f"    [*] --> {_box((S.DRAFT,))}")
    lines += [f"    {_box(source)} --> {_box(target)}: {verb}" for source, target, verb in moves]
    return "\n".join([*lines, *(f"    {_box((stage,))} --> [*]" for stage in (S.LIVE, S.WITHDRAWN))])


def _box(stages: tuple[str, ...]) -> str:
    return "_to_".join(dict.fromkeys(str(stage) for stage in (stages[0], stages[-1])))
