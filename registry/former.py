"""What organisations were called, and what else stood of them, on a day.

The columns hold what is newest; `FormerDetail` what stood before a day. Of a commissioner its name is given.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce

from pcnportal.history.models import Source
from pcnportal.people.models import FormerDetail, Organisation, Succession, succeeded_by

What = FormerDetail.What
# Of each organisation what stood on a day, where it is no longer so: {"name": "Dr Joseph", …}.
Former = dict[int, dict[str, str]]


def in_words() -> Case:
    """The value of a former detail; of a commissioner its name, else its code."""
    name = Organisation.objects.filter(code=OuterRef("value")).values("name")[:1]
    return Case(
        When(what=What.COMMISSIONER, then=Coalesce(Subquery(name), F("value"))),
        default=F("value"),
        output_field=CharField(),
    )


def is_kept_by_people(organisation: Organisation) -> bool:
    """Whether no published file wrote it: what a file wrote, files keep up."""
    return organisation.source is None or organisation.source.kind != Source.Kind.FILE


def nearest(rows: Iterable[tuple[int, str, str, date]]) -> Former:
    """From rows of (organisation, what, value, until) those that ended first after the day."""
    found: Former = defaultdict(dict)
    for organisation, what, value, _until in sorted(rows, key=lambda row: row[3], reverse=True):
        found[organisation][what] = value
    return found


def former_on(day: date, organisations: Collection[int]) -> Former:
    """What stood on `day` of the organisations where it is no longer so. One query."""
    rows = FormerDetail.objects.filter(until__gt=day, organisation__in=organisations).order_by()
    return nearest(rows.annotate(said=in_words()).values_list("organisation", "what", "said", "until"))


def as_of(organisations: Iterable[Organisation], former: Former) -> None:
    """Let the organisations carry the name and postcode of the day. Not to be saved afterwards."""
    for organisation in organisations:
        was = former.get(organisation.pk, {})
        organisation.name = was.get("name", organisation.name)
        organisation.postcode = was.get("postcode", organisation.postcode)


def on_the_day(day: date, what: str, **value: Any) -> "QuerySet[Any, Any]":
    """Ids of organisations of which, on `day`, something stood that is no longer so and matches `value`."""
    later = FormerDetail.objects.filter(until__gt=day, what=what)
    sooner = later.filter(organisation=OuterRef("organisation"), until__lt=OuterRef("until"))
    return later.filter(~Exists(sooner), **value).order_by().values("organisation")


def standing(day: date, what: str, now: Q, **then: Any) -> Q:
    """Practices or PCNs of which `now` holds of the column, or `then` of what stood in its place on `day`."""
    return (now & ~Q(pk__in=on_the_day(day, what))) | Q(pk__in=on_the_day(day, what, **then))


def commissioned_by(commissioners: Collection[int], day: date) -> Q:
    """Practices or PCNs whose commissioner, on `day`, was one of these."""
    codes = Organisation.objects.filter(pk__in=commissioners, code__isnull=False).order_by().values("code")
    return standing(day, What.COMMISSIONER, Q(commissioner__in=commissioners), value__in=codes)


class Called(dict[int, str | None]):
    """The commissioners that a text means: id to code. `succeeded` are the codes of those that were."""

    succeeded: frozenset[str] = frozenset()
    # The names of these.
    gone: tuple[str, ...] = ()


def commissioners_called(text: str, day: date) -> Called:
    """Commissioners by code or words of their name, and all whom they had succeeded by `day`.

    One query, over all commissioners: there are a few hundred.
    """
    taken = Q(predecessions__kind=Succession.Kind.SUCCEEDED, predecessions__is_withdrawn=False) & (
        Q(predecessions__on__isnull=True) | Q(predecessions__on__lte=day)
    )
    rows = (
        Organisation.objects.filter(kind=Organisation.Kind.COMMISSIONER)
        .annotate(taken=FilteredRelation("predecessions", condition=taken))
        .order_by()
        .values_list("pk", "code", "name", "taken__predecessor")
    )
    codes: dict[int, str | None] = {}
    names: dict[int, str] = {}
    before: dict[int, list[int]] = defaultdict(list)
    found: list[int] = []
    for pk, code, name, predecessor in rows:
        codes[pk], names[pk] = code, name
        if predecessor:
            before[pk].append(predecessor)
        if (code or "").casefold() == text.casefold() or is_named(text, name):
            found.append(pk)
    for pk in found:  # grows while it is walked
        found += [older for older in before[pk] if older not in found]
    called = Called({pk: codes.get(pk) for pk in found})
    gone = {older for some in before.values() for older in some}
    called.succeeded = frozenset(code for pk, code in called.items() if code and pk in gone)
    called.gone = tuple(sorted(names[pk] for pk in called if pk in gone))
    return called


def passed_on() -> "QuerySet[Succession]":
    """Of an outer former commissioner: that it was succeeded when it was no longer the commissioner."""
    return Succession.objects.filter(
        Q(on__isnull=True) | Q(on__lte=OuterRef("until")),
        kind=Succession.Kind.SUCCEEDED,
        predecessor__code=OuterRef("value"),
    )


def handed_over(day: date, codes: Collection[str]) -> "QuerySet[FormerDetail]":
    """What the commissioners with these codes had until they were succeeded, by `day`."""
    rows = FormerDetail.objects.filter(what=What.COMMISSIONER, value__in=codes, until__lte=day)
    return rows.filter(Exists(passed_on())).order_by()


def is_named(text: str, name: str) -> bool:
    """Whether every word of the text stands in the name, in any order and case."""
    return all(word.casefold() in name.casefold() for word in text.split())


def heirs_of(organisation: Organisation, day: date) -> list[Succession]:
    """Who took over from a commissioner by `day`, one after the other, each with its day. One query."""
    rows = Succession.objects.filter(succeeded_by(day)).select_related("successor").order_by("on", "pk")
    by_predecessor = {row.predecessor_id: row for row in rows}
    found: list[Succession] = []
    next_ = by_predecessor.get(organisation.pk)
    while next_ and next_ not in found:
        found.append(next_)
        next_ = by_predecessor.get(next_.successor_id or 0)
    return found
