"""The verbs of conflicts of interest: proposed by rules, judged by the secretary, handled by the chair.

Events are about the agenda item and give no reasons: these stay with the conflict.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F

from governance.models import AgendaItem, Attendance, Conflict, Meeting, Resolution, Seat
from governance.proposing import Proposal
from governance.quorum import quorum_of
from pcnportal import clock
from pcnportal.history.record import events_of, record
from pcnportal.people.access import allow
from pcnportal.people.models import Organisation, Person, User, in_force
from pcnportal.people.naming import person_called
from pcnportal.refusals import Refused, Stale

JUDGE, HANDLE = "governance.judge_conflict", "governance.handle_conflict"
PERMISSIONS = {"judge_conflict": JUDGE, "handle_conflict": HANDLE, "add_conflict": JUDGE}
Handling, Judgement = Conflict.Handling, Conflict.Judgement
STAY = (Handling.STAYS, Handling.NO_VOTE)
LOOKED = "looked for conflicts of interest"
# Told of whoever did something else, which the rules then took in.
CHANGED = "changed which conflicts of interest are proposed"


@transaction.atomic
def propose(item: AgendaItem, proposals: Iterable[Proposal], *, by: User, is_asked: bool = True) -> None:
    """Bring what is proposed on `item` up to `proposals`: the whole of what the rules name now.

    New ones appear; of those that are no longer named, the ones not judged are marked as gone, the others
    keep what was judged. Who may have the rules look is asked by whoever calls. Nobody having asked
    (`is_asked`), there is an event only where something came or went.
    """
    AgendaItem.objects.select_for_update().get(pk=item.pk)
    wanted = {(found.person.pk, found.key): found for found in proposals}
    held = {(row.person_id, row.key): row for row in item.conflicts.exclude(rule="")}
    new = [wanted[key] for key in wanted if key not in held]
    for found in new:
        Conflict.objects.create(item=item, key=found.key, **_facts(found), person=found.person)
    gone = 0
    for key, row in held.items():
        if row.judgement:
            continue
        facts = _facts(wanted[key]) | {"gone_on": None} if key in wanted else {}
        if key not in wanted and row.gone_on is None:
            facts, gone = {"gone_on": clock.today()}, gone + 1
        changed = [name for name, value in facts.items() if getattr(row, name) != value]
        for name in changed:
            setattr(row, name, facts[name])
        if changed:
            row.version += 1
            row.save(update_fields=[*changed, "version"])
    if new or gone or is_asked:
        record(by, LOOKED if is_asked else CHANGED, item, whole=item.meeting, new=len(new), gone=gone)


def carry_over(item: AgendaItem, to: AgendaItem) -> None:
    """What was held on an item that stood over is proposed on the one that follows it, to be judged anew.

    Part of the verb that puts it there; the rules see what changed when they are asked again. What was added
    by hand comes along, too: it is declared, whatever the rules say.
    """
    rows = item.conflicts.filter(gone_on__isnull=True)
    Conflict.objects.bulk_create(
        Conflict(
            item=to,
            person_id=row.person_id,
            rule=row.rule,
            organisation_id=row.organisation_id,
            interest_id=row.interest_id,
            key=row.key,
            because=row.because,
            is_warning=row.is_warning,
        )
        for row in rows
    )


def _facts(found: Proposal) -> dict[str, Any]:
    return {
        "rule": found.rule,
        "organisation": found.organisation,
        "interest": found.interest,
        "because": found.because,
        "is_warning": found.is_warning,
    }


def _won(conflict: Conflict, seen: int) -> Conflict:
    if not Conflict.objects.filter(pk=conflict.pk, version=seen).update(version=F("version") + 1):
        raise Stale(conflict, events_of(conflict.item.meeting).filter(subject_id=conflict.item_id).first())
    held: Conflict = Conflict.objects.select_related("item__meeting__body", "person").get(pk=conflict.pk)
    _still_open(held.item)
    return held


def _still_open(item: AgendaItem) -> None:
    if item.is_taken_off:
        raise Refused("The item is off the agenda.")
    if item.meeting.is_cancelled:
        raise Refused(f"{item.meeting} is cancelled.")
    if item.meeting.minutes_published_at:
        raise Refused("The minutes are published: record what went wrong in the breach register.")


@transaction.atomic
def judge_conflict(conflict: Conflict, *, by: User, seen: int, judgement: str, reason: str = "") -> None:
    """Confirm a proposed conflict, or set it aside with a reason.

    Raises `Refused` for one's own, and once the chair has recorded what was done.
    """
    allow(by, JUDGE, conflict.commissioner)
    held = _won(conflict, seen)
    if by.person_id == held.person_id:
        raise Refused("This is your own: somebody else judges it.")
    if held.handling:
        raise Refused("The chair has recorded what was done: it is no longer set aside.")
    if judgement not in Judgement.values:
        raise Refused("Say whether it is confirmed or set aside.", "judgement")
    reason = reason.strip()
    if judgement == Judgement.SET_ASIDE and not reason:
        raise Refused("Say why it is set aside.", "reason")
    held.judgement, held.judged_by, held.gone_on = judgement, by, None
    held.reason = reason if judgement == Judgement.SET_ASIDE else ""
    held.save(update_fields=["judgement", "judged_by", "reason", "gone_on"])
    verb = "confirmed" if judgement == Judgement.CONFIRMED else "set aside"
    record(by, f"{verb} a conflict of interest", held.item, whole=held.item.meeting, conflict=held.pk)


@transaction.atomic
def handle_conflict(conflict: Conflict, *, by: User, seen: int, handling: str, note: str = "") -> None:
    """Record what the chair had done about a confirmed conflict; changed until the minutes are published.

    It is done about all confirmed conflicts of the person with the item. Raises `Refused` where the chair
    would let themself stay, where somebody who does not chair is said to hand over the chair, and where a
    resolution that stands rests on the person's vote or presence.
    """
    allow(by, HANDLE, conflict.commissioner)
    held = _won(conflict, seen)
    if held.judgement != Judgement.CONFIRMED:
        raise Refused("The secretary has not confirmed it yet.")
    if handling not in Handling.values:
        raise Refused("Say what was done.", "handling")
    if by.person_id == held.person_id and handling in STAY:
        raise Refused("This is your own conflict: you can't let yourself stay.", "handling")
    if handling == Handling.STAYS and not note.strip():
        raise Refused("Say why nothing more is needed.", "note")
    if handling == Handling.VICE_CHAIR and not chairs(held.item.meeting, held.person):
        raise Refused(f"{held.person} does not chair this meeting.", "handling")
    before, quorum = held.handling, quorum_of(held.item)
    # The person leaves or stays as one, however many rules name them.
    same = Conflict.objects.filter(item=held.item_id, person=held.person_id, judgement=Judgement.CONFIRMED)
    same.filter(pk=held.pk).update(handling=handling, handled_by=by, handling_note=note.strip())
    same.exclude(pk=held.pk).update(
        handling=handling, handled_by=by, handling_note=note.strip(), version=F("version") + 1
    )
    _not_beside_a_resolution(held, handling, was_quorate=quorum.met is True)
    # Who counts for the quorum of the item is another now: what was shown of the meeting is out of date.
    Meeting.objects.filter(pk=held.item.meeting_id).update(version=F("version") + 1)
    record(
        by,
        "recorded what was done about a conflict of interest",
        held.item,
        whole=held.item.meeting,
        conflict=held.pk,
        handling=[before, handling],
    )


def _not_beside_a_resolution(conflict: Conflict, handling: str, was_quorate: bool) -> None:
    """Raises `Refused` where what stands on the item contradicts what is said to have been done."""
    if handling == Handling.STAYS:
        return
    who, standing = conflict.person, conflict.item.resolutions.filter(superseded_by__isnull=True)
    if standing.filter(votes__person=who).exists():
        raise Refused(
            f"{who} voted on this item: replace the resolution first, or record a breach.", "handling"
        )
    is_computed = standing.filter(quorum_basis=Resolution.QuorumBasis.COMPUTED).exists()
    if is_computed and was_quorate and quorum_of(conflict.item).met is False:
        raise Refused(
            f"The item is decided, and without {who} it would not have been quorate: correct the attendance "
            "first if somebody is missing there, or record a breach.",
            "handling",
        )


def chairs(meeting: Meeting, person: Person) -> bool:
    """Whether the person took the chair of the meeting, or holds a seat of its body that chairs."""
    if Attendance.objects.filter(meeting=meeting, person=person, took_the_chair=True).exists():
        return True
    seats = Seat.objects.filter(body=meeting.body, person=person).exclude(chairs="")
    return seats.filter(in_force(meeting.held_on or clock.today())).exists()


@transaction.atomic
def add_conflict(
    item: AgendaItem,
    *,
    by: User,
    seen: int,
    because: str,
    person: Person | None = None,
    name: str = "",
    organisation: Organisation | None = None,
) -> Conflict:
    """Record a conflict that no rule named, such as one declared at the meeting: confirmed at once.

    `seen` is the version of the meeting.
    """
    allow(by, JUDGE, item.meeting.commissioner)
    if not Meeting.objects.filter(pk=item.meeting_id, version=seen).update(version=F("version") + 1):
        raise Stale(item.meeting, events_of(item.meeting).first())
    item.meeting.refresh_from_db()
    _still_open(item)
    if person and name.strip():
        raise Refused("Choose somebody whom the portal knows or enter a new name, not both.", "name")
    if person is None and not name.strip():
        raise Refused("Say whose conflict it is.", "person")
    if not because.strip():
        raise Refused("Say what was declared.", "because")
    made = Conflict.objects.create(
        item=item,
        person=person or person_called(name),
        organisation=organisation,
        key=f"by-hand:{item.conflicts.filter(rule='').count() + 1}",
        because=because.strip(),
        judgement=Judgement.CONFIRMED,
        judged_by=by,
    )
    record(by, "recorded a declared conflict of interest", item, whole=item.meeting, conflict=made.pk)
    return made
