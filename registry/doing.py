"""What a person can do with a registration now: the next step, the rest, and what is not possible yet."""

from dataclasses import dataclass

from django.urls import reverse

from pcnportal.people.models import User
from pcnportal.people.roles import ROLES, RoleName
from pcnportal.refusals import Refused
from registry.models import Status
from registry.review import Step, next_steps
from registry.workflow import TRANSITIONS, Choice, available
from registry.workflow.conditions import why_may_not_judge
from registry.workflow.deciding import not_by_who_recommended
from registry.workflow.forms import EDITABLE
from registry.workflow.outcomes import COMMITTEE_VERBS, PANEL_VERBS
from registry.workflow.replacing import NOTHING_STANDS

from .picture import Picture

S = Status
DECISIONS = (*COMMITTEE_VERBS, *PANEL_VERBS)
RECORD = "Record what was decided"
# Verbs that carry a registration on, in this order; the others are never the next step.
ONWARD = (
    "submit",
    "resume_review",
    "open_review",
    "recommend",
    "put_on_agenda",
    "put_before_panel",
    "confirm",
    "go_live",
)
# The verb that comes next in a stage, to say whom it waits for.
COMES_NEXT = {
    S.DRAFT: "submit",
    S.RETURNED: "submit",
    S.RECEIVED: "open_review",
    S.UNDER_REVIEW: "recommend",
    S.INFORMATION_REQUESTED: "resume_review",
    S.BEFORE_COMMITTEE: "approve",
    S.APPROVED: "put_before_panel",
    S.ENDORSED: "confirm",
    S.CONFIRMED: "go_live",
}


@dataclass(frozen=True)
class Doing:
    """`first` is the one next step; `others` are possible too; `missing` say what stands in the way."""

    first: Step | None
    others: tuple[Step, ...]
    missing: tuple[Step, ...]
    waits_for: str


def doing_of(picture: Picture, user: User) -> Doing:
    """What is open to `user`. The guards of each verb are asked once."""
    choices = {choice.verb: choice for choice in available(picture.case, user)}
    onward, beside = _onward(picture, user, choices), _beside(picture, user, choices)
    possible = [step for step in onward if not step.missing]
    first = possible[0] if possible else None
    others = (*possible[1:], *(step for step in beside if not step.missing))
    return Doing(
        first=first,
        others=others,
        missing=_merged([step for step in (*onward, *beside) if step.missing]),
        waits_for="" if first else _waits_for(picture, onward),
    )


def _onward(picture: Picture, user: User, choices: dict[str, Choice]) -> list[Step]:
    """Steps that carry the registration on, the most wanted first."""
    case = picture.case
    steps = []
    if case.review_wanted_because and "review_again" in choices:
        steps.append(_step(picture, "review_again", choices["review_again"].missing))
    if case.status in EDITABLE and user.can("registry.submit_case", case.commissioner_id):
        edit = Step("Fill in the form", reverse("registry:form", args=[case.pk]))
        submit = _step(picture, "submit", choices["submit"].missing)
        steps += [edit, submit] if submit.missing else [submit, edit]
    reviewing = next_steps(picture.review, user)
    said = {step.text for step in reviewing}
    steps += reviewing
    if decide := _decide(picture, user, [choices[verb].missing for verb in DECISIONS if verb in choices]):
        steps.append(decide)
    for verb in ONWARD:
        covered = verb == "submit" or (reviewing and verb in ("open_review", "recommend"))
        if verb in choices and not covered and TRANSITIONS[verb].label not in said:
            steps.append(_step(picture, verb, choices[verb].missing))
    return steps + _for_conditions(picture, user)


def _decide(picture: Picture, user: User, missing: list[str]) -> Step | None:
    if not missing:
        return None
    sentence = "" if "" in missing else missing[0]
    try:
        not_by_who_recommended(picture.case, user)
    except Refused as refusal:
        sentence = refusal.sentence
    return Step(RECORD, reverse("registry:decide", args=[picture.case.pk]), sentence)


def _for_conditions(picture: Picture, user: User) -> list[Step]:
    """The next step of each open condition, those with the nearest date first."""
    steps = []
    for condition in sorted(picture.open_conditions, key=lambda c: (c.due_on is None, c.due_on, c.pk)):
        waiting = next((e for e in condition.evidence.all() if not e.judgement), None)
        condition.case = picture.case
        may_judge = user.can("registry.judge_condition", picture.case.commissioner_id)
        if (
            waiting
            and may_judge
            and waiting.submitted_by_id != user.pk
            and not why_may_not_judge(condition, user)
        ):
            steps.append(
                Step(f"Judge the evidence for condition {condition.number}", _of(condition, "judge"))
            )
        elif not waiting and user.can("registry.submit_evidence", picture.case.commissioner_id):
            steps.append(
                Step(f"Submit evidence for condition {condition.number}", _of(condition, "submit_evidence"))
            )
    return steps


def _of(condition: object, verb: str) -> str:
    return reverse(f"registry:{verb}", args=[condition.pk])  # type: ignore[attr-defined]


def _beside(picture: Picture, user: User, choices: dict[str, Choice]) -> list[Step]:
    """What else is open: documents, commitments, and the verbs that lead back or out."""
    case = picture.case
    steps = []
    if user.can("registry.submit_case", case.commissioner_id):
        steps.append(Step("Add a document", reverse("registry:add_document", args=[case.pk])))
    if picture.conditions and user.can("registry.record_commitment", case.commissioner_id):
        steps.append(Step("Record a commitment", reverse("registry:record_commitment", args=[case.pk])))
    return steps + [
        _step(picture, choice.verb, choice.missing)
        for choice in choices.values()
        if choice.missing != NOTHING_STANDS
        and choice.verb not in ONWARD
        and choice.verb not in DECISIONS
        and not (choice.verb == "review_again" and case.review_wanted_because)
    ]


def _step(picture: Picture, verb: str, missing: str) -> Step:
    return Step(TRANSITIONS[verb].label, reverse(f"registry:{verb}", args=[picture.case.pk]), missing)


def _merged(steps: list[Step]) -> tuple[Step, ...]:
    """Steps for which the same sentence is missing, as one."""
    texts: dict[str, list[str]] = {}
    for step in steps:
        texts.setdefault(step.missing, []).append(step.text)
    return tuple(Step("; ".join(found), "", sentence) for sentence, found in texts.items())


def _waits_for(picture: Picture, onward: list[Step]) -> str:
    """What comes next, and what stands in its way where it is the reader's own, else whose it is.

    Whose it is is read off the map of roles; empty where nothing comes next.
    """
    case = picture.case
    verb = COMES_NEXT.get(case.status)
    if case.status == S.APPROVED:
        verb = "endorse" if picture.item else "put_before_panel" if picture.panel else "confirm"
    if verb is None:
        return ""
    what = RECORD if verb in DECISIONS else TRANSITIONS[verb].label
    if own := next((step for step in onward if step.text == what and step.missing), None):
        return f"The next step is not possible yet. {what}: {own.missing}"
    held = [
        str(RoleName(role).label) for role, given in ROLES.items() if TRANSITIONS[verb].permission in given
    ]
    return f"The next step is not yours. {what}: {' or '.join(name.lower() for name in held)}."
