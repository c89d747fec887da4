"""Clinical directors: of two PCNs, of one name, of none, or from a practice that has left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import Model, QuerySet
from django.urls import reverse

from pcnportal.findings.rules import Doubt, Mend, Rule, read_once
from pcnportal.pages.jinja import words
from pcnportal.people.models import Person
from registry.models import PCN, Case, ClinicalDirector, PCNPeriod, SubmittedDirector
from registry.placings import forms_that_stand

from .rows import everybodys_placings, of_half, pcns_on, practices_on

BMA = "BMA, “Creating and running Primary Care Networks” (2019)"
TITLES = {"dr", "prof", "professor", "mr", "mrs", "ms", "miss"}


class Post(NamedTuple):
    """Somebody directs a PCN, or a form that stands names them for it."""

    person: int
    name: str
    slug: str
    pcn: int
    practice: int | None
    source: str
    is_proposed: bool


@read_once
def posts_on(day: date) -> list[Post]:
    """Posts in force, and what forms that stand name. Three queries."""
    fields = ("person", "person__name", "person__slug")
    held = ClinicalDirector.objects.on(day).order_by("pk")
    own = [(*values, False) for values in held.values_list(*fields, "pcn", "practice", "source__title")]
    whose = Case.objects.order_by().values_list("commissioner", flat=True).distinct()
    forms = forms_that_stand(day, whose).order_by().values("submission")
    named = SubmittedDirector.objects.filter(submission__in=forms).order_by("pk")
    of = ("submission__case__pcn", "practice", "submission__source__title")
    return list(map(Post._make, [*own, *((*values, True) for values in named.values_list(*fields, *of))]))


def of_two(day: date) -> Iterator[Doubt]:
    """One person directs two PCNs at once."""
    pcns = pcns_on(day)
    by_person: dict[int, dict[int, Post]] = defaultdict(dict)
    for post in posts_on(day):
        by_person[post.person].setdefault(post.pcn, post)
    for found in by_person.values():
        if len(found) < 2:
            continue
        first, *others = found.values()
        commissioners = {pcns[pk].commissioner for pk in found}
        for commissioner in sorted(commissioners):
            yield Doubt(
                subject=Person(pk=first.person, name=first.name, slug=first.slug),
                key=str(commissioner) if len(commissioners) > 1 else "",
                commissioner=commissioner,
                stated=f"Clinical director of {pcns[first.pcn]}",
                stated_by=first.source or "",
                found=f"Also of {words([str(pcns[post.pcn]) for post in others])}",
                found_by="; ".join(sorted({post.source for post in others if post.source})),
                difference=f"{len(found)} PCNs",
                meaning="A director speaks for one network; the post of a second may be empty or misread.",
            )


def of_one_name(day: date) -> Iterator[Doubt]:
    """Directors of two PCNs who bear one name and are held as two persons: a name alone proves nothing."""
    pcns = pcns_on(day)
    by_name: dict[str, list[Post]] = defaultdict(list)
    for post in posts_on(day):
        by_name[_bare(post.name)].append(post)
    for posts in by_name.values():
        people = {post.person for post in posts}
        where = {post.pcn: post for post in sorted(posts, key=lambda post: (post.person, post.pcn))}
        if len(people) < 2 or len(where) < 2:
            continue
        first, *others = where.values()
        commissioners = sorted({pcns[pk].commissioner for pk in where})
        for commissioner in commissioners:
            yield Doubt(
                subject=Person(pk=first.person, name=first.name, slug=first.slug),
                key=str(commissioner) if len(commissioners) > 1 else "",
                commissioner=commissioner,
                stated=f"{first.name}, clinical director of {pcns[first.pcn]}",
                stated_by=first.source or "",
                found="; ".join(f"{post.name}, clinical director of {pcns[post.pcn]}" for post in others),
                found_by="; ".join(sorted({post.source for post in others if post.source})),
                difference="The same person?",
                meaning="If they are one, one person directs two networks. A name alone does not say.",
            )


def _bare(name: str) -> str:
    """A name without its title, dots, and the difference of capitals."""
    first, *others = name.replace(".", " ").casefold().split() or [""]
    return " ".join(others if others and first in TITLES else [first, *others])


def of_none(day: date) -> Iterator[Doubt]:
    """A live PCN without a director, where at least half of its commissioner's live PCNs have one."""
    pcns = pcns_on(day)
    directed = {post.pcn for post in posts_on(day)}
    periods = PCNPeriod.objects.on(day).filter(status=PCNPeriod.Status.LIVE).order_by("pcn")
    ids = periods.values_list("pcn", flat=True).distinct()
    live = [pcns[pk] for pk in ids if pcns[pk].is_open(day)]
    asked = of_half(live, {row.pk for row in live if row.pk in directed})
    for row in live:
        if row.pk not in directed and row.commissioner in asked:
            yield Doubt(
                subject=row.record,
                commissioner=row.commissioner,
                stated="Live",
                stated_by=row.source,
                found="No clinical director is held",
                found_by="The register’s posts",
                difference="1 director missing",
                meaning="Every network has a named accountable clinical director; nobody speaks for this "
                "one.",
            )


