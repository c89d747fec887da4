"""Matches of PCNs to the rows of a file, written: proposed for a person, or accepted with the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pcnportal import clock
from pcnportal.people.models import FormerDetail
from registry.models import PCNMatch

if TYPE_CHECKING:
    from .writing import Writing

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
    decided, waiting = tuple(_decided(writing).values()), (None, None, None)
    rows = [(*m[:12], *(decided if m.is_accepted else waiting), writing.run.pk) for m in fresh]
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
    known = [match.known for match in accepted if match.known is not None]
    PCNMatch.objects.filter(pk__in=known).update(**_decided(writing))
    writing.written.accepted += known


def open_again(matches: list[int]) -> None:
    """Take back that a run accepted what an earlier one had proposed."""
    PCNMatch.objects.filter(pk__in=matches).update(is_accepted=None, decided_at=None, decided_by=None)


def _decided(writing: Writing) -> dict[str, Any]:
    return {"is_accepted": True, "decided_at": clock.now(), "decided_by_id": writing.by and writing.by.pk}
