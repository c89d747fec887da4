"""Which practices there were on a day: for a list, and for its count."""

from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from pcnportal.history.models import Source
from registry.models import Practice


def there_on(day: date, *, closed: bool = True) -> Q:
    """Practices that had opened by `day`, and had not `closed` by then, where that is said.

    One whose opening day is not held is known from the day of the published file that names it.
    """
    later = Source.objects.filter(kind=Source.Kind.FILE, published_on__gt=day).values("pk")
    unnamed = Q(organisation__opened_on__isnull=True, organisation__source__in=later)
    there = ~Q(organisation__opened_on__gt=day) & ~unnamed
    return there if closed else there & ~Q(organisation__closed_on__lte=day)


UNNAMED = (
    "opened_on IS NULL AND source_id IN"
    " (SELECT id FROM history_source WHERE kind = 'file' AND published_on > %s)"
)


def counted_on(practices: "QuerySet[Practice]", day: date, *, closed: bool = True) -> "QuerySet[Practice]":
    """The same as `there_on`, for a count: by the ids of the others, which are few and stand in an index.

    As SQL, since Django needs longer to write it than a database to answer it.
    """
    away = ["opened_on > %s", UNNAMED] if closed else ["opened_on > %s", UNNAMED, "closed_on <= %s"]
    others = "registry_practice.organisation_id NOT IN (SELECT id FROM people_organisation WHERE "
    where = [f"{others}{of})" for of in away]
    told = connection.ops.adapt_datefield_value(day)
    return practices.extra(where=where, params=[told] * len(away))  # noqa: S610, no words of a user
