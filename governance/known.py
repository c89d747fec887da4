"""What is there on a day: what was known by then, and for whom."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from pcnportal.people.models import in_force

from .models import Body


def known(day: date) -> Q:
    """Rows whose source was published by `day`; one without a source, or whose day is not held, counts."""
    return Q(source__isnull=True) | Q(source__published_on__isnull=True) | Q(source__published_on__lte=day)


def held(day: date) -> Q:
    """Dated rows that hold on `day`; one without a start counts from when its source was published."""
    return in_force(day) & (Q(starts_on__isnull=False) | known(day))


def bodies_for(commissioners: Collection[int]) -> "QuerySet[Body]":
    """Bodies that belong to the commissioners or serve them."""
    served = Body.serves.through.objects.filter(organisation__in=commissioners).values("body")
    return Body.objects.filter(Q(organisation__in=commissioners) | Q(pk__in=served))
