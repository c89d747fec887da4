"""Who: every body that ODS codes or would code, and the persons that documents name."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.db.models.functions import Length, Upper

models.CharField.register_lookup(Length)


def in_force(day: date, start: str = "starts_on", end: str = "ends_on") -> Q:
    """Rows whose half-open period holds `day`; an empty start or end is open."""
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day})
    )


def newest_first(start: str = "starts_on") -> OrderBy:
    """By start, the newest first; a start that is not held is the oldest, on every database."""
    return F(start).desc(nulls_last=True)


def ends_after_start(name: str) -> models.CheckConstraint:
    """Refuses a period that ends before it starts, or on the day it starts."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
        name=name,
    )


class OrganisationManager(models.Manager["Organisation"]):
    """Without what was recorded by mistake."""

    def get_queryset(self) -> models.QuerySet[Organisation]:
        return super().get_queryset().filter(is_withdrawn=False)

    def get_by_natural_key(self, reference: str) -> Organisation:
        """By ODS code, or by slug where the organisation has no code yet."""
        return self.get(Q(code=reference) | Q(slug=reference))


class Organisation(models.Model):
    """Every body that ODS codes, or would code: one row each.

    One that is withdrawn was recorded by mistake and never was: only `every` finds it.
    """

    class Kind(models.TextChoices):
        COMMISSIONER = "commissioner", "Commissioner"
        REGION = "region", "NHS England region"
        PARTNERSHIP = "partnership", "Partnership"
        FEDERATION = "federation", "GP federation"
        PROVIDER = "provider", "Community provider"
        COUNCIL = "council", "Council"
        LOCALITY = "locality", "Locality"
        PRACTICE = "practice", "Practice"
        PCN = "pcn", "Primary Care Network"
        OTHER = "other", "Other"

    code = models.CharField("ODS code", max_length=12, unique=True, null=True, blank=True)
    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    postcode = models.CharField(max_length=10, blank=True)
    opened_on = models.DateField("opened", null=True, blank=True)
    closed_on = models.DateField("closed", null=True, blank=True)
    is_dormant = models.BooleanField("dormant", default=False)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    source = models.ForeignKey("history.Source", models.PROTECT, null=True, blank=True)
    # Where that it closed, or did not close, was read, if elsewhere than the rest.
    closed_source = models.ForeignKey(
        "history.Source", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The database's default too: imports write rows without Django.
    is_withdrawn = models.BooleanField("withdrawn", default=False, db_default=False)

    objects: ClassVar = OrganisationManager()
    every: ClassVar[models.Manager[Organisation]] = models.Manager()

    class Meta:
        ordering = ["name"]
        # A page of a long list of one kind, by name; the few that are still to open, or have closed.
        indexes = [
            models.Index("kind", Upper("name"), "id", name="organisation_by_kind_and_name"),
            models.Index(fields=["opened_on", "id"]),
            models.Index(fields=["closed_on", "id"]),
            models.Index(fields=["id"], condition=Q(is_withdrawn=True), name="organisation_withdrawn"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__isnull=True) | Q(code__length__gte=1), name="organisation_code_not_blank"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gt=F("opened_on")),
                name="organisation_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.code or self.slug,)

    def is_open(self, day: date) -> bool:
        """Open on `day`: opened_on <= day < closed_on; a date that is not held does not close it."""
        return (self.opened_on is None or self.opened_on <= day) and (
            self.closed_on is None or day < self.closed_on
        )


class PersonManager(models.Manager["Person"]):
    def get_by_natural_key(self, slug: str) -> Person:
        return self.get(slug=slug)


class Person(models.Model):
    """Somebody a document names: a clinical director, an owner of a condition, a member of a body."""

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True)
    source = models.ForeignKey("history.Source", models.PROTECT, null=True, blank=True)

    objects: ClassVar = PersonManager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
