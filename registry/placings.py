"""What a page of the register's rows needs to know on a day, in two queries for any number of rows.

Asked for the rows of one page, and not as sub-queries of every row that a filter looks at or a page skips.
"""

import json
from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, JSONObject

from pcnportal.pages.jinja import day as written
from pcnportal.pages.prepared import prepared
from pcnportal.people.models import FormerDetail, Organisation
from registry.former import Former, in_words, nearest
from registry.models import Membership, SubmittedMember, newest_list_size
from registry.statuses import NOT_PLACING

# Above it all rows are asked for: a database takes only so many values in a question.
MANY = 1000
CENT = Decimal("0.01")
FORMER = 2


def forms_that_stand(day: date, commissioners: Iterable[int]) -> QuerySet[SubmittedMember]:
    """Members that registration forms name which were received by `day`, of the commissioners' own cases.

    Once the memberships that a case made have begun, the register speaks and not the form.
    """
    begun = Membership.objects.standing().filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=day), case=OuterRef("submission__case")
    )
    return (
        SubmittedMember.objects.filter(
            submission=F("submission__case__current"),
            submission__case__commissioner__in=list(commissioners),
            has_withdrawn=False,
            practice__isnull=False,
        )
        .filter(Q(submission__received_on__isnull=True) | Q(submission__received_on__lte=day))
        .exclude(submission__case__status__in=NOT_PLACING)
        .exclude(Exists(begun))
    )


class Placing(NamedTuple):
    """A practice in a PCN, or proposed for one by a form that stands; `since` is None where not held."""

    practice: int
    pcn: int
    name: str
    slug: str
    since: date | None
    pk: int
    is_proposed: int


def placings_on(day: date, commissioners: Iterable[int], **of: Collection[int]) -> list[Placing]:
    """Memberships in force, the newest first, then what forms propose. One query.

    `of` is `practice` or `pcn` with the ids that are wanted.
    """
    return standing_on(day, commissioners, **of)[0]


def standing_on(
    day: date, commissioners: Iterable[int], **of: Collection[int]
) -> tuple[list[Placing], Former]:
    """The placings as `placings_on` gives them, and what stood of those organisations, in the same query.

    The names of the PCNs are those of the day.
    """
    ids = {name: list(some) for name, some in of.items() if len(some) <= MANY}
    rows = _placings(day, list(commissioners), ids.get("practice"), ids.get("pcn"))
    placings = [Placing._make(row) for row in rows if row[-1] != FORMER]
    former = nearest((row[0], row[3], row[2], row[4]) for row in rows if row[-1] == FORMER)
    named = [
        placing._replace(name=former[placing.pcn]["name"])
        if "name" in former.get(placing.pcn, ())
        else placing
        for placing in placings
    ]
    return sorted(named, key=_newest_first), former


@prepared
def _placings(
    day: date, commissioners: Collection[int], practices: Collection[int] | None, pcns: Collection[int] | None
) -> QuerySet[Any, Any]:
    held, named = Membership.objects.on(day), forms_that_stand(day, commissioners)
    former = FormerDetail.objects.filter(until__gt=day)
    to_pcn = "submission__case__pcn"
    if practices is not None:
        held, named = held.filter(practice__in=practices), named.filter(practice__in=practices)
        former = former.filter(
            Q(organisation__in=practices) | Q(organisation__in=held.order_by().values("pcn"))
        )
    if pcns is not None:
        held, named = held.filter(pcn__in=pcns), named.filter(**{f"{to_pcn}__in": pcns})
        former = former.filter(organisation__in=pcns)
    rows = held.order_by().values_list(
        "practice",
        "pcn",
        "pcn__organisation__name",
        "pcn__organisation__slug",
        "starts_on",
        "pk",
        Value(0),
    )
    proposed = named.order_by().values_list(
        "practice",
        to_pcn,
        f"{to_pcn}__organisation__name",
        f"{to_pcn}__organisation__slug",
        Value(None, output_field=DateField()),
        "pk",
        Value(1),
    )
    was = former.order_by().values_list(
        "organisation", Value(0), in_words(), "what", "until", "pk", Value(FORMER)
    )
    return rows.union(proposed, was, all=True)


def _newest_first(placing: Placing) -> tuple[int, int, int]:
    since = placing.since.toordinal() if placing.since else 0
    return placing.is_proposed, -since, -placing.pk


class Size(NamedTuple):
    """How many patients an organisation has; a year's average has a fraction and its first day."""

    organisation: int
    patients: Decimal
    as_at: date
    averaged_from: date | None
    source__title: str

    @property
    def middle(self) -> date:
        return middle(self.as_at, self.averaged_from)


def newest_sizes(day: date, organisations: Collection[int]) -> dict[int, Size]:
    """The newest registered list size on or before `day` of each organisation that has one. One query."""
    rows = _sizes(day, organisations if len(organisations) <= MANY else None)
    return {pk: _size(pk, **json.loads(held)) for pk, held in rows if held}


def _size(pk: int, patients: str, as_at: str, averaged_from: str | None, title: str) -> Size:
    # SQLite keeps no fraction of a whole number.
    size, since = Decimal(patients).quantize(CENT), averaged_from and date.fromisoformat(averaged_from)
    return Size(pk, size, date.fromisoformat(as_at), since or None, title)


@prepared
def _sizes(day: date, organisations: Collection[int] | None) -> QuerySet[Any, Any]:
    wanted = (
        Organisation.objects.filter(kind__in=(Organisation.Kind.PRACTICE, Organisation.Kind.PCN))
        if organisations is None
        else Organisation.objects.filter(pk__in=organisations)
    )
    # One value, since each column would be a sub-query of its own; joined by the newest row's id, PostgreSQL
    # reads the whole table. The number as text, since that of JSON is a float.
    held = JSONObject(
        patients=Cast("patients", CharField()),
        as_at="as_at",
        averaged_from="averaged_from",
        title="source__title",
    )
    newest = newest_list_size("pk", day).values(held=Cast(held, TextField()))
    return wanted.order_by().annotate(held=Subquery(newest[:1])).values_list("pk", "held")


def middle(as_at: date, averaged_from: date | None) -> date:
    """The day of a list size; of an average the middle of the time that it is over."""
    return as_at if averaged_from is None else averaged_from + (as_at - averaged_from) / 2


def dated(as_at: date | None, averaged_from: date | None) -> str:
    """The words that date a list size; an average over a financial year is named by that year."""
    if as_at is None:
        return ""
    if averaged_from is None:
        return written(as_at)
    if averaged_from == date(as_at.year - 1, 4, 1) and as_at == date(as_at.year, 3, 31):
        return f"average of {averaged_from.year}/{as_at:%y}"
    return f"average, {written(averaged_from)} to {written(as_at)}"


def added(sizes: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the lists that are held, added exactly; None where none is."""
    held = [size for size in sizes if size is not None]
    return sum(held, Decimal(0)) if held else None
