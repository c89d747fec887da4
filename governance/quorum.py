"""Is an item of a meeting quorate? The rule is the body's; without rule or attendance nothing is said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Q

from pcnportal.people.models import in_force, newest_first
from pcnportal.refusals import Refused

from .counting import Count, Someone, could_restore, count, plain, wanted_of
from .known import held
from .models import AgendaItem, Attendance, Conflict, Meeting, QuorumRule, Seat
from .withdrawn import gone_from, without_vote

PRESENT = Attendance.Presence.PRESENT
NAMED = 6


@dataclass(frozen=True)
class Quorum:
    """`met` is None where the rule or the attendance is not held; `working` is a sentence for the page.

    `restore` says who could restore a quorum that is not met.
    """

    met: bool | None
    working: str
    restore: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.working, self.restore)))


def quorum_of(item: AgendaItem) -> Quorum:
    """The quorum of `item`, after who withdrew from it."""
    return quorums_of(item.meeting, [item])[item.pk]


def must_be_quorate(item: AgendaItem) -> Quorum:
    """The quorum of an item that is about to be decided.

    Raises `Refused` where it stands over or its quorum is not met. Where that is not held (`met` is None),
    who records the decision has to say how it is known.
    """
    if item.stood_over_because:
        raise Refused("This item stands over to a later meeting, so nothing is decided at this one.")
    quorum = quorum_of(item)
    if quorum.met is False:
        raise Refused(str(quorum), "quorum_note")
    return quorum


def quorums_of(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, Quorum]:
    """The quorum of each item by its id, after who left or may not vote. Eight queries for any number."""
    items = list(items)
    rules = meeting.body.quorum_rules.order_by(newest_first(), "-pk")
    rule = rules.filter(in_force(meeting.held_on)).first() if meeting.held_on else None
    rows = list(meeting.attendances.select_related("person", "in_place_of"))
    if rule is None or not rows:
        missing = [name for name, there in (("the quorum rule", rule), ("the attendance", rows)) if not there]
        said = Quorum(None, f"Not held: {' and '.join(missing)}.")
        return {item.pk: said for item in items}
    seats = list(
        meeting.body.seats.filter(held(meeting.day)).select_related(
            "person", "organisation", "deputises__person"
        )
    )
    present = [_came(row, rows, seats) for row in rows if row.presence == PRESENT]
    wanted = wanted_of(rule.offices)
    gone, mute = gone_from(items), without_vote(items)
    counts = {
        item.pk: count(rule.voting_members, wanted, present, gone[item.pk], mute[item.pk]) for item in items
    }
    lacking = [pk for pk, found in counts.items() if not found.is_met]
    conflicted = _conflicted(lacking) if lacking else {}
    quorums = {}
    for pk, found in counts.items():
        left = sum(one.person in gone[pk] for one in present)
        working = _working(rule, found, left)
        if found.is_met:
            quorums[pk] = Quorum(True, f"Quorate. {working}")
            continue
        here = [
            replace(one, is_voting=one.is_voting and one.person not in mute[pk])
            for one in present
            if one.person not in gone[pk]
        ]
        kept_out = conflicted.get(pk, set()) | mute[pk]
        others = [said for one, said in _others(rows, seats, kept_out) if could_restore(found, one, here)]
        to_name = [_to_be_named(seat) for seat in seats if _would_help(found, seat)]
        quorums[pk] = Quorum(False, working, _restore([*others, *to_name], seats))
    return quorums


def _came(row: Attendance, rows: Sequence[Attendance], seats: Sequence[Seat]) -> Someone:
    """A deputy counts for the member they stand for, in that member's office."""
    place, offices = row.in_place_of_id or row.person_id, {row.office}
    if row.in_place_of_id:
        of_member = [other.office for other in rows if other.person_id == place]
        of_member += [seat.office for seat in seats if seat.person_id == place]
        offices = {office for office in of_member if office} or offices
    return Someone(
        row.person_id, place, frozenset(plain(office) for office in offices if office), row.is_voting
    )


def _working(rule: QuorumRule, found: Count, left: int) -> str:
    after = f" after {left} withdrew" if left else ""
    counted = f"{found.voting} voting present{after}; the rule: {rule}."
    if found.is_met:
        return counted
    lacking = [f"{found.lacking_voting} more voting"] if found.lacking_voting else []
    lacking += [f"{number} more: {line}" for line, number in found.lacking_offices]
    return f"Not quorate: {', '.join(lacking)}. {counted}"


def _conflicted(items: Iterable[int]) -> dict[int, set[int]]:
    """Who has a conflict with each item that was neither set aside nor found to be no hindrance."""
    free = Q(judgement=Conflict.Judgement.SET_ASIDE) | Q(handling=Conflict.Handling.STAYS)
    rows = Conflict.objects.filter(item__in=items, is_warning=False, gone_on__isnull=True).exclude(free)
    found: dict[int, set[int]] = {}
    for item, person in rows.values_list("item_id", "person_id"):
        found.setdefault(item, set()).add(person)
    return found


def _others(
    rows: Sequence[Attendance], seats: Sequence[Seat], kept_out: set[int]
) -> Iterable[tuple[Someone, str]]:
    """Who could have come and did not, with why not: from the attendance, and from the body's seats."""
    recorded = {row.person_id for row in rows}
    for row in rows:
        if row.presence != PRESENT and row.person_id not in kept_out:
            why = "sent apologies" if row.presence == Attendance.Presence.APOLOGIES else "absent"
            yield _came(row, rows, seats), _said(str(row.person), row.office, row.in_place_of, why)
    for seat in seats:
        if seat.person_id is None or seat.person_id in recorded or seat.person_id in kept_out:
            continue
        stands_for = seat.deputises
        place = (stands_for.person_id if stands_for else None) or seat.person_id
        office = (stands_for.office if stands_for else "") or seat.office
        votes = bool(stands_for.is_voting if stands_for else seat.is_voting)
        one = Someone(seat.person_id, place, frozenset({plain(office)} if office else ()), votes)
        yield one, _said(seat.who, office, stands_for.person if stands_for else None, "not recorded")


def _said(name: str, office: str, deputy_for: object, why: str) -> str:
    stands = f"deputy for {deputy_for}" if deputy_for else office
    return f"{', '.join(filter(None, (name, stands)))} ({why})"


def _would_help(found: Count, seat: Seat) -> bool:
    if seat.person_id or seat.part == Seat.Part.DEPUTY:
        return False
    one = Someone(-seat.pk, -seat.pk, frozenset({plain(seat.office)}), bool(seat.is_voting))
    return could_restore(found, one, ())


def _to_be_named(seat: Seat) -> str:
    return f"the member still to be named as {seat.office or seat.organisation}"


def _restore(others: list[str], seats: Sequence[Seat]) -> str:
    if not others and not seats:
        return "Who sits on the body is not held, so neither is who could restore it."
    if not others:
        return "Of those who sit on the body nobody is left who could restore it."
    more = f"; and {len(others) - NAMED} more" if len(others) > NAMED else ""
    return f"It could be restored by {'; '.join(others[:NAMED])}{more}."
