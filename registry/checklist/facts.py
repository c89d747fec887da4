"""What is held about cases, read in three queries however many cases there are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value, When

from registry.models import (
    Case,
    Document,
    ListSize,
    Membership,
    Submission,
    SubmittedDirector,
    SubmittedMember,
)
from registry.statuses import NOT_CLAIMING


@dataclass(frozen=True)
class MemberFacts:
    """One practice on the form.

    `exact` is its registered list on the day for which the form states its own; `nearest` the newest one
    held, with the words that date it.
    """

    code: str
    name: str
    is_in_register: bool
    is_open: bool
    other_pcn: str
    signed_on: date | None
    has_withdrawn: bool
    practice_id: int | None
    exact: Decimal | None
    nearest: Decimal | None
    nearest_dated: str
    postcode: str = ""


@dataclass(frozen=True)
class DirectorFacts:
    name: str
    practice: str
    practice_id: int | None
    share: Decimal | None


@dataclass(frozen=True)
class CaseFacts:
    """All that the rules read about one case on one day."""

    day: date
    in_london: bool
    deadline: date
    received_on: date | None
    is_received_day_known: bool
    stated_list_size: int | None
    stated_as_at: date | None
    payee: str
    map_name: str
    agreement_name: str
    members: tuple[MemberFacts, ...] = field(default=())
    directors: tuple[DirectorFacts, ...] = field(default=())


def document_name(kind: str) -> Subquery:
    """The newest document of a kind in the outer case."""
    return Subquery(
        Document.objects.filter(case=OuterRef("pk"), kind=kind).order_by("-pk").values("name")[:1]
    )


def with_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases with what `facts_for` reads of the case's own row."""
    return cases.select_related(
        "pcn__organisation", "commissioner__commissioning", "round", "current__payee"
    ).annotate(map_name=document_name("map"), agreement_name=document_name("agreement"))


def members_of(submissions: Iterable[int], day: date) -> QuerySet[Any]:
    """Members named on the forms, each with its list sizes and the other PCN that holds or claims it."""
    registered = ListSize.objects.standing().filter(
        organisation=OuterRef("practice_id"), kind=ListSize.Kind.REGISTERED
    )
    exact = registered.filter(as_at=OuterRef("submission__stated_as_at"), averaged_from__isnull=True)
    nearest = registered.filter(as_at__lte=day).order_by("-as_at", "-pk")
    held = (
        Membership.objects.on(day)
        .filter(practice=OuterRef("practice_id"))
        .exclude(pcn=OuterRef("submission__case__pcn"))
    )
    claimed = (
        SubmittedMember.objects.filter(
            practice=OuterRef("practice_id"), submission=F("submission__case__current"), has_withdrawn=False
        )
        .exclude(submission__case__status__in=NOT_CLAIMING)
        .exclude(submission__case__pcn=OuterRef("submission__case__pcn"))
        .annotate(named=_name_for(OuterRef("submission__case__commissioner")))
    )
    return (
        SubmittedMember.objects.filter(submission__in=submissions)
        .select_related("practice__organisation")
        .annotate(
            exact=Subquery(exact.values("patients")[:1]),
            nearest=Subquery(nearest.values("patients")[:1]),
            nearest_as_at=Subquery(nearest.values("as_at")[:1]),
            nearest_from=Subquery(nearest.values("averaged_from")[:1]),
            held_by=Subquery(held.values("pcn__organisation__name")[:1]),
            claimed_by=Subquery(claimed.values("named")[:1]),
        )
        .order_by("pk")
    )


def _name_for(commissioner: OuterRef) -> Choose:
    """The claiming PCN's name; another commissioner's undecided registration is not told."""
    own = When(
        submission__case__commissioner=commissioner, then=F("submission__case__pcn__organisation__name")
    )
    return Choose(
        own, default=Value("a PCN that another commissioner is registering"), output_field=CharField()
    )


def _member(row: Any, day: date) -> MemberFacts:
    practice = row.practice
    dated = ""
    if row.nearest_as_at:
        dated = (
            f"average from {row.nearest_from:%-d %B %Y} to {row.nearest_as_at:%-d %B %Y}"
            if row.nearest_from
            else f"at {row.nearest_as_at:%-d %B %Y}"
        )
    return MemberFacts(
        code=row.code,
        name=practice.organisation.name if practice else row.code,
        is_in_register=practice is not None,
        is_open=practice is not None and practice.organisation.is_open(day),
        other_pcn=row.held_by or row.claimed_by or "",
        signed_on=row.signed_on,
        has_withdrawn=row.has_withdrawn,
        practice_id=row.practice_id,
        exact=row.exact,
        nearest=row.nearest,
        nearest_dated=dated,
        postcode=practice.organisation.postcode if practice else "",
    )


def facts_for(cases: Iterable[Case], day: date) -> dict[int, CaseFacts]:
    """Facts by case id. `cases` come from `with_facts`; two queries more, for members and directors."""
    cases = list(cases)
    submissions = [case.current_id for case in cases if case.current_id]
    members: dict[int, list[MemberFacts]] = defaultdict(list)
    for row in members_of(submissions, day):
        members[row.submission_id].append(_member(row, day))
    directors: dict[int, list[DirectorFacts]] = defaultdict(list)
    for director in SubmittedDirector.objects.filter(submission__in=submissions).select_related(
        "person", "practice__organisation"
    ):
        directors[director.submission_id].append(
            DirectorFacts(
                name=director.person.name,
                practice=str(director.practice) if director.practice_id else "",
                practice_id=director.practice_id,
                share=director.share,
            )
        )
    return {case.pk: _case(case, day, members, directors) for case in cases}


def _case(
    case: Case, day: date, members: dict[int, list[MemberFacts]], directors: dict[int, list[DirectorFacts]]
) -> CaseFacts:
    form = case.current
    profile = getattr(case.commissioner, "commissioning", None)
    return CaseFacts(
        day=day,
        in_london=bool(profile and profile.is_in_london),
        deadline=case.round.deadline,
        received_on=form.received_on if form else None,
        is_received_day_known=form is not None and form.received_precision == Submission.Precision.ON,
        stated_list_size=form.stated_list_size if form else None,
        stated_as_at=form.stated_as_at if form else None,
        payee=form.payee.name if form and form.payee else "",
        map_name=getattr(case, "map_name", None) or "",
        agreement_name=getattr(case, "agreement_name", None) or "",
        members=tuple(members.get(case.current_id or 0, ())),
        directors=tuple(directors.get(case.current_id or 0, ())),
    )


__all__ = ["CaseFacts", "DirectorFacts", "MemberFacts", "facts_for", "members_of", "with_facts"]
