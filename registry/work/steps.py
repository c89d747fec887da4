"""What each registration waits for: the user's tasks, one for each kind of work and obstacle."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import plural, words
from pcnportal.pages.work import Link, Task, Urgency, urgency_on
from pcnportal.people.models import User
from registry.models import Status
from registry.overview import ROUND_DATES
from registry.workflow import TRANSITIONS
from registry.workflow.deciding import refused_by_the_region
from registry.workflow.live import (
    lacking_to_start,
    not_accepted,
    not_started,
    still_open_before_go_live,
)

from .held import Held

S = Status


@dataclass(frozen=True)
class Kind:
    """A kind of work: the verb whose permission it takes, its sentence, the page where it is done.

    `{n}` is the number with the noun; the other names are those of `_names`.
    """

    verb: str
    sentence: str
    page: str
    noun: str = "registration"
    urgency: Urgency = Urgency.OPEN


NOW, ELSEWHERE = Urgency.NOW, Urgency.ELSEWHERE
KINDS = {
    "review_again": Kind("review_again", "{n} to review again", "review_again", urgency=NOW),
    "fill_in": Kind("submit", "{n} to finish and record as received", "form", "draft form"),
    "returned": Kind(
        "submit", "{n} returned to the PCN, the next version not here yet", "form", "form", ELSEWHERE
    ),
    "open_review": Kind("open_review", "{n} received: open the review", "open_review", "form"),
    "resume_review": Kind(
        "resume_review", "{n} waiting for further information", "resume_review", urgency=ELSEWHERE
    ),
    "answer": Kind("open_review", "{n} with lines still to answer", "review", "review"),
    "depart": Kind("open_review", "{n} with a departure to send to the regional team", "review", "review"),
    "recommend": Kind("recommend", "{n} finished: recommend to the committee", "recommend", "review"),
    "put_on_agenda": Kind("put_on_agenda", "{n} recommended and on no agenda", "put_on_agenda"),
    "decide": Kind("approve", "{n} to decide at {meeting}", "decide", urgency=NOW),
    "put_before_panel": Kind(
        "put_before_panel", "{n} approved and on no agenda of the {panel}", "put_before_panel"
    ),
    "endorse": Kind("endorse", "{n} to endorse at {meeting}", "decide", urgency=NOW),
    "confirm": Kind("confirm", "{n} to confirm, each with its letter", "confirm"),
    "go_live": Kind("go_live", "{n} to record as live", "go_live"),
}


STEP = {
    S.DRAFT: "fill_in",
    S.RETURNED: "returned",
    S.RECEIVED: "open_review",
    S.INFORMATION_REQUESTED: "resume_review",
    S.ENDORSED: "confirm",
    S.CONFIRMED: "go_live",
}


def step_of(case: Any, held: Held) -> str:
    """The kind of work that carries the case on, or nothing where it waits for a day."""
    if case.review_wanted_because:
        return "review_again"
    match case.status:
        case S.UNDER_REVIEW:
            return _reviewing(case, held)
        case S.BEFORE_COMMITTEE:
            return "decide" if case.meeting_on and case.meeting_on <= held.day else ""
        case S.APPROVED:
            return _approved(case, held)
    return STEP.get(case.status, "")


def _reviewing(case: Any, held: Held) -> str:
    lines = held.lines[case.pk]
    if not lines or any(a.is_open for a in lines):
        return "answer"
    sent = {d.line_id for d in held.departures[case.pk] if d.is_sent}
    if any(a.is_failing and a.line.pk not in sent for a in lines):
        return "depart"
    return "put_on_agenda" if case.recommended else "recommend"


def _approved(case: Any, held: Held) -> str:
    if case.meeting_on:
        return "endorse" if case.meeting_on <= held.day else ""
    return "put_before_panel" if _panel(case) else "confirm"


def _panel(case: Any) -> int | None:
    profile = getattr(case.commissioner, "commissioning", None)
    return profile.endorsing_body_id if profile else None


def obstacle(case: Any, step: str, held: Held, user: User) -> str:
    """The sentence that says what stands in the way of the step: those of its guards, in their order."""
    lines = held.lines.get(case.pk, [])
    if step in ("decide", "endorse"):
        by_user = case.recommended_by == user.pk
        return "You recommended this, so someone else records the decision." if by_user else ""
    if step == "confirm":
        coverage = held.coverages[case.commissioner_id]
        return refused_by_the_region(held.departures[case.pk], lines) or (
            "" if coverage.is_whole else coverage.sentence
        )
    if step == "go_live":
        return (
            still_open_before_go_live(held.conditions_of(case))
            or lacking_to_start(lines)
            or not_accepted(lines, case.accepted or [])
            or not_started(case.round)
        )
    return ""


def tasks_of(held: Held, user: User) -> list[Task]:
    """What the user may do to registrations. What only waits for the day that networks start is left out."""
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for case in held.cases:
        step = step_of(case, held)
        if not step or not user.can(TRANSITIONS[KINDS[step].verb].permission, case.commissioner_id):
            continue
        missing = obstacle(case, step, held, user)
        if step == "go_live" and missing and missing == not_started(case.round):
            continue
        at = case.meeting if step in ("decide", "endorse") else None
        groups.setdefault((step, missing, at, case.commissioner_id), []).append(case)
    return [_task(step, missing, cases, held) for (step, missing, *_), cases in groups.items()]


def _task(step: str, missing: str, cases: list[Any], held: Held) -> Task:
    kind, first = KINDS[step], cases[0]
    links = [Link(str(case.pcn), page_of(kind, case), _note(step, case, held)) for case in cases]
    names = {"n": plural(len(cases), kind.noun), "meeting": meeting_of(first, held), "panel": ""}
    if step == "put_before_panel":
        names["panel"] = _panel_name(first, held)
    due_on = min((case.round_due for case in cases if case.round_due), default=None)
    return Task(
        text=kind.sentence.format(**names),
        href=_address(kind, cases),
        urgency=min(kind.urgency, urgency_on(held.day, due_on)),
        links=tuple(links),
        note=failing_note(cases, held) if step == "decide" else "",
        missing=missing,
        due_what=next((what for stages, _, what in ROUND_DATES if first.status in stages), ""),
        due_on=due_on,
    )


def page_of(kind: Kind, case: Any) -> str:
    return reverse(f"registry:{kind.page}", args=[case.pk])


def _address(kind: Kind, cases: list[Any]) -> str:
    """The page of the one case, the meeting that decides, or the list of all in that stage."""
    if kind.page == "decide" and cases[0].meeting:
        return reverse("governance:meeting", args=[cases[0].meeting])
    if len(cases) == 1:
        return page_of(kind, cases[0])
    return f"{reverse('registry:registrations')}?status={cases[0].status}"


def meeting_of(case: Any, held: Held) -> str:
    """Today's Primary Care Commissioning Committee; or the one of a day that is past."""
    if not case.meeting_on:
        return ""
    if case.meeting_on == held.day:
        return f"today’s {case.meeting_of}"
    return f"the {case.meeting_of} of {written(case.meeting_on)}"


