"""Tasks of open conditions and departures: evidence to hand in or to judge, answers that are not held."""

from collections.abc import Iterable
from textwrap import shorten
from typing import Any

from django.urls import reverse

from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import in_days, plural
from pcnportal.pages.work import Link, Task, Urgency, urgency_on
from pcnportal.people.models import User
from registry.models import Departure
from registry.workflow.conditions import PERMISSIONS, why_may_not_judge

from .held import Held

EVIDENCE = {
    Urgency.OVERDUE: "{n} overdue: hand in the evidence, or extend the date with a reason",
    Urgency.SOON: "{n} due soon: hand in the evidence",
    Urgency.OPEN: "{n} open: hand in the evidence when it is there",
}
WORDS = 90
STATUS = {Urgency.OVERDUE: "overdue", Urgency.SOON: "due_soon", Urgency.OPEN: "open"}


def tasks_of(held: Held, user: User) -> list[Task]:
    return [*_to_judge(held, user), *_to_answer(held, user), *_unanswered(held, user)]


def _to_judge(held: Held, user: User) -> list[Task]:
    found = [
        c
        for c in held.conditions
        if c.awaits_judgement
        and user.can(PERMISSIONS["judge"], c.case.commissioner_id)
        and not why_may_not_judge(c, user)
        and c.handed_in_by != user.pk
    ]
    if not found:
        return []
    first = min((c.due_on for c in found if c.due_on), default=None)
    return [
        Task(
            text=f"Evidence to judge for {plural(len(found), 'condition')}",
            href=_one_or_all([reverse("registry:judge", args=[c.pk]) for c in found], "evidence_submitted"),
            urgency=min(Urgency.NOW, urgency_on(held.day, first)),
            links=tuple(link_to(c, reverse("registry:judge", args=[c.pk])) for c in found),
            due_what="Due",
            due_on=first,
        )
    ]


def _to_answer(held: Held, user: User) -> list[Task]:
    """Conditions for which no evidence waits, by how near their date is."""
    groups: dict[Urgency, list[Any]] = {}
    for condition in held.conditions:
        may = user.can(PERMISSIONS["submit_evidence"], condition.case.commissioner_id)
        if may and not condition.awaits_judgement:
            groups.setdefault(urgency_on(held.day, condition.due_on), []).append(condition)
    return [
        Task(
            text=EVIDENCE[urgency].format(n=plural(len(found), "condition")),
            href=_one_or_all([c.get_absolute_url() for c in found], STATUS[urgency]),
            urgency=urgency,
            links=tuple(link_to(c, c.get_absolute_url()) for c in found),
        )
        for urgency, found in groups.items()
    ]


def link_to(condition: Any, href: str) -> Link:
    """The condition with the beginning of the body's words and when it is due."""
    words = shorten(condition.text, WORDS, placeholder=" …")
    return Link(str(condition), href, f"{words} ({due_of(condition)})")


def due_of(condition: Any) -> str:
    """As in: due 30 June 2019, in 5 days; or the event that makes it due."""
    if condition.due_on:
        return f"due {written(condition.due_on)}, {in_days(condition.due_on)}"
    return f"due: {condition.due_event[:1].lower()}{condition.due_event[1:]}"


def _one_or_all(addresses: list[str], status: str) -> str:
    return addresses[0] if len(addresses) == 1 else f"{reverse('registry:conditions')}?status={status}"


def _unanswered(held: Held, user: User) -> list[Task]:
    """Departures that were sent and to which the regional team's answer is not held."""
    found = [
        departure
        for departures in held.departures.values()
        for departure in departures
        if departure.is_sent
        and not departure.reply
        and user.can("registry.review_case", departure.line.case.commissioner_id)
    ]
    if not found:
        return []
    links = tuple(_departure(departure) for departure in found)
    return [
        Task(
            text=f"{plural(len(found), 'departure')} to which the regional team’s answer is not held",
            href=links[0].href,
            urgency=Urgency.ELSEWHERE,
            links=links,
        )
    ]


def _departure(departure: Departure) -> Link:
    line = departure.line
    sent = f"sent {written(departure.sent_on)}" if departure.sent_on else "sent, day not held"
    return Link(f"{line.case}: {line.title}", reverse("registry:reply", args=[line.case_id, line.key]), sent)


def known(conditions: Iterable[Any]) -> Task | None:
    """For who only reads: how many conditions are open, the most pressing one first."""
    found = list(conditions)
    if not found:
        return None
    overdue = sum(c.state == "Overdue" for c in found)
    more = f", {overdue} overdue" if overdue else ""
    return Task(
        text=f"{plural(len(found), 'condition')} open{more}",
        href=f"{reverse('registry:conditions')}?status=open",
        urgency=Urgency.OVERDUE if overdue else Urgency.OPEN,
        links=tuple(link_to(c, c.get_absolute_url()) for c in found),
    )
