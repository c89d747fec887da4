"""Reads the report in a constant number of queries, however many registrations there are."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation
from registry.checklist import assess_many
from registry.checklist.facts import with_facts
from registry.coverage import coverage_of
from registry.models import (
    Case,
    Commitment,
    Condition,
    Decision,
    Departure,
    Evidence,
    Recommendation,
    Round,
    Status,
    SubmittedDirector,
    SubmittedMember,
)

from .parts import Application, Report


def applications(commissioner: Organisation, round_: Round) -> "QuerySet[Case]":
    """The commissioner's registrations of the round that were received, with what is said of them."""
    conditions = (
        Condition.objects.select_related("owner_organisation", "owner_person", "discharge_body")
        .prefetch_related(Prefetch("evidence", Evidence.objects.order_by("pk")))
        .order_by("number")
    )
    decisions = Decision.objects.select_related("body", "item__meeting__body", "superseded_by", "letter")
    members = SubmittedMember.objects.select_related("practice__organisation")
    directors = SubmittedDirector.objects.select_related("person", "practice__organisation")
    return (
        with_facts(Case.objects.filter(commissioner=commissioner, round=round_, kind=Case.Kind.REGISTRATION))
        .exclude(status=Status.DRAFT)
        .filter(current__isnull=False)
        .select_related("current__source")
        .prefetch_related(
            Prefetch("current__members", members),
            Prefetch("current__directors", directors),
            Prefetch("recommendations", Recommendation.objects.order_by("-pk")),
            Prefetch("decisions", decisions.order_by("pk")),
            Prefetch("decisions__conditions", conditions),
            Prefetch("commitments", Commitment.objects.prefetch_related("parties")),
        )
        .order_by("pcn__organisation__name", "pk")
    )


def report_of(commissioner: Organisation, round_: Round, day: date) -> Report:
    """The report as the data stand on `day`."""
    cases = list(applications(commissioner, round_))
    lines = assess_many(cases, day)
    departures: dict[int, dict[int, Departure]] = {}
    for departure in Departure.objects.filter(
        line__case__in=cases, submission=F("line__case__current")
    ).select_related("region", "line"):
        departures.setdefault(departure.line.case_id, {})[departure.line_id] = departure
    rows = tuple(
        Application(case, tuple(lines[case.pk]), departures.get(case.pk, {}))
        for case in cases
        if case.status != Status.WITHDRAWN
    )
    used = {pk for row in rows for pk in _sources(row) if pk} | {round_.source_id}
    return Report(
        commissioner=commissioner,
        round=round_,
        day=day,
        rows=rows,
        withdrawn=tuple(str(case) for case in cases if case.status == Status.WITHDRAWN),
        coverage=coverage_of(commissioner, day),
        sources=tuple(Source.objects.filter(pk__in=used)) if rows else (),
    )


def _sources(row: Application) -> Iterator[Any]:
    """Ids of the sources on which what is said of a registration stands."""
    yield row.form.source_id
    yield from (assessed.line.source_id for assessed in row.lines)
    if row.recommendation:
        yield row.recommendation.source_id
    for decision in (row.decision, row.endorsement):
        if decision:
            yield from (decision.source_id, decision.quorum_source_id)
    yield from (commitment.source_id for commitment in row.commitments)
    yield from (found.source_id for condition in row.conditions for found in condition.evidence.all())
