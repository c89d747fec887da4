"""What an organisation is called on two days, and how many patients it has."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce

from pcnportal.people.models import FormerDetail, Organisation, Succession
from registry.former import in_words, nearest
from registry.models import PCN, Practice
from registry.placings import newest_sizes

from .days import MOST, NAMED, Between, Change, Named, as_it_was, change_of

What = FormerDetail.What

# What stands in a column now, as a former detail of that kind would hold it.
NOW: dict[str, Any] = {
    What.NAME: F("organisation__name"),
    What.CODE: F("organisation__code"),
    What.POSTCODE: F("organisation__postcode"),
    What.CONTRACT: F("organisation__practice__contract_type"),
    What.DORMANT: Case(When(organisation__is_dormant=True, then=Value("yes")), default=Value("")),
    What.COMMISSIONER: Coalesce(
        "organisation__practice__commissioner__name", "organisation__pcn__commissioner__name"
    ),
}


class Told(NamedTuple):
    """A former detail that stood until a day, with what stands now."""

    what: str
    said: str
    until: date
    now: str | None
    organisation: Named


def details(between: Between, *whats: str) -> Iterator[Change]:
    """Names, codes and so on that are others on the last day than on the first. One query."""
    rows = FormerDetail.objects.filter(until__gt=between.first, what__in=whats)
    rows = rows.filter(between.of(organisation=Practice) | between.of(organisation=PCN))
    now = Case(*(When(what=what, then=NOW[what]) for what in whats), output_field=CharField())
    asked = rows.order_by("organisation__name", "organisation", "until").values_list(
        "what", in_words(), "until", now, *(f"organisation__{name}" for name in NAMED)
    )
    held = [Told._make((*row[:4], Named(*row[4:]))) for row in asked[:MOST]]
    told = [(row.organisation.pk, row.what, row.said, row.until) for row in held]
    was, is_ = nearest(told), nearest(row for row in told if row[3] > between.last)
    # Of each the last change until the last day; a later one alone says nothing of these days.
    last = {(row.organisation.pk, row.what): row for row in held if row.until <= between.last}
    as_it_was(between.last, [row.organisation for row in last.values()])
    for key, row in last.items():
        before = was[key[0]][key[1]]
        after = is_.get(key[0], {}).get(key[1], row.now or "")
        if before != after:
            words = _word(row, before), _word(row, after)
            yield change_of(row.organisation, _kind_of(row.what), *words, row.until)


def _kind_of(what: str) -> str:
    return {What.NAME: "renamed", What.CODE: "coded", What.COMMISSIONER: "commissioner"}.get(
        What(what), "other"
    )


def _word(row: Told, value: str) -> str:
    if row.what == What.DORMANT:
        return "Dormant" if value else "Not dormant"
    return value


def renamed(between: Between) -> Iterator[Change]:
    yield from details(between, What.NAME)


def coded(between: Between) -> Iterator[Change]:
    yield from details(between, What.CODE)


def commissioners(between: Between) -> Iterator[Change]:
    """Of practices and PCNs; before them commissioners that another took over from."""
    rows = Succession.objects.filter(between.within("on"), kind=Succession.Kind.SUCCEEDED)
    if between.commissioners is not None:
        asked = list(between.commissioners)
        rows = rows.filter(Q(predecessor__in=asked) | Q(successor__in=asked))
    for row in rows.select_related("predecessor", "successor").order_by("predecessor__name", "pk")[:MOST]:
        was = row.predecessor
        after = f"Succeeded by {row.successor}"
        yield Change("commissioner", was.name, was.code or "", None, was.name, after, row.on)
    yield from details(between, What.COMMISSIONER)


def other(between: Between) -> Iterator[Change]:
    yield from details(between, What.POSTCODE, What.CONTRACT, What.DORMANT)


def sizes(between: Between) -> Iterator[Change]:
    """Registered lists of practices and stated ones of PCNs that are others on the last day, or new."""
    kinds = (Organisation.Kind.PRACTICE, Organisation.Kind.PCN)
    rows = Organisation.objects.filter(kind__in=kinds).filter(between.of(pk=Practice) | between.of(pk=PCN))
    held = [Named(*row) for row in rows.order_by("kind", "name", "pk").values_list(*NAMED)[:MOST]]
    ids = [row.pk for row in held]
    as_it_was(between.last, held)
    old, new = newest_sizes(between.first, ids), newest_sizes(between.last, ids)
    for row in held:
        was, is_ = old.get(row.pk), new.get(row.pk)
        if is_ and (was is None or was.patients != is_.patients):
            yield change_of(row, "sizes", was.patients if was else "", is_.patients, is_.as_at)
