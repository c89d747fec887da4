"""Commitments whose day has passed and of which nobody has said that they were kept."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Model, Q
from django.urls import reverse

from pcnportal.findings.rules import ORGANISATIONS, Doubt, Mend, Rule
from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import words
from pcnportal.people.models import Organisation, Succession
from registry.models import Commitment, Evidence, Status


def passed(day: date) -> Iterator[Doubt]:
    """A commitment past its last day, not recorded as done, of a condition that is open or of none.

    An expected event without a day of its own is due by the last day of what was promised beside it. What
    waits for somebody's judgement of evidence is not doubted.
    """
    found = (
        Commitment.objects.filter(happened_on__isnull=True)
        .exclude(case__status__in=(Status.WITHDRAWN, Status.CLOSED))
        .exclude(condition__in=Evidence.objects.filter(judgement="").values("condition"))
        .select_related("case__pcn__organisation", "condition", "source")
        .prefetch_related("parties")
        .order_by("pk")
    )
    rows, taken = list(found), _taken_over(day)
    beside: dict[Any, list[Commitment]] = defaultdict(list)
    for row in rows:
        beside[row.condition_id or -row.case_id].append(row)
    for together in beside.values():
        last = max((row.ends_on for row in together if row.ends_on), default=None)
        for row in together:
            due = row.ends_on or (last if row.kind == Commitment.Kind.EXPECTED_EVENT else None)
            if due and due < day and not (row.condition and row.condition.result):
                yield _doubt(row, due, day, taken)


def _taken_over(day: date) -> dict[int, Succession]:
    """By practice how it went over into another, by `day`. One query."""
    kind = Organisation.Kind.PRACTICE
    rows = Succession.objects.filter(Q(on__isnull=True) | Q(on__lte=day), predecessor__kind=kind)
    return {row.predecessor_id: row for row in rows.select_related("predecessor", "successor", "source")}


def _said(row: Succession) -> str:
    into = f" {row.successor}" if row.successor else ""
    return f"{row.predecessor} {row.get_kind_display().lower()}{into}" + (
        f", {written(row.on)}" if row.on else ""
    )


def _doubt(row: Commitment, due: date, day: date, taken: dict[int, Succession]) -> Doubt:
    is_event = row.kind == Commitment.Kind.EXPECTED_EVENT
    assumed = " (an assumed day)" if row.end_assumed_because or not row.ends_on else ""
    parties = [party for party in row.parties.all() if party.kind == "practice" and party.is_open(day)]
    still = f"; {words([str(p) for p in parties])} are still open" if is_event and len(parties) > 1 else ""
    # That an expected event is this one the register cannot know: it names it, and somebody says so.
    held = [taken[party.pk] for party in row.parties.all() if is_event and party.pk in taken]
    evident = f"; the register says: {'; '.join(map(_said, held))}" if held else ""
    return Doubt(
        subject=row.case.pcn,
        key=str(row.pk),
        commissioner=row.case.commissioner_id,
        stated=str(row),
        stated_by=f"{row.promised_by}; {row.source}",
        found=f"{'Expected by' if is_event else 'Ran until'} {written(due)}{assumed}; nothing says that "
        f"{'it happened' if is_event else 'what it was for is done'}{still}{evident}",
        found_by="The register’s conditions and commitments",
        difference="To be confirmed" if held else "No evidence",
        since=due,
        meaning="What was promised so that the network could be approved may no longer hold.",
    )


def mend_commitment(_subject: Model, key: str) -> Iterator[Mend]:
    """To say that it happened, or to the condition it answers."""
    yield Mend("Record that it happened", reverse("registry:happened", args=[int(key)]))
    held = Commitment.objects.filter(pk=key).select_related("condition", "case").first()
    if held:
        yield Mend("Open what it answers", (held.condition or held.case).get_absolute_url())


RULES = (
    Rule(
        slug="commitment-passed",
        group="register",
        title="A commitment’s day has passed without evidence",
        question="Has the day of a commitment or of an expected event passed without anybody saying that it "
        "was kept?",
        source="The commitments recorded with the registrations. An expected event without a day of its "
        "own is due "
        "by the last day of what was promised beside it.",
        to_do="Ask who promised it; record that it happened, or submit evidence for the condition.",
        find=passed,
        mend=mend_commitment,
        see="registry.view_case",
        after={*ORGANISATIONS, "case", "condition"},
    ),
)
