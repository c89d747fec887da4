"""What comes next by its date, and how each commissioner stands."""

from collections import Counter
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from pcnportal.pages.jinja import day as written
from pcnportal.pages.jinja import number, plural, words
from pcnportal.pages.work import Coming, Figure, Glance
from pcnportal.people.models import User
from registry.models import Commissioner, Status
from registry.overview import ROUND_DATES
from registry.statuses import NOT_PLACING

from .held import Held


def coming_of(held: Held) -> list[Coming]:
    """Dates of the rounds that open registrations wait for, due dates of conditions, ends of agreements."""
    return [*_of_rounds(held), *_of_conditions(held), *_of_commitments(held)]


def _of_rounds(held: Held) -> list[Coming]:
    waiting: Counter[tuple[date, str, str]] = Counter()
    for case in held.cases:
        for stages, _, what in ROUND_DATES:
            if case.status in stages and case.round_due >= held.day:
                waiting[(case.round_due, what, case.round.year)] += 1
    return [
        Coming(
            day=day,
            text=what,
            href=f"{reverse('registry:registrations')}?year={year}",
            note=plural(count, "registration"),
        )
        for (day, what, year), count in waiting.items()
    ]


def _of_conditions(held: Held) -> list[Coming]:
    return [
        Coming(condition.due_on, "Condition due", condition.get_absolute_url(), str(condition.case))
        for condition in held.conditions
        if condition.due_on and condition.due_on >= held.day
    ]


def _of_commitments(held: Held) -> list[Coming]:
    return [
        Coming(
            day=commitment.ends_on,  # type: ignore[arg-type]  # those without an end are not read
            text=f"{commitment.get_kind_display()} ends"
            + (" (assumed)" if commitment.end_assumed_because else ""),
            href=(commitment.condition or commitment.case).get_absolute_url(),
            note=str(commitment.case),
        )
        for commitment in held.commitments
    ]


def glances_of(held: Held, user: User) -> list[Glance]:
    """One for each commissioner whose registrations the user may see."""
    return [
        Glance(profile.short_name, tuple(_figures(held, profile, user)), profile.pk)
        for profile in held.commissioners
    ]


def _figures(held: Held, profile: Commissioner, user: User) -> list[Figure]:
    newest = _newest_round([case for case in held.cases if case.commissioner_id == profile.pk])
    taken_over = [] if newest else _taken_over(held, profile)
    return [
        *(taken_over or _stages(newest, user.can("registry.start_case", profile.pk))),
        *([] if taken_over and not held.coverages[profile.pk].open else [_coverage(held, profile)]),
        *([_patients(newest)] if newest else []),
        _conditions(held, profile),
    ]


def _taken_over(held: Held, profile: Commissioner) -> list[Figure]:
    """What one without a registration of its own reads and continues; nothing where it succeeded nobody."""
    figures = []
    for was in held.before.get(profile.pk, []):
        cases = [case for case in held.cases if case.commissioner_id == was.pk]
        if cases:
            what = f"{plural(len(cases), 'registration')} taken over from {was}"
            figures.append(Figure(what, f"{reverse('registry:registrations')}?year={cases[0].round.year}"))
        if was.pk in held.coverages and (count := held.coverages[was.pk].open):
            asked = urlencode({"commissioner": was.name})
            what = f"{plural(count, 'practice')} taken over from {was}"
            figures.append(Figure(what, f"{reverse('registry:practices')}?{asked}"))
    return figures


def _newest_round(cases: list[Any]) -> list[Any]:
    year = max((case.round.year for case in cases), default="")
    return [case for case in cases if case.round.year == year]


def _stages(cases: list[Any], may_start: bool) -> list[Figure]:
    counts = Counter(case.status for case in cases)
    order = list(Status.values)
    found = [
        Figure(
            f"{plural(counts[status], 'registration')}: {Status(status).label.lower()}",
            f"{reverse('registry:registrations')}?status={status}&year={cases[0].round.year}",
        )
        for status in sorted(counts, key=order.index)
    ]
    start = reverse("registry:start") if may_start else ""
    return found or [Figure("No registration yet" + (": start the first one" if start else ""), start)]


def _coverage(held: Held, profile: Commissioner) -> Figure:
    coverage = held.coverages[profile.pk]
    if not coverage.open:
        return Figure(coverage.sentence)
    text = f"{number(coverage.placed)} of {plural(coverage.open, 'practice')} placed"
    source = "" if coverage.is_whole else f"{coverage.sentence} "
    source += f"On {written(coverage.day)}, by memberships and forms that stand."
    return Figure(text, f"{reverse('registry:practices')}?{urlencode({'commissioner': profile})}", source)


def _patients(cases: list[Any]) -> Figure:
    """The stated list sizes added up, of the registrations that place practices."""
    forms = [case.current for case in cases if case.status not in NOT_PLACING and case.current]
    held = [form for form in forms if form.stated_list_size is not None]
    if not held:
        return Figure("Patients: no list size is stated yet")
    days = sorted({form.stated_as_at for form in held if form.stated_as_at})
    sources = sorted({form.source.title if form.source else "the registration forms" for form in held})
    dated = f"At {words([written(day) for day in days])}" if days else "Date not held"
    missing = f"; {len(forms) - len(held)} of {len(forms)} not held" if len(held) < len(forms) else ""
    said = f"{dated}{missing}. Source: {'; '.join(sources) or 'not held'}."
    total = sum(form.stated_list_size for form in held)
    return Figure(f"{number(total)} patients stated", reverse("registry:registrations"), said)


def _conditions(held: Held, profile: Commissioner) -> Figure:
    found = [c for c in held.conditions if c.case.commissioner_id == profile.pk]
    overdue = sum(c.state == "Overdue" for c in found)
    return Figure(
        f"{plural(len(found), 'condition')} open, {overdue} overdue" if found else "No condition open",
        f"{reverse('registry:conditions')}?status={'overdue' if overdue else 'open'}",
    )
