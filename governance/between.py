"""How an action between meetings stands: ratified once a resolution of its agenda item agrees."""

from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When

from governance.models import BetweenMeetings, Resolution

RATIFIED, WAITS, NOT_RATIFIED = "Ratified", "To be ratified", "Not ratified"
SLUGS = {"ratified": RATIFIED, "waits": WAITS, "not-ratified": NOT_RATIFIED}


def with_state(rows: "QuerySet[BetweenMeetings]") -> "QuerySet[Any]":
    """The actions, each with its `state` in words, by the resolutions of its item that stand."""
    standing = Resolution.objects.filter(item=OuterRef("item"), superseded_by__isnull=True)
    return rows.annotate(
        state=Case(
            When(Exists(standing.filter(outcome=Resolution.Outcome.AGREED)), then=Value(RATIFIED)),
            When(Exists(standing.filter(outcome=Resolution.Outcome.NOT_AGREED)), then=Value(NOT_RATIFIED)),
            default=Value(WAITS),
            output_field=CharField(),
        )
    )
