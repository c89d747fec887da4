"""Where a registration stands: its steps from the form to go-live, and one sentence."""

from collections.abc import Callable
from typing import Any

from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import in_days, plural
from registry.models import Decision, Recommendation, Status, Submission

from .picture import Picture

S = Status
# How many of the steps lie behind a case in a stage; the panel's step counts where there is a panel.
BEHIND = {
    S.DRAFT: 0,
    S.RETURNED: 0,
    S.RECEIVED: 1,
    S.UNDER_REVIEW: 1,
    S.INFORMATION_REQUESTED: 1,
    S.BEFORE_COMMITTEE: 2,
    S.APPROVED: 3,
    S.ENDORSED: 4,
    S.CONFIRMED: 5,
    S.LIVE: 6,
}


def steps_of(picture: Picture) -> list[dict[str, Any]]:
    """The steps with a date only where one is held; the present one is `now`."""
    case = picture.case
    steps = [
        {"text": "Received", **_received(picture)},
        {"text": "Reviewed", "day": _made_on(picture)},
        {"text": "Committee", **_at_body(picture, picture.decision, case.status == S.BEFORE_COMMITTEE)},
        {"text": "Panel", **_at_body(picture, picture.endorsement, case.status == S.APPROVED)},
        {"text": "Confirmed", "day": _letter_day(picture)},
        {"text": "Live", "day": picture.live_on},
    ]
    behind = BEHIND.get(case.status)
    if behind is None:
        return _ended(picture, steps)
    for number, step in enumerate(steps):
        step["state"] = "done" if number < behind else "now" if number == behind else "next"
        if number > behind:
            step.pop("day", None)  # of an earlier decision: the step is still to come
    if case.status == S.LIVE:
        steps[-1]["state"] = "now"
    if not picture.panel:
        panel = steps.pop(3)
        steps[3]["state"] = "now" if panel["state"] == "now" else steps[3]["state"]
    now = next(step for step in steps if step["state"] == "now")
    if case.status != S.LIVE:
        now["note"] = _not_yet(picture, now)
    return steps


def _not_yet(picture: Picture, step: dict[str, Any]) -> str:
    """What the present step waits for, so that it isn't read as done."""
    if step["text"] == "Live":
        return f"from {written(picture.case.round.go_live_on)}"
    if step["text"] == "Reviewed":
        return "under way" if picture.case.status == S.UNDER_REVIEW else "not yet"
    return in_days(step.get("day")) or "not yet"


def _ended(picture: Picture, steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The steps that lie behind a case that went no further, and where it ended."""
    reached = 1 if picture.form and picture.form.is_submitted else 0
    reached = 2 if reached and picture.review.recommendation else reached
    reached = 3 if reached and picture.decision else reached
    done = [{**step, "state": "done"} for step in steps[:reached]]
    return [*done, {"text": picture.case.get_status_display(), "state": "now"}]


def _received(picture: Picture) -> dict[str, Any]:
    form = picture.form
    if not form or not form.is_submitted or form.received_on is None:
        return {}
    if form.received_precision == Submission.Precision.BY:
        return {"note": f"by {written(form.received_on)}"}
    return {"day": form.received_on}


def _made_on(picture: Picture) -> Any:
    return picture.review.recommendation.made_on if picture.review.recommendation else None


def _at_body(picture: Picture, decision: Decision | None, is_waiting: bool) -> dict[str, Any]:
    if is_waiting:
        return {"day": picture.item.meeting.held_on if picture.item else None}
    return {"day": decision.decided_on if decision else None}


def _letter_day(picture: Picture) -> Any:
    letter = getattr(picture.decision, "letter", None)
    return letter.issued_on if letter and picture.case.status in (S.CONFIRMED, S.LIVE) else None


def sentence_of(picture: Picture, returned_because: str = "") -> str:
    """How the case stands, in one sentence."""
    case = picture.case
    if case.status == S.RETURNED:
        return f"Returned to the PCN: {returned_because or 'the reason is not held.'}"
    return SAID.get(case.status, _ended_sentence)(picture)


def _when(day: Any) -> str:
    return f"{written(day)} ({in_days(day)})"


def _by(decision: Decision | None) -> str:
    return f"the {decision.body} on {written(decision.decided_on)}" if decision else "a body that is not held"


def _recommended(picture: Picture) -> str:
    made = picture.review.recommendation
    if made is None:
        return "Not recommended yet"
    is_for = made.outcome == Recommendation.Outcome.APPROVE
    return "Recommended for approval" if is_for else "Recommended not to be approved"


def _under_review(picture: Picture) -> str:
    declined = f"Endorsement declined by {_by(picture.latest)}. " if picture.is_declined else ""
    return f"{declined}{_review_stands(picture)}"


def _review_stands(picture: Picture) -> str:
    still = sum(a.is_open for a in picture.review.lines)
    if still:
        every = plural(len(picture.review.lines), "line")
        return f"Under review: {still} of {every} of the checklist still open."
    unsent = sum(departure is None or not departure.is_sent for _, departure in picture.review.failing)
    if unsent:
        return (
            f"Under review: every line is answered; {plural(unsent, 'departure')} not sent to the region yet."
        )
    return f"Under review: every line is answered. {_recommended(picture)}; on no agenda yet."


def _waits(picture: Picture) -> str:
    if picture.item is None:
        return f"to be put on the agenda of the {picture.panel}" if picture.panel else "on no agenda"
    meeting = picture.item.meeting
    return f"before the {meeting.body} on {_when(meeting.held_on)}"


def _decided(picture: Picture) -> str:
    return f"{picture.outcome} by {_by(picture.decision)}" if picture.decision else "No decision is in force"


def _before_committee(picture: Picture) -> str:
    if picture.is_deferred:
        to = f"to the meeting of {_when(picture.item.meeting.held_on)}" if picture.item else "to no agenda"
        return f"Deferred by {_by(picture.latest)} {to}. {_recommended(picture)}."
    return f"{_recommended(picture)}; {_waits(picture)}."


def _approved(picture: Picture) -> str:
    return f"{_decided(picture)}; {_waits(picture) if picture.panel else 'to be confirmed'}."


def _went_live(picture: Picture) -> str:
    return f"Live since {written(picture.live_on)}." if picture.live_on else "Live; since when is not held."


def _ended_sentence(picture: Picture) -> str:
    return f"{picture.case.get_status_display()}: nothing more is to be done."


SAID: dict[str, Callable[[Picture], str]] = {
    S.DRAFT: lambda p: f"The form is being filled in; it is due by {_when(p.case.round.deadline)}.",
    S.RECEIVED: lambda _: "The form was received; its review has not been opened.",
    S.UNDER_REVIEW: _under_review,
    S.BEFORE_COMMITTEE: _before_committee,
    S.APPROVED: _approved,
    S.NOT_APPROVED: lambda p: f"{_decided(p)}.",
    S.INFORMATION_REQUESTED: lambda p: f"{_decided(p)}.",
    S.ENDORSED: lambda p: f"Endorsed by {_by(p.endorsement)}; to be confirmed.",
    S.CONFIRMED: lambda p: f"The PCN has been told; networks start on {_when(p.case.round.go_live_on)}.",
    S.LIVE: _went_live,
}
