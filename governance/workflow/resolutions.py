"""The verbs of resolutions: what a body resolved on an item, by which votes; a wrong one is replaced.

An item about a record of an upper app is decided there: that verb calls `put_on_record`.
"""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from governance.conflicts import must_be_settled
from governance.models import AgendaItem, Attendance, Resolution, Vote
from governance.quorum import must_be_quorate, quorum_of
from governance.withdrawn import gone_from, without_vote
from governance.workflow.meetings import advance
from pcnportal import clock
from pcnportal.history.models import Source
from pcnportal.history.record import record
from pcnportal.people.access import allow
from pcnportal.people.models import Person, User
from pcnportal.refusals import Refused

PERMISSIONS = {"resolve": "governance.write_minutes", "replace_resolution": "governance.write_minutes"}
Basis, Outcome = Resolution.QuorumBasis, Resolution.Outcome
LEAD = ("resolved that ", "resolved: ", "that ")
AFTERWARDS = "It was recorded after the minutes were published."


def not_before_its_day(item: AgendaItem, source: Source | None = None) -> None:
    """Raises `Refused` where nothing can be minuted of the item yet, or no longer.

    Of a meeting whose day is not held something is known only from a source.
    """
    meeting = item.meeting
    if meeting.is_cancelled:
        raise Refused(f"{meeting} is cancelled.")
    if item.is_taken_off:
        raise Refused("The item is off the agenda.")
    if meeting.held_on is None and source is None:
        raise Refused("The date of the meeting is not held: say where you read it.", "source_title")
    if meeting.held_on and meeting.held_on > clock.today():
        raise Refused(f"The meeting is on {meeting.held_on:%-d %B %Y}: record it on that day or later.")


def decided_elsewhere(item: AgendaItem, outcome: str = "", replaced: Resolution | None = None) -> bool:
    """Whether what is decided on the item follows from the record that the item is about.

    Where that is only discussed or noted, the body may still note it here.
    """
    if not item.subject_id:
        return False
    noted = {outcome or Outcome.NOTED, replaced.outcome if replaced else Outcome.NOTED} == {Outcome.NOTED}
    return item.purpose == AgendaItem.Purpose.DECIDE or not noted


def voters(item: AgendaItem) -> list[Attendance]:
    """Who was there with a vote, and neither left for the item nor stayed without voting; by name."""
    kept_out = without_vote([item])[item.pk]
    there = item.meeting.attendances.filter(presence=Attendance.Presence.PRESENT, is_voting=True)
    return list(there.exclude(person__in=kept_out).select_related("person").order_by("person__name", "pk"))


@transaction.atomic
def resolve(
    item: AgendaItem,
    *,
    by: User,
    seen: int,
    outcome: str,
    text: str,
    votes: Iterable[tuple[Person, str]] = (),
    number: str = "",
    quorum_note: str = "",
    source: Source | None = None,
    reason: str = "",
) -> Resolution:
    """Record what the body resolved on `item`; `seen` is the version of the meeting.

    `text` goes on where "RESOLVED that" ends, `votes` are (person, how cast) where they were taken by name.
    Where the quorum can't be reckoned, `quorum_note` says how it is known. Once the minutes are published
    `reason` says why it comes late. Raises `Refused` before the meeting's day, where the item is not quorate,
    and for a vote of who had none.
    """
    allow(by, PERMISSIONS["resolve"], item.meeting.commissioner)
    return _resolve(item, by, seen, None, outcome, text, votes, number, quorum_note, source, reason)


@transaction.atomic
def replace_resolution(
    resolution: Resolution,
    *,
    by: User,
    seen: int,
    outcome: str,
    text: str,
    reason: str,
    votes: Iterable[tuple[Person, str]] = (),
    number: str = "",
    quorum_note: str = "",
    source: Source | None = None,
) -> Resolution:
    """Put a resolution in the place of one that was recorded wrongly, with the reason; both stay readable."""
    allow(by, PERMISSIONS["replace_resolution"], resolution.commissioner)
    if Resolution.objects.filter(supersedes=resolution).exists():
        raise Refused("It is replaced already.")
    if not reason.strip():
        raise Refused("Say what was wrong with the resolution.", "reason")
    return _resolve(
        resolution.item, by, seen, resolution, outcome, text, votes, number, quorum_note, source, reason
    )


