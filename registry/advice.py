"""What the registry advises on agenda items, for the ten-minute page of a meeting."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, prefetch_related_objects

from governance.advice import Advice, Failing
from governance.models import AgendaItem
from pcnportal import clock
from pcnportal.pages.jinja import plural
from pcnportal.people.models import User
from registry.checklist import Assessed
from registry.models import Case, Commissioner, Condition, Departure, Recommendation, SubmittedMember
from registry.overview import with_overview
from registry.rows import Row, rows_of

VIEW = "registry.view_case"


def advise(user: User, items: Sequence[AgendaItem]) -> Mapping[int, Advice]:
    """Advice on each item about a registration or a condition that `user` may see, by the item's id.

    A constant number of queries for any number of items.
    """
    about = {item.pk: item.subject for item in items}
    own = user.scope(VIEW)
    prefetch_related_objects([one for one in about.values() if isinstance(one, Condition)], "case")
    conditions = {
        pk: _on_condition(subject)
        for pk, subject in about.items()
        if isinstance(subject, Condition) and subject.case.commissioner_id in own
    }
    pks = {
        subject.pk
        for subject in about.values()
        if isinstance(subject, Case) and subject.commissioner_id in own
    }
    if not pks:
        return conditions
    day = clock.today()
    rows = {row.case.pk: row for row in rows_of(with_overview(Case.objects.filter(pk__in=pks), day), day)}
    panels = set(
        Commissioner.objects.filter(endorsing_body__in={item.meeting.body_id for item in items}).values_list(
            "organisation", "endorsing_body"
        )
    )
    reasons, departures, members = _reasons(pks), _departures(rows.values()), _members(pks)
    cases = {
        item.pk: _on_case(
            row,
            reasons.get(row.case.pk, ()),
            departures,
            members[row.case.pk],
            (row.case.commissioner_id, item.meeting.body_id) in panels,
        )
        for item in items
        if isinstance(item.subject, Case) and (row := rows.get(item.subject.pk))
    }
    return {**conditions, **cases}


def _reasons(cases: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Why it is recommended so, by case: of the newest recommendation on the form as it stands."""
    rows = Recommendation.objects.filter(case__in=cases, submission=F("case__current")).order_by("pk")
    return {case: tuple(reasons) for case, reasons in rows.values_list("case", "reasons")}


def _departures(rows: Iterable[Row]) -> dict[int, Departure]:
    """The departures on the forms as they stand, by line."""
    lines = [one.line.pk for row in rows for one in row.lines if one.is_failing]
    found = Departure.objects.filter(line__in=lines, submission=F("line__case__current"))
    return {departure.line_id: departure for departure in found}


def _members(cases: Iterable[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows = SubmittedMember.objects.filter(
        submission__case__in=cases, submission=F("submission__case__current"), has_withdrawn=False
    )
    for case, practice in rows.values_list("submission__case", "practice"):
        if practice:
            found[case].add(practice)
    return found


def _on_case(
    row: Row,
    reasons: tuple[str, ...],
    departures: Mapping[int, Departure],
    members: set[int],
    is_panel: bool,
) -> Advice:
    case = row.case
    size = f"{row.stated_list_size:,} patients stated ({row.size})" if row.stated_list_size else ""
    facts = [plural(case.practices, "practice"), size, f"criteria met: {row.criteria}"]
    payee = case.current.payee_id if case.current else None
    return Advice(
        asked=f"To endorse the registration of {row.name} and its directors, or decline to."
        if is_panel
        else f"To approve the registration of {row.name}, with conditions or without; or not to approve it, "
        "to ask for further information, or to defer it.",
        facts=f"{', '.join(filter(None, facts))}.",
        recommended=row.recommendation,
        reasons=reasons,
        failing=tuple(_failing(one, departures, reasons) for one in row.lines if one.is_failing),
        still_open=tuple(one.line.title for one in row.lines if one.is_open),
        if_not=_if_not(case, is_panel),
        href=case.get_absolute_url(),
        organisations=frozenset({case.pcn_id, *members, *filter(None, [payee])}),
    )


def _failing(one: Assessed, departures: Mapping[int, Departure], reasons: tuple[str, ...]) -> Failing:
    """The working where the rule computed it, else what the reviewer noted; and how the departure stands."""
    why = one.result.working if one.result and one.basis == "computed" else one.line.note
    departure = departures.get(one.line.pk)
    if departure is None:
        return Failing(one.line.title, why, "No reason is given for the departure.")
    is_same = departure.reason == " ".join(reasons)
    because = "for the reasons of the recommendation." if is_same else f"because: {departure.reason}"
    return Failing(one.line.title, why, f"To be allowed {because} {departure.word}.")


def _if_not(case: Any, is_panel: bool) -> str:
    """From the workflow (`transitions.py`), the rule that networks cover everybody, and the round's dates."""
    due, starts = _day(case.round.confirm_by), _day(case.round.go_live_on)
    ends = f"Confirmation is due by {due}, and networks start on {starts}."
    if is_panel:
        return f"It goes back to the review, and the committee decides anew. {ends}"
    practices = f"its {plural(case.practices, 'practice')}" if case.practices else "its practices"
    return (
        "The network can’t be confirmed; the practices may hand in a new form. Networks have to cover every "
        f"practice, so {practices} would need a place. {ends}"
    )


def _on_condition(condition: Condition) -> Advice:
    due = _day(condition.due_on) if condition.due_on else condition.due_event
    return Advice(
        asked=f"To say whether this condition is met, or to waive it: {condition.text}",
        facts=f"Evidence wanted: {condition.evidence_wanted}",
        if_not=f"The condition stays open; it is due: {due}." if due else "The condition stays open.",
        href=condition.get_absolute_url(),
    )


def _day(day: Any) -> str:
    return f"{day:%-d %B %Y}"
