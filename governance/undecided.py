"""Items that were to be decided, and of which nothing says what became of them."""

from governance.models import AgendaItem, Meeting


def undecided(meeting: Meeting) -> list[AgendaItem]:
    """Neither resolved nor deferred, stood over nor taken off; in the order of the agenda."""
    waiting = meeting.items.filter(
        purpose=AgendaItem.Purpose.DECIDE,
        is_taken_off=False,
        stood_over_because="",
        stood_over__isnull=True,
        resolutions__isnull=True,
    )
    return list(waiting.order_by("position"))
