"""What happened, and where facts come from."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

models.CharField.register_lookup(Length)


class SourceManager(models.Manager["Source"]):
    def get_by_natural_key(self, slug: str) -> Source:
        return self.get(slug=slug)


class Source(models.Model):
    """Where a fact comes from: every figure points at one."""

    class Kind(models.TextChoices):
        FILE = "file", "Published file"
        DOCUMENT = "document", "Document"
        ATTESTED = "attested", "Attested"
        ASSUMED = "assumed", "Assumed"

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=250)
    publisher = models.CharField(max_length=200, blank=True)
    published_on = models.DateField("date", null=True, blank=True)
    reference = models.CharField("page or section", max_length=200, blank=True)
    url = models.URLField("address", max_length=500, blank=True)
    note = models.TextField(blank=True)

    objects: ClassVar = SourceManager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.title, self.reference, self.dated) if part)

    @property
    def dated(self) -> str:
        day: date | None = self.published_on
        return f"{day:%-d %B %Y}" if day else ""

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Event(models.Model):
    """One thing that happened. Written by `record` only; the database refuses to change or delete it.

    `subject` is the row it happened to, `whole` the record on whose page it is read (a condition's case).
    `at` is the portal's clock, `recorded_at` the machine's; they differ only in a demo. `dated` is false
    where a replayed step has no date in any document. `seal` proves that the portal wrote the row.
    """

    at = models.DateTimeField()
    dated = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    whole_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    whole_id = models.BigIntegerField()
    whole = GenericForeignKey("whole_type", "whole_id")
    commissioner = models.ForeignKey("people.Organisation", models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    changes = models.JSONField(default=dict)
    seal = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["whole_type", "whole_id"]),
            models.Index(fields=["subject_type", "subject_id"]),
            models.Index(fields=["commissioner", "-id"]),
        ]
        constraints = [models.CheckConstraint(condition=Q(seal__length=64), name="event_is_sealed")]

    def __str__(self) -> str:
        return f"{self.verb} ({self.at:%-d %B %Y})"
