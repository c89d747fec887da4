"""When a body meets next: its rhythm, what is planned already, and whose turn it is to chair."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Q

from governance.known import known
from governance.models import Body, Meeting, Rhythm, TurnToChair
from governance.rhythm import Proposed, Rule, dates, lacking
from governance.turns import Place, Sitting, turns
from pcnportal import clock
from pcnportal.people.models import Organisation

MOST = 12


@dataclass(frozen=True)
class Slot:
    """A period of a rhythm with its date; `meeting` belongs to it, `cancelled` did until it was cancelled."""

    rhythm: Rhythm
    proposed: Proposed
    meeting: Meeting | None
    cancelled: Meeting | None


def rule_of(rhythm: Rhythm) -> Rule:
    return Rule(rhythm.every, rhythm.unit, rhythm.weekday, rhythm.week, rhythm.first_on)


def _is_known() -> Q:
    """Rows that a secretary dated, or whose source was published by today."""
    return Q(starts_on__isnull=False) | known(clock.today())


def rhythms_from(body: Body, day: date) -> list[Rhythm]:
    """The rhythm in force on `day` and those that follow it, in order. One query."""
    held = body.rhythms.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day)).filter(_is_known())
    return sorted(held.select_related("source"), key=lambda rhythm: rhythm.starts_on or date.min)


def proposals(rhythms: Iterable[Rhythm], day: date) -> Iterator[tuple[Rhythm, Proposed]]:
    """The dates from `day` on, each by the rhythm in force on it."""
    for rhythm in rhythms:
        start = max(day, rhythm.starts_on or day)
        if not lacking(rule_of(rhythm)):
            yield from ((rhythm, found) for found in dates(rule_of(rhythm), start, rhythm.ends_on))


def slots(
    body: Body,
    commissioner: Organisation,
    day: date,
    *,
    rhythms: Iterable[Rhythm] | None = None,
    most: int = MOST,
) -> list[Slot]:
    """The next dates of a body for a commissioner from `day` on, planned or not. Two queries at most."""
    held = rhythms_from(body, day) if rhythms is None else rhythms
    found = list(islice(proposals(held, day), most))
    if not found:
        return []
    first = found[0][1].period.first
    meetings = list(
        body.meetings.filter(commissioner=commissioner).filter(Q(held_on__gte=first) | Q(period__gte=first))
    )
    return [
        Slot(
            rhythm,
            proposed,
            _of(proposed, (meeting for meeting in meetings if not meeting.is_cancelled)),
            _of(proposed, (meeting for meeting in meetings if meeting.is_cancelled)),
        )
        for rhythm, proposed in found
    ]


def _of(proposed: Proposed, meetings: Iterable[Meeting]) -> Meeting | None:
    return next((meeting for meeting in meetings if belongs(meeting, proposed)), None)


def belongs(meeting: Meeting, proposed: Proposed) -> bool:
    """Whether it is the meeting of that period: planned for it, wherever it was moved, or held in it."""
    in_period = (meeting.period or meeting.held_on) in proposed.period
    return in_period or meeting.held_on == proposed.day


def turns_of(
    body: Body, commissioner: Organisation, proposed: Iterable[date] = ()
) -> dict[int, Organisation]:
    """Whose turn to chair it is, by id of the meeting; of the n-th proposed date by −n − 1. Two queries."""
    rows = list(TurnToChair.objects.filter(_is_known(), body=body).select_related("organisation"))
    partners = {row.organisation_id: row.organisation for row in rows}
    places = [Place(row.organisation_id, row.position, row.starts_on, row.ends_on) for row in rows]
    if not places:
        return {}
    held = Meeting.objects.filter(
        body=body, commissioner=commissioner, is_cancelled=False, held_on__isnull=False
    ).order_by("held_on", "starts_at", "pk")
    sittings = [
        Sitting(meeting.pk, meeting.day, meeting.chaired_by_id)
        for meeting in held.only("held_on", "chaired_by")
    ]
    sittings += [Sitting(-number - 1, day) for number, day in enumerate(proposed)]
    found = turns(places, sorted(sittings, key=lambda sitting: sitting.day))
    others = {partner for partner in found.values() if partner not in partners}
    partners |= {other.pk: other for other in Organisation.objects.filter(pk__in=others)} if others else {}
    return {meeting: partners[partner] for meeting, partner in found.items() if partner in partners}
