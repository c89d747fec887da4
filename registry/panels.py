"""What the registry shows on pages of the floor below: the roof hands these to them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from governance.models import AgendaItem, Meeting
from pcnportal import clock
from pcnportal.pages.pages import Panel
from pcnportal.people.models import User
from registry.models import Case, Decision
from registry.overview import with_overview
from registry.rows import Row, rows_of
from registry.workflow import TRANSITIONS
from registry.workflow.outcomes import COMMITTEE_VERBS, OUTCOME, PANEL_VERBS, outcome_words


@dataclass(frozen=True)
class ToDecide:
    """An agenda item and its registration: what was decided, else the way to record it, or why not."""

    item: AgendaItem
    row: Row
    decision: Decision | None
    decided: str
    href: str
    missing: str


def items_to_decide(request: HttpRequest, meeting: Meeting) -> Panel | None:
    """The registrations on a meeting's agenda, each with what was decided or the way to record it.

    None where no item is about a case that the reader may see. Constant in queries for any number of items.
    """
    user: Any = request.user
    items = list(
        meeting.items.filter(
            subject_type__app_label="registry", subject_type__model="case", is_taken_off=False
        ).order_by("position")
    )
    cases = Case.objects.filter(
        pk__in=[item.subject_id for item in items], commissioner__in=user.scope("registry.view_case")
    )
    rows = {row.case.pk: row for row in rows_of(with_overview(cases, clock.today()), clock.today())}
    decisions = _standing(items)
    shown = [
        _to_decide(item, rows[item.subject_id], decisions.get(item.pk), meeting, user)
        for item in items
        if item.subject_id in rows
    ]
    return Panel("registry/panels/items_to_decide.jinja", {"items": shown}) if shown else None


def _standing(items: Iterable[AgendaItem]) -> dict[int, Decision]:
    """What the body decided on each item, by the item's id."""
    decisions = (
        Decision.objects.filter(item__in=items, outcome__in=OUTCOME.values(), superseded_by__isnull=True)
        .select_related("quorum_source")
        .prefetch_related("conditions")
    )
    return {decision.item_id: decision for decision in decisions.order_by("pk")}


def _to_decide(
    item: AgendaItem, row: Row, decision: Decision | None, meeting: Meeting, user: User
) -> ToDecide:
    if decision:
        return ToDecide(
            item, row, decision, outcome_words(decision.outcome, len(decision.conditions.all())), "", ""
        )
    missing = (
        "It stands over to a later meeting." if item.stood_over_because else _why_not(row, meeting, user)
    )
    href = "" if missing else reverse("registry:decide", args=[row.case.pk])
    return ToDecide(item, row, None, "", href, missing)


def _why_not(row: Row, meeting: Meeting, user: User) -> str:
    """Why `user` can't record a decision on the row's item now; the verb's own page says more."""
    case = row.case
    if not user.can("registry.decide_case", case.commissioner_id):
        return "Not decided yet."
    if not any(case.status in TRANSITIONS[verb].source for verb in (*COMMITTEE_VERBS, *PANEL_VERBS)):
        return f"It is “{row.status}”: nothing is to be decided now."
    if meeting.is_cancelled:
        return "The meeting was cancelled."
    if meeting.held_on is None:
        return "The date of the meeting is not held."
    if meeting.held_on > clock.today():
        return "The meeting is still to come."
    if case.recommended_by == user.pk:
        return "You recommended it, so someone else records the decision."
    return ""
