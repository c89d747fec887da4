"""How many patients: list sizes as dated rows, each with its kind and source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation


class ListSizeManager(models.Manager["ListSize"]):
    def get_by_natural_key(self, organisation: str, kind: str, as_at: str, source: str) -> ListSize:
        return self.get(
            organisation=Organisation.objects.get_by_natural_key(organisation),
            kind=kind,
            as_at=as_at,
            source__slug=source,
        )


class ListSizeQuerySet(models.QuerySet["ListSize"]):
    def standing(self) -> ListSizeQuerySet:
        """Without the rows that a successor corrected."""
        return self.filter(superseded_by__isnull=True)


class ListSize(models.Model):
    """How many patients, of a practice or, where only the total is known, of a PCN.

    `patients` may have a fraction, since some sources give a year's average: then `averaged_from` is the
    first day of that year and `as_at` its last.
    """

    class Kind(models.TextChoices):
        REGISTERED = "registered", "Registered"
        WEIGHTED = "weighted", "Weighted"
        ADJUSTED = "adjusted", "Adjusted"
        RESIDENT = "resident", "Resident"
        IMPLIED = "implied", "Implied"

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="list_sizes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    as_at = models.DateField("as at")
    averaged_from = models.DateField("averaged from", null=True, blank=True)
    patients = models.DecimalField(max_digits=10, decimal_places=2)
    source = models.ForeignKey(Source, models.PROTECT)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects = ListSizeManager.from_queryset(ListSizeQuerySet)()

    class Meta:
        ordering = ["-as_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "kind", "-as_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(patients__gte=Decimal(0)), name="list_size_not_negative"),
            models.CheckConstraint(
                condition=Q(averaged_from__isnull=True) | Q(averaged_from__lt=F("as_at")),
                name="average_starts_before_it_ends",
            ),
            models.UniqueConstraint(
                fields=["organisation", "kind", "as_at", "source"],
                condition=Q(supersedes__isnull=True),
                name="list_size_stated_once_by_a_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.patients} {self.kind} on {self.as_at:%-d %B %Y}"

    def natural_key(self) -> tuple[str, str, str, str]:
        return (*self.organisation.natural_key(), self.kind, str(self.as_at), self.source.slug)


def newest_list_size(
    organisation: str, day: date | OuterRef | F, kind: str = "registered"
) -> models.QuerySet[ListSize]:
    """The newest list size on or before `day` of the organisation whose id stands in the outer column."""
    rows = ListSize.objects.standing().filter(organisation=OuterRef(organisation), kind=kind, as_at__lte=day)
    return rows.order_by("-as_at", "-pk")


def list_size(
    organisation: str, day: date | OuterRef | F, kind: str = "registered", field: str = "patients"
) -> Subquery:
    """One column of the newest list size, as `newest_list_size` finds it."""
    return Subquery(newest_list_size(organisation, day, kind).values(field)[:1])