def whose_practice_left(day: date) -> Iterator[Doubt]:
    """A director from a practice that is not a member of the PCN, which has members."""
    members: dict[int, set[int]] = defaultdict(set)
    for placing in everybodys_placings(day):
        members[placing.pcn].add(placing.practice)
    pcns, practices = pcns_on(day), practices_on(day)
    for post in posts_on(day):
        inside = members.get(post.pcn)
        if post.practice is None or not inside or post.practice in inside or post.practice not in practices:
            continue
        yield Doubt(
            subject=Person(pk=post.person, name=post.name, slug=post.slug),
            key=pcns[post.pcn].slug,
            commissioner=pcns[post.pcn].commissioner,
            stated=f"Clinical director of {pcns[post.pcn]}, from {practices[post.practice].named}",
            stated_by=post.source or "",
            found="The practice is not a member of the PCN",
            found_by="The register’s memberships",
            difference="1 post to settle",
            meaning="A clinical director comes from a member practice: the post ends, or the practice is "
            "back.",
        )


def mend_of_one_name(subject: Model, _key: str) -> Iterator[Mend]:
    """To every PCN that somebody of that name directs."""
    name = _bare(subject.name) if isinstance(subject, Person) else ""
    held = ClinicalDirector.objects.standing().order_by("pcn__organisation__name", "pk")
    of: dict[str, str] = {}
    for called, pcn, slug in held.filter(person__name__icontains=name.rpartition(" ")[2]).values_list(
        "person__name", "pcn__organisation__name", "pcn__organisation__slug"
    ):
        if name and _bare(called) == name:
            of[slug] = pcn
    yield from (Mend(f"The directors of {of[slug]}", reverse("registry:pcn", args=[slug])) for slug in of)


def mend_director(subject: Model, _key: str) -> Iterator[Mend]:
    """To the PCN, where a director is appointed and ended."""
    slugs: QuerySet[PCN] = PCN.objects.none()
    if isinstance(subject, Person):
        slugs = PCN.objects.filter(directors__person=subject).distinct()
    elif isinstance(subject, PCN):
        yield Mend(
            "Appoint a director", reverse("registry:appoint_director", args=[subject.organisation.slug])
        )
    for pcn in slugs.select_related("organisation").order_by("organisation__name"):
        yield Mend(f"The directors of {pcn}", reverse("registry:pcn", args=[pcn.organisation.slug]))


RULES = (
    Rule(
        slug="director-of-two-pcns",
        group="register",
        title="Clinical director of two PCNs",
        question="Does one person direct two PCNs at once?",
        source=f"{BMA}: a named accountable clinical director from within the member practices",
        to_do="Ask both networks whom they appointed; end the post that is wrong, or accept it.",
        find=of_two,
        mend=mend_director,
    ),
    Rule(
        slug="directors-of-one-name",
        group="register",
        title="Directors of two PCNs bear one name",
        question="Do clinical directors of two PCNs, held as two persons, bear the same name?",
        source=f"{BMA}: a named accountable clinical director from within the member practices",
        to_do="Ask both networks whether it is one person. End the post that is wrong, or accept it with the "
        "answer.",
        find=of_one_name,
        mend=mend_of_one_name,
    ),
    Rule(
        slug="pcn-without-director",
        group="register",
        title="PCN without a clinical director",
        question="Is there a live PCN without a director, where at least half of the "
        "commissioner’s have one?",
        source=f"{BMA}: at least one director at any time",
        to_do="Record who was appointed, from when.",
        find=of_none,
        mend=mend_director,
    ),
    Rule(
        slug="directors-practice-left",
        group="register",
        title="Director’s practice is not a member",
        question="Is a clinical director’s practice no member of the PCN?",
        source=f"{BMA}: the director is a clinician from within the member practices",
        to_do="Record the end of the post, or the membership of the practice.",
        find=whose_practice_left,
        mend=mend_director,
    ),
)
