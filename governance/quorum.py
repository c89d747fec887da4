"""Is an item of a meeting quorate? The rule is the body's; without a rule or an attendance nothing is said."""

from dataclasses import dataclass

from django.db.models import Count

from pcnportal.people.models import in_force

from .models import AgendaItem, Attendance


@dataclass(frozen=True)
class Quorum:
    """`met` is None where the rule or the attendance is not held; `working` is a sentence for the page."""

    met: bool | None
    working: str


def quorum_of(item: AgendaItem) -> Quorum:
    """The quorum of `item`, after who withdrew from it."""
    meeting = item.meeting
    rule = meeting.body.quorum_rules.filter(in_force(meeting.held_on)).order_by("-starts_on", "-pk").first()
    present = list(
        meeting.attendances.filter(presence=Attendance.Presence.PRESENT).exclude(
            person__in=item.withdrawals.values("person")
        )
    )
    any_held = bool(present) or meeting.attendances.exists()
    if rule is None or not any_held:
        missing = [name for name, held in (("the quorum rule", rule), ("the attendance", any_held)) if not held]
        return Quorum(None, f"Not held: {' and '.join(missing)}.")
    voting = [a for a in present if a.is_voting]
    offices: dict[str, int] = {}
    for attendance in present:
        name = attendance.office.casefold()
        offices[name] = offices.get(name, 0) + 1
    lacking = []
    if len(voting) < rule.voting_members:
        lacking.append(f"{rule.voting_members - len(voting)} more voting")
    for wanted in rule.offices:
        short = wanted["at_least"] - offices.get(wanted["office"].casefold(), 0)
        if short > 0:
            lacking.append(f"{short} more: {wanted['office']}")
    left = item.withdrawals.aggregate(n=Count("pk"))["n"]
    after = f" after {left} withdrew" if left else ""
    counted = f"{len(voting)} voting present{after}; the rule: {rule}."
    if lacking:
        return Quorum(False, f"Not quorate: {', '.join(lacking)}. {counted}")
    return Quorum(True, f"Quorate. {counted}")