def _panel_name(case: Any, held: Held) -> str:
    return next(
        (str(profile.endorsing_body) for profile in held.commissioners if profile.pk == case.commissioner_id),
        "panel",
    )


def failing_of(case: Any, held: Held) -> list[str]:
    """The titles of the lines that are not met."""
    return [a.line.title for a in held.lines.get(case.pk, []) if a.is_failing]


def failing_note(cases: Iterable[Any], held: Held) -> str:
    failing = sum(bool(failing_of(case, held)) for case in cases)
    if not failing:
        return "All meet every line of the checklist."
    return f"{failing} {'does' if failing == 1 else 'do'} not meet every line of the checklist."


def _open_lines(case: Any, held: Held) -> str:
    lines = held.lines[case.pk]
    return f"{sum(a.is_open for a in lines)} of {plural(len(lines), 'line')} open"


def _not_met(case: Any, held: Held) -> str:
    failing = failing_of(case, held)
    return f"not met: {words(failing)}" if failing else ""


NOTES: dict[str, Callable[[Any, Held], str]] = {
    "review_again": lambda case, _held: case.review_wanted_because,
    "answer": _open_lines,
    "depart": _not_met,
    "recommend": _not_met,
    "decide": _not_met,
}


def _note(step: str, case: Any, held: Held) -> str:
    return NOTES[step](case, held) if step in NOTES else ""
