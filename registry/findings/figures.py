"""A document's list size against the official file's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pcnportal.findings.rules import Doubt, Rule
from pcnportal.history.models import Source
from pcnportal.pages.jinja import number, plural
from pcnportal.people.models import Organisation
from registry.models import ListSize

from .rows import OrganisationRow, members_then, pcns_on, practices_on
from .sizing import AVERAGED, SAME_DAY, Size, nearest, official_sizes, percent, whole


class Printed(NamedTuple):
    """A list size that a document gives of a practice or a PCN."""

    organisation: int
    kind: str
    patients: Decimal
    as_at: date
    averaged_from: date | None
    source: str
    source_slug: str


def against_official(day: date) -> Iterator[Doubt]:
    """A printed list size that differs from the official one nearest to its day by more than is allowed."""
    printed = _printed(day)
    if not printed:
        return
    then, practices, pcns = members_then(day), practices_on(day), pcns_on(day)
    members = {p: then.of(p.organisation, p.as_at) for p in printed if p.kind == Organisation.Kind.PCN}
    wanted = {p.organisation for p in printed} | {pk for some in members.values() for pk in some}
    official = official_sizes(wanted)
    rows: dict[int, OrganisationRow] = {**practices, **pcns}
    for of in printed:
        if of.organisation in rows and (found := _official(of, members.get(of), official)):
            figure, lists, said = found
            if abs(figure - of.patients) > _tolerance(of, lists) * figure:
                yield _doubt(rows[of.organisation], of, figure, lists, said)


def _printed(day: date) -> list[Printed]:
    rows = ListSize.objects.standing().filter(
        kind=ListSize.Kind.REGISTERED,
        as_at__lte=day,
        source__kind__in=(Source.Kind.DOCUMENT, Source.Kind.ATTESTED),
        organisation__kind__in=(Organisation.Kind.PRACTICE, Organisation.Kind.PCN),
    )
    fields = ("organisation", "organisation__kind", "patients", "as_at", "averaged_from")
    found = rows.order_by("pk").values_list(*fields, "source__title", "source__slug")
    return [Printed._make(values) for values in found]


def _official(
    of: Printed, members: set[int] | None, official: dict[int, list[Size]]
) -> tuple[Decimal, list[Size], str] | None:
    """The official figure, what it is made of, and that in words; of a PCN the sum of all its practices'."""
    own = nearest(official.get(of.organisation, []), of.as_at)
    if own:
        return own.patients, [own], own.dated
    lists = [nearest(official.get(pk, []), of.as_at) for pk in members or ()]
    held = [size for size in lists if size]
    if not held or len(held) < len(lists):
        return None
    dates = " and ".join(sorted({size.dated for size in held}))
    total = sum((size.patients for size in held), Decimal(0))
    return total, held, f"the lists of {plural(len(held), 'practice')}, {dates}"


def _tolerance(of: Printed, lists: list[Size]) -> Decimal:
    same_day = of.averaged_from is None and all(
        size.averaged_from is None and size.as_at == of.as_at for size in lists
    )
    return SAME_DAY if same_day else AVERAGED


def _doubt(row: OrganisationRow, of: Printed, figure: Decimal, lists: list[Size], said: str) -> Doubt:
    off = of.patients - figure
    return Doubt(
        subject=row.record,  # type: ignore[attr-defined]
        commissioner=row.commissioner,
        key=f"{of.source_slug} {of.as_at}",
        stated=f"{number(of.patients)} patients on {of.as_at:%-d %B %Y}",
        stated_by=of.source,
        found=f"{number(whole(figure))} patients ({said})",
        found_by="; ".join(sorted({size.source for size in lists})),
        difference=f"{number(whole(abs(off)))} {'more' if off > 0 else 'fewer'} stated{percent(off, figure)}",
        patients=abs(off),
        meaning="Beyond what a list changes within a year: the document counts other patients or practices.",
    )


RULES = (
    Rule(
        slug="stated-list-size-against-official",
        group="documents",
        title="A document’s list size and the official one",
        question="Does a list size that a document prints differ from the published file’s beyond a "
        "tolerance?",
        source="Patients Registered at a GP Practice, and NHS Payments to General Practice (averages over "
        "a year). "
        "Allowed are 2 % on the same day, as the checklist allows a form, and 5 % against an average over "
        "a year "
        "or another day within one, since lists change by some per cent in a year. Figures further apart "
        "are not "
        "compared.",
        to_do="Ask the practice or the publisher for the list that was meant, and record it with its date.",
        find=against_official,
    ),
)
