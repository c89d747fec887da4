"""Conflicts of interest as they are read: who sees which, how each stands, what comes next."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from governance.interests import KEPT
from governance.models import AgendaItem, Attendance, Conflict
from governance.proposing import ConflictRule
from pcnportal.pages.jinja import plural, words
from pcnportal.people.models import User
from pcnportal.refusals import Refused

JUDGE, HANDLE = "governance.judge_conflict", "governance.handle_conflict"
BY_HAND = "Declared, not proposed by a rule"


def rule_titles(rules: Sequence[ConflictRule]) -> dict[str, str]:
    return {rule.slug: rule.title for rule in rules} | {"": BY_HAND}


def conflicts_seen_by(user: User, items: Iterable[AgendaItem]) -> dict[int, list[Conflict]]:
    """The conflicts of each item that `user` reads, by the item's id. One query for any number of items.

    All of them for who judges, handles or audits; for others the confirmed ones, as they will be minuted, and
    their own. Of a private item only one's own, for who reads nothing private: they say what it is about.
    """
    items = list(items)
    found: dict[int, list[Conflict]] = defaultdict(list)
    rows = Conflict.objects.filter(item__in=[item.pk for item in items]).select_related(
        "person", "organisation", "interest", "judged_by", "handled_by"
    )
    commissioner = {item.pk: item.meeting.commissioner_id for item in items}
    whole = {pk for verb in (JUDGE, HANDLE, KEPT) for pk in user.scope(verb)}
    private = set(user.scope("governance.read_private_paper"))
    hidden = {item.pk for item in items if item.is_private and commissioner[item.pk] not in private}
    for row in rows.order_by("gone_on", "person__name", "pk"):
        is_own = user.person_id is not None and user.person_id == row.person_id
        is_confirmed = row.judgement == Conflict.Judgement.CONFIRMED and row.item_id not in hidden
        if commissioner[row.item_id] in whole or is_own or is_confirmed:
            found[row.item_id].append(row)
    for seen in found.values():
        seen.sort(key=lambda row: row.gone_on is not None)
    return found


def stage_of(conflict: Conflict) -> str:
    """How a conflict stands, in a word."""
    if conflict.handling:
        return "Handled"
    if conflict.judgement:
        return "Confirmed" if conflict.judgement == Conflict.Judgement.CONFIRMED else "Set aside"
    if conflict.gone_on:
        return "No longer so"
    return "Warning" if conflict.is_warning else "Proposed"


def next_step(conflict: Conflict) -> str:
    """Who has to do what now, as a sentence; empty where nothing is to be done."""
    if conflict.handling or conflict.judgement == Conflict.Judgement.SET_ASIDE:
        return ""
    if conflict.judgement:
        return "The chair records what was done."
    if conflict.gone_on:
        return ""
    if conflict.is_warning:
        return "The secretary asks them, and registers what they declare; or confirms it or sets it aside."
    return "The secretary confirms it or sets it aside with a reason."


def in_words(conflicts: Iterable[Conflict]) -> str:
    """How the conflicts of an item stand together: 2 proposed, 1 warning and 1 handled; empty for none."""
    counts: dict[str, int] = {}
    for conflict in conflicts:
        stage = stage_of(conflict)
        if stage != "No longer so":
            counts[stage] = counts.get(stage, 0) + 1
    order = ("Proposed", "Warning", "Confirmed", "Handled", "Set aside")
    said = {"Warning": ("warning", "warnings")}
    return words(
        plural(counts[stage], *said[stage]) if stage in said else f"{counts[stage]} {stage.lower()}"
        for stage in order
        if stage in counts
    )


def unsettled_for(user: User, item: AgendaItem) -> list[tuple[Conflict, str, str]]:
    """What `user` reads that is still to be judged or handled: each conflict, how it stands, what is next."""
    rows = conflicts_seen_by(user, [item])[item.pk]
    return [(row, stage_of(row), step) for row in rows if (step := next_step(row))]


def must_be_settled(item: AgendaItem) -> None:
    """Raises `Refused` where somebody there with a vote has a confirmed conflict that is not handled yet.

    For what is about to be decided on the item, not for what replaces a decision that was recorded wrongly:
    what was done then may follow from it.
    """
    there = item.meeting.attendances.filter(presence=Attendance.Presence.PRESENT, is_voting=True)
    waits = item.conflicts.filter(
        judgement=Conflict.Judgement.CONFIRMED, handling="", person__in=there.values("person")
    ).exclude(person__in=item.withdrawals.values("person"))
    people = list(dict.fromkeys(str(row.person) for row in waits.select_related("person").order_by("pk")))
    if people:
        have = "has a conflict" if len(people) == 1 else "have conflicts"
        raise Refused(
            f"{words(people)} {have} of interest with this item that {'is' if len(people) == 1 else 'are'} "
            "confirmed: the chair records first what was done."
        )
