"""Is an item of a meeting quorate? The rule is the body's; without rule or attendance nothing is said."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pcnportal.people.models import in_force, newest_first

from .models import AgendaItem, Attendance, Meeting, QuorumRule, Withdrawal


@dataclass(frozen=True)
class Quorum:
    """`met` is None where the rule or the attendance is not held; `working` is a sentence for the page."""

    met: bool | None
    working: str


def quorum_of(item: AgendaItem) -> Quorum:
    """The quorum of `item`, after who withdrew from it."""
    return quorums_of(item.meeting, [item])[item.pk]


def quorums_of(meeting: Meeting, items: Iterable[AgendaItem]) -> dict[int, Quorum]:
    """The quorum of each item by its id, after its withdrawals. Three queries for any number of items."""
    items = list(items)
    rules = meeting.body.quorum_rules.order_by(newest_first(), "-pk")
    rule = rules.filter(in_force(meeting.held_on)).first() if meeting.held_on else None
    attendances = list(meeting.attendances.all())
    gone: dict[int, set[int]] = defaultdict(set)
    for item, person in Withdrawal.objects.filter(item__in=items).values_list("item", "person"):
        gone[item].add(person)
    return {item.pk: _quorum(rule, attendances, gone[item.pk]) for item in items}


def _quorum(rule: QuorumRule | None, attendances: list[Attendance], gone: set[int]) -> Quorum:
    if rule is None or not attendances:
        missing = [
            name for name, held in (("the quorum rule", rule), ("the attendance", attendances)) if not held
        ]
        return Quorum(None, f"Not held: {' and '.join(missing)}.")
    present = [
        a for a in attendances if a.presence == Attendance.Presence.PRESENT and a.person_id not in gone
    ]
    voting = sum(a.is_voting for a in present)
    offices = Counter(a.office.casefold() for a in present)
    lacking = []
    if voting < rule.voting_members:
        lacking.append(f"{rule.voting_members - voting} more voting")
    for wanted in rule.offices:
        short = wanted["at_least"] - offices[wanted["office"].casefold()]
        if short > 0:
            lacking.append(f"{short} more: {wanted['office']}")
    after = f" after {len(gone)} withdrew" if gone else ""
    counted = f"{voting} voting present{after}; the rule: {rule}."
    if lacking:
        return Quorum(False, f"Not quorate: {', '.join(lacking)}. {counted}")
    return Quorum(True, f"Quorate. {counted}")
