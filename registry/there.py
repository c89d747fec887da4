"""Which practices there were on a day: for a list, its count, and a page."""

from datetime import date

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from pcnportal.history.models import Source
from registry.models import ListSize, Membership, Practice
from registry.models.facts import known_by


def there_on(day: date, *, closed: bool = True) -> Q:
    """Practices that had opened by `day`, and had not `closed` by then, where that is said.

    One whose opening was withdrawn never was there.

    One whose opening day is not held is known from the first day of which something is held of it: that of
    the published file that names it, the start of a membership, or a list size.
    """
    later = Source.objects.filter(kind=Source.Kind.FILE, published_on__gt=day).values("pk")
    begun = Q(starts_on__isnull=True) | Q(starts_on__lte=day)
    member = Membership.objects.standing().order_by().filter(begun, known_by(day), practice=OuterRef("pk"))
    size = ListSize.objects.standing().order_by().filter(as_at__lte=day, organisation=OuterRef("pk"))
    unnamed = Q(organisation__opened_on__isnull=True, organisation__source__in=later)
    there = Q(organisation__is_withdrawn=False) & ~Q(organisation__opened_on__gt=day)
    there &= ~(unnamed & ~Exists(member) & ~Exists(size))
    return there if closed else there & ~Q(organisation__closed_on__lte=day)


def is_known(practice: Practice, day: date) -> bool:
    """Whether something is held of the practice on `day`. Asks where its opening day is not held."""
    opened = practice.organisation.opened_on
    return opened is not None or Practice.every.filter(there_on(day), pk=practice.pk).exists()


UNNAMED = """
opened_on IS NULL AND source_id IN
  (SELECT id FROM history_source WHERE kind = 'file' AND published_on > %s)
AND NOT EXISTS (
  SELECT 1 FROM registry_membership held LEFT JOIN history_source s ON s.id = held.source_id
  WHERE held.practice_id = people_organisation.id AND NOT held.is_withdrawn
  AND (held.starts_on <= %s OR held.starts_on IS NULL AND (s.published_on IS NULL OR s.published_on <= %s))
  AND NOT EXISTS (SELECT 1 FROM registry_membership next WHERE next.supersedes_id = held.id))
AND NOT EXISTS (
  SELECT 1 FROM registry_listsize held WHERE held.organisation_id = people_organisation.id
  AND held.as_at <= %s
  AND NOT EXISTS (SELECT 1 FROM registry_listsize next WHERE next.supersedes_id = held.id))
"""


def counted_on(practices: "QuerySet[Practice]", day: date, *, closed: bool = True) -> "QuerySet[Practice]":
    """The same as `there_on`, for a count: by the ids of the others, which are few and stand in an index.

    As SQL, since Django needs longer to write it than a database to answer it.
    """
    away = ["is_withdrawn", "opened_on > %s", UNNAMED, *([] if closed else ["closed_on <= %s"])]
    others = "registry_practice.organisation_id NOT IN (SELECT id FROM people_organisation WHERE "
    where = [f"{others}{of})" for of in away]
    told = [connection.ops.adapt_datefield_value(day)] * sum(of.count("%s") for of in away)
    return practices.extra(where=where, params=told)  # noqa: S610, no words of a user
