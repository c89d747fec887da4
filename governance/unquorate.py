"""What was resolved with a quorum as it was counted then, and without one by what is recorded now."""

from collections.abc import Collection

from .models import Meeting, Resolution
from .quorum import quorums_of

COMPUTED = Resolution.QuorumBasis.COMPUTED


def without_quorum(meeting: Meeting, only: Collection[int] | None = None) -> dict[int, str]:
    """Why an item is not quorate any more, by the item's id; `only` of these items.

    Of items with a resolution that stands and whose quorum was counted. Names nobody. One query where
    nothing was counted, else nine.
    """
    items = meeting.items.filter(
        resolutions__quorum_basis=COMPUTED, resolutions__superseded_by__isnull=True, stood_over_because=""
    ).distinct()
    found = [item for item in items if only is None or item.pk in only]
    for item in found:
        item.meeting = meeting
    quorums = quorums_of(meeting, found) if found else {}
    return {pk: quorum.working for pk, quorum in quorums.items() if quorum.met is False}