def _resolve(
    item: AgendaItem,
    by: User,
    seen: int,
    replaced: Resolution | None,
    outcome: str,
    text: str,
    votes: Iterable[tuple[Person, str]],
    number: str,
    quorum_note: str,
    source: Source | None,
    reason: str,
) -> Resolution:
    advance(item.meeting, seen)
    item.meeting.refresh_from_db()
    if decided_elsewhere(item, outcome, replaced):
        raise Refused("This is decided on the page of what the item is about, and is put here from there.")
    not_before_its_day(item, source)
    if item.meeting.minutes_published_at and not reason.strip():
        raise Refused("The minutes are published: say why they are corrected.", "reason")
    if outcome not in Outcome.values:
        raise Refused("Say what the outcome was.", "outcome")
    if not (words := _after_that(text)):
        raise Refused("Enter what was resolved.", "text")
    basis, note = _quorum(item, replaced if replaced and replaced.outcome == outcome else None, quorum_note)
    if replaced is None:
        must_be_settled(item)
    cast = _checked(item, votes)
    made = put_on_record(
        item,
        by=by,
        outcome=outcome,
        text=words,
        number=number.strip(),
        quorum_basis=basis,
        quorum_note=note,
        source=source,
        supersedes=replaced,
        reason=reason.strip(),
    )
    Vote.objects.bulk_create(Vote(resolution=made, person=person, cast=how) for person, how in cast)
    return made


def _quorum(item: AgendaItem, reworded: Resolution | None, note: str) -> tuple[str, str]:
    """How it is known that the body could decide: the basis and the note.

    A resolution whose outcome stays keeps its quorum as it was counted then. Raises `Refused` where the item
    is not quorate, or nobody says how that is known.
    """
    if reworded and reworded.quorum_basis == Basis.COMPUTED:
        return reworded.quorum_basis, reworded.quorum_note
    quorum = quorum_of(item) if reworded and reworded.quorum_basis else must_be_quorate(item)
    if quorum.met:
        return Basis.COMPUTED, quorum.working
    said = note.strip() or (reworded.quorum_note if reworded and quorum.met is False else "")
    if not said:
        raise Refused(f"{quorum.working} Say how you know that the body could decide.", "quorum_note")
    return Basis.ATTESTED, said


def _after_that(text: str) -> str:
    """The words after "RESOLVED that", which stand before them on every page."""
    words = f"{text.strip()} "
    for lead in LEAD:
        if words.casefold().startswith(lead):
            words = words[len(lead) :].lstrip()
    return words.strip()


def _checked(item: AgendaItem, votes: Iterable[tuple[Person, str]]) -> list[tuple[Person, str]]:
    cast = list(votes)
    if not cast:
        return []
    gone, kept_out = gone_from([item])[item.pk], without_vote([item])[item.pk]
    may = {row.person_id for row in voters(item)}
    counted = Counter(person.pk for person, _ in cast)
    for person, how in cast:
        if how not in Vote.Cast.values:
            raise Refused(f"Say how {person} voted.", "votes")
        if counted[person.pk] > 1:
            raise Refused(f"{person} is listed twice.", "votes")
        if person.pk in gone:
            raise Refused(f"{person} withdrew from the item, so did not vote on it.", "votes")
        if person.pk in kept_out:
            raise Refused(f"{person} stayed without voting on the item.", "votes")
        if person.pk not in may:
            raise Refused(f"{person} was not there with a vote.", "votes")
    return cast


@transaction.atomic
def put_on_record(
    item: AgendaItem,
    *,
    by: User,
    outcome: str,
    text: str,
    quorum_basis: str,
    quorum_note: str,
    number: str = "",
    source: Source | None = None,
    supersedes: Resolution | None = None,
    reason: str = "",
) -> Resolution:
    """Write the resolution and its event, in the transaction of what it follows from.

    For verbs that asked already who may, whether the body could decide and when it met. The event points at
    the resolution and copies nothing: the item may be private.
    """
    if item.meeting.minutes_published_at and not reason:
        reason = AFTERWARDS
    made = Resolution.objects.create(
        item=item,
        number=number,
        outcome=outcome,
        text=text,
        quorum_basis=quorum_basis,
        quorum_note=quorum_note,
        source=source,
        supersedes=supersedes,
        reason=reason,
    )
    verb = "replaced a resolution" if supersedes else "recorded a resolution"
    record(by, verb, item, whole=item.meeting, resolution=made.pk)
    return made
