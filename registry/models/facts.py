"""What every dated fact of the register shares: in force from a day until a day, with its source."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from pcnportal.history.models import Source
from pcnportal.people.models import ByIdentity, Identified, in_force


def known_by(day: date) -> Q:
    """Rows that begin on a day that is held, or whose source was published by `day` (or on no held day)."""
    return (
        Q(starts_on__isnull=False)
        | Q(source__isnull=True)
        | Q(source__published_on__isnull=True)
        | Q(source__published_on__lte=day)
    )


class StandingQuerySet(models.QuerySet[Any]):
    """Rows of a dated fact. A row that a successor corrected, or that was withdrawn, no longer stands."""

    def standing(self) -> StandingQuerySet:
        return self.filter(superseded_by__isnull=True, is_withdrawn=False)

    def on(self, day: date) -> StandingQuerySet:
        """Standing rows whose period holds `day`.

        Where a start is not held, the fact is known from the day on which its source was published.
        """
        return self.standing().filter(in_force(day), known_by(day))


FactManager = ByIdentity.from_queryset(StandingQuerySet)


class DatedFact(Identified, models.Model):
    """A fact in force from a day until a day (half-open), with its source; corrected by a successor.

    One that never was, and that nothing takes the place of, is withdrawn.
    """

    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    # Where its end, or that it goes on, was read, if elsewhere than the rest.
    end_source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    case = models.ForeignKey("registry.Case", models.PROTECT, null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    # The database's default too: imports write rows without Django.
    is_withdrawn = models.BooleanField("withdrawn", default=False, db_default=False)

    objects: ClassVar[Any] = FactManager()

    class Meta:
        abstract = True
