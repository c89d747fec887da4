"""Matches of PCNs to the rows of a file, written: proposed for a person, or accepted with the code."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pcnportal import clock
from pcnportal.people.models import FormerDetail

from .plan import Proposal

if TYPE_CHECKING:
    from .writing import Writing

Decision = tuple[bool | None, datetime | None, int | None]
COLUMNS = (
    "pcn_id",
    "code",
    "name",
    "opened_on",
    "closed_on",
    "postcode",
    "parent",
    "shared",
    "held",
    "named",
    "has_same_name",
    "has_same_commissioner",
    "is_accepted",
    "decided_at",
    "decided_by_id",
    "run_id",
)


def propose(writing: Writing) -> None:
    """Write the matches that no earlier file proposed."""
    fresh = [match for match in writing.plan.matches if match.known is None]
    rows = [(*match[:12], *_decision(writing, match), writing.run.pk) for match in fresh]
    writing.insert("match", COLUMNS, rows)


def accept(writing: Writing) -> None:
    """The PCNs whose match is accepted get their codes; until the day that ODS opened them they had none."""
    accepted = [match for match in writing.plan.matches if match.is_accepted]
    if not accepted:
        return
    writing.set("organisation", "code", [(match.pcn, None, match.code) for match in accepted])
    what, day = FormerDetail.What.CODE.value, writing.plan.stated_on
    writing.insert(
        "former",
        ("organisation_id", "what", "value", "until", "source_id"),
        [(match.pcn, what, "", match.opened_on or day, writing.source) for match in accepted],
    )
    known = [(match.known, _decision(writing, match)) for match in accepted if match.known is not None]
    for place, column in enumerate(("is_accepted", "decided_at", "decided_by_id")):
        rows = [(pk, None, decision[place]) for pk, decision in known if decision[place] is not None]
        if rows:
            writing.set("match", column, rows)


def _decision(writing: Writing, match: Proposal) -> Decision:
    if not match.is_accepted:
        return None, None, None
    return True, clock.now(), writing.by.pk if writing.by else None
