"""How a review stands: its lines, its departures, what is recommended, and what comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import prefetch_related_objects
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import User
from pcnportal.people.roles import ROLES, RoleName
from registry.checklist import Assessed, assess_many, summary_of
from registry.models import Case, Departure, Recommendation, Status
from registry.workflow import TRANSITIONS, missing
from registry.workflow.reviewing import departures_of, recommendation_in_force


@dataclass(frozen=True)
class Step:
    """What can be done now: words for a button and its address; `missing` says what stands in the way."""

    text: str
    href: str = ""
    missing: str = ""


@dataclass(frozen=True)
class Review:
    """The lines of a case as they stand, in their order; departures by the id of their line."""

    case: Case
    lines: tuple[Assessed, ...]
    departures: dict[int, Departure]
    recommendation: Recommendation | None

    @property
    def is_open(self) -> bool:
        return self.case.status == Status.UNDER_REVIEW

    @property
    def sections(self) -> list[tuple[str, list[Assessed]]]:
        return [(name, list(lines)) for name, lines in groupby(self.lines, lambda a: a.line.section)]

    @property
    def failing(self) -> list[tuple[Assessed, Departure | None]]:
        return [(a, self.departures.get(a.line.pk)) for a in self.lines if a.is_failing]

    @property
    def by_urgency(self) -> list[Assessed]:
        """Departures first, then what is open, then the rest."""
        return sorted(self.lines, key=lambda a: (not a.is_failing, not a.is_open))

    @property
    def counts(self) -> str:
        """As in: 13 met, of which 9 attested; 1 departure; 1 still open."""
        summary = summary_of(self.lines)
        attested = sum(a.standing == "met" and a.basis == "attested" for a in self.lines)
        beside = sum(a.standing == "not_applicable" for a in self.lines)
        parts = [f"{summary.met} met" + (f" ({attested} attested)" if attested else "")]
        if failing := len(summary.failing):
            parts.append("1 departure" if failing == 1 else f"{failing} departures")
        parts.append(f"{summary.open} still open" if summary.open else "none open")
        if beside:
            parts.append(f"{beside} not applicable")
        return ", ".join(parts)

    @property
    def sources(self) -> list[Source]:
        """Where the answers that count were read, each once, in the order of the sheet."""
        read = (a.line.source for a in self.by_urgency if a.basis == "attested")
        return list({source.pk: source for source in read if source}.values())

    def word(self, assessed: Assessed) -> str:
        """The second tag of a line that fails: how its departure stands."""
        if not assessed.is_failing:
            return ""
        departure = self.departures.get(assessed.line.pk)
        return departure.word if departure else "Reason missing"

    def beside(self, key: str) -> tuple[Assessed | None, Assessed | None]:
        """The lines before and after the one of that key."""
        at = next(i for i, a in enumerate(self.lines) if a.line.key == key)
        return (
            self.lines[at - 1] if at else None,
            self.lines[at + 1] if at + 1 < len(self.lines) else None,
        )

    def next_open(self, key: str = "") -> Assessed | None:
        """The first open line after the one of that key, else the first of all."""
        open_lines = [a for a in self.lines if a.is_open and a.line.key != key]
        position = next((a.line.position for a in self.lines if a.line.key == key), 0)
        return next(
            (a for a in open_lines if a.line.position > position), open_lines[0] if open_lines else None
        )


def review_of(case: Case, day: date) -> Review:
    """The review of a case that comes from `with_facts`, as it stands on `day`. At most nine queries."""
    lines = assess_many([case], day)[case.pk]
    prefetch_related_objects([a.line for a in lines], "source", "answered_by", "answered_for", "evidence")
    return Review(
        case=case,
        lines=tuple(lines),
        departures={departure.line_id: departure for departure in departures_of(case)},
        recommendation=recommendation_in_force(case),
    )


def next_steps(review: Review, user: User) -> list[Step]:
    """The one obvious next step first, then the recommendation with what it still lacks."""
    case = review.case

    def may(verb: str) -> bool:
        return case.status in TRANSITIONS[verb].source and user.can(
            TRANSITIONS[verb].permission, case.commissioner_id
        )

    if may("open_review"):
        return [Step("Open the review", reverse("registry:open_review", args=[case.pk]))]
    if not review.is_open:
        return []
    steps = []
    lacking = missing(case, "recommend")
    if user.can("registry.review_case", case.commissioner_id):
        steps += list(_review_steps(review))
    if review.recommendation and not lacking:
        if may("put_on_agenda"):
            steps.append(Step("Put on an agenda", reverse("registry:put_on_agenda", args=[case.pk])))
        else:
            steps.append(Step("Put on an agenda", missing=f"done by the {who_may('put_on_agenda')}."))
    if may("recommend"):
        text = "Change the recommendation" if review.recommendation else "Recommend to the committee"
        steps.append(Step(text, reverse("registry:recommend", args=[case.pk]), lacking))
    return steps


def who_may(verb: str) -> str:
    """The roles that may do a verb, in words."""
    held = [
        RoleName(role).label.lower() for role, may in ROLES.items() if TRANSITIONS[verb].permission in may
    ]
    return " or the ".join(held)


def _review_steps(review: Review) -> Iterable[Step]:
    """The first open line, or else the first departure that is not sent: one step or none."""
    if (line := review.next_open()) is not None:
        yield Step(f"Answer the next open line: {line.line}", line.line.get_absolute_url())
        return
    for assessed, departure in review.failing:
        args = [review.case.pk, assessed.line.key]
        if departure is None:
            yield Step(
                f"Give the reason for the departure: {assessed.line}",
                reverse("registry:departure", args=args),
            )
            return
        if not departure.is_sent:
            yield Step(
                f"Record that the departure was sent: {assessed.line}",
                reverse("registry:send_departure", args=args),
            )
            return
