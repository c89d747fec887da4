"""The ten-minute page: what a member needs of each item to decide it, in the order of the agenda."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.actions import open_on, owners_in_words
from governance.advice import Advice, Advising, Own, own_interests
from governance.minutes import resolved_on
from governance.models import AgendaItem
from governance.quorum import Quorum, quorums_of
from governance.views.agenda import AgendaPage, ItemRow, rows_of
from governance.withdrawn import withdrawn_from
from pcnportal import clock

NOTHING = Advice()


@dataclass(frozen=True)
class Told:
    """An item with all that the page says of it. `has_left`: the reader withdrew from it, or is to.

    `same_reasons` is the number of an earlier item that is recommended for the same reasons.
    """

    row: ItemRow
    advice: Advice
    quorum: Quorum
    own: list[Own]
    has_left: bool
    resolved: list[Any]
    same_reasons: str = ""

    @property
    def asked(self) -> str:
        return self.row.item.asked or self.advice.asked

    @property
    def if_not(self) -> str:
        return self.row.item.if_not or self.advice.if_not

    @property
    def is_to_decide(self) -> bool:
        return self.row.item.purpose == AgendaItem.Purpose.DECIDE


class BriefPage(AgendaPage):
    template_name = "governance/brief/brief.jinja"
    advising: tuple[Advising, ...] = ()

    def get_title(self) -> str:
        return "Read in ten minutes"

    def context(self) -> dict[str, Any]:
        told = self.told()
        user, meeting = self.request.user, self.object
        said = {str(one.quorum) for one in told}
        return {
            "told": told,
            "open_actions": open_on(meeting, [one.row.item for one in told], user),
            "owners_in_words": owners_in_words,
            "to_decide": sum(one.is_to_decide for one in told),
            "with_interests": [one for one in told if one.own],
            "one_quorum": told[0].quorum if len(said) == 1 and len(told) > 1 else None,
            "is_today": meeting.held_on == clock.today(),
            "is_person": bool(user.person_id),
            "may_declare": user.can("governance.declare_interest", meeting.commissioner_id),
            "may_read_private": user.can("governance.read_private_paper", meeting.commissioner_id),
        }

    def told(self) -> list[Told]:
        """Every item that stands. A constant number of queries for any number of them."""
        user, meeting = self.request.user, self.object
        rows = [row for row in rows_of(meeting, user) if not row.item.is_taken_off]
        items = [row.item for row in rows]
        left = withdrawn_from(user, items)
        readable = [row.item for row in rows if row.is_open and row.item.pk not in left]
        advice: dict[int, Advice] = {}
        for advise in self.advising:
            advice |= advise(user, readable)
        about = {pk: one.organisations for pk, one in advice.items()}
        own = own_interests(user, items, about, meeting.held_on or clock.today())
        quorums, resolved = quorums_of(meeting, items), resolved_on(user, items)
        same = _same_reasons(rows, advice)
        return [
            Told(
                row,
                advice.get(row.item.pk, NOTHING),
                quorums[row.item.pk],
                own.get(row.item.pk, []),
                row.item.pk in left,
                list(resolved.get(row.item.pk, ())),
                same.get(row.item.pk, ""),
            )
            for row in rows
        ]


def _same_reasons(rows: Iterable[ItemRow], advice: Mapping[int, Advice]) -> dict[int, str]:
    """By the id of an item the number of the first before it with the same reasons."""
    first: dict[tuple[str, ...], str] = {}
    found = {}
    for row in rows:
        if reasons := advice.get(row.item.pk, NOTHING).reasons:
            if reasons in first:
                found[row.item.pk] = first[reasons]
            first.setdefault(reasons, row.item.reference)
    return found
