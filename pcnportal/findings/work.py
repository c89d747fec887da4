"""What the findings give the first page, and the panel that shows them on the page of what they doubt."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from textwrap import shorten
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, QuerySet
from django.urls import reverse

from pcnportal.pages.jinja import plural
from pcnportal.pages.pages import Panel
from pcnportal.pages.work import Figure, Link, Task, Work
from pcnportal.people.models import User

from .answers import PERMISSION
from .models import Finding
from .rules import Rule, kept_from

SEE = "findings.view_finding"
SHOWN = 3
WORDS = 60


def readable(user: User) -> "QuerySet[Any]":
    """The findings that `user` may read: of their commissioners, and those that are nobody's own.

    What a rule's `see` gives to fewer is left out: to read of money or of cases asks for more.
    """
    if not user.can(SEE):
        return Finding.objects.none()
    found = Finding.objects.filter(Q(commissioner__in=user.scope(SEE)) | Q(commissioner__isnull=True))
    hidden: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for slug, own in kept_from(user.scope).items():
        hidden[tuple(own)].append(slug)
    for scope, slugs in hidden.items():
        theirs = Q(commissioner__in=scope) | Q(commissioner__isnull=True) if scope else Q(pk__in=[])
        if set(scope) != set(user.scope(SEE)):
            found = found.filter(~Q(rule__in=slugs) | theirs)
    return found


def may_read(user: User, rules: Iterable[Rule]) -> list[Rule]:
    """The rules of which `user` may read the doubts."""
    return [rule for rule in rules if not rule.see or user.can(rule.see)]


def newest_and_largest(findings: "QuerySet[Any]") -> "QuerySet[Any]":
    return findings.order_by("-first_seen", F("patients").desc(nulls_last=True), "pk")


def work_of(user: User, _day: date) -> Work:
    """The open findings as one task and as figures. One query, none for who may read no finding."""
    if not user.can(SEE):
        return Work()
    found = newest_and_largest(readable(user).filter(gone_on__isnull=True, outcome=""))
    rows = list(found.values_list("commissioner", "pk", "about", "stated", "difference", "found"))
    counts = Counter(commissioner for commissioner, *_ in rows)
    figures: dict[int, tuple[Figure, ...]] = {pk: (_figure(pk, counts[pk]),) for pk in user.scope(SEE)}
    if not rows:
        return Work(figures=figures)
    task = Task(
        text=f"{plural(len(rows), 'finding')}: what the portal doubts",
        href=f"{reverse('findings')}?status=open",
        links=tuple(_link(*row) for _, *row in rows[:SHOWN]),
    )
    if user.can(PERMISSION):
        return Work(waiting=[task], figures=figures)
    return Work(reading=[task], figures=figures)


def _link(pk: int, about: str, stated: str, difference: str, found: str) -> Link:
    note = f"{shorten(stated, WORDS, placeholder=' …')}: {difference or found}"
    return Link(about, reverse("finding", args=[pk]), note)


def _figure(commissioner: int, count: int) -> Figure:
    text = f"{plural(count, 'finding')} open" if count else "No finding open"
    return Figure(text, f"{reverse('findings')}?status=open&commissioner={commissioner}")


def doubts_about(request: Any, subject: Model) -> Panel | None:
    """What is doubted of a record and not corrected. One query; None where there is nothing to show."""
    found = newest_and_largest(readable(request.user).filter(gone_on__isnull=True, **_of(subject)))
    shown = list(found)
    return Panel("findings/panel.jinja", {"findings": shown}) if shown else None


def _of(subject: Model) -> dict[str, Any]:
    return {"subject_type": ContentType.objects.get_for_model(subject), "subject_id": subject.pk}


def counts_by_rule(user: User, slugs: Iterable[str]) -> dict[str, int]:
    """How many findings of each rule are not corrected and not accepted. One query."""
    found = readable(user).filter(gone_on__isnull=True).exclude(outcome=Finding.Outcome.ACCEPTED)
    counts = Counter(found.order_by().values_list("rule", flat=True))
    return {slug: counts.get(slug, 0) for slug in slugs}
