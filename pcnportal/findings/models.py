"""What the portal doubts, and what documents state, to be held against the rows."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, User


class StatementManager(models.Manager["Statement"]):
    def get_by_natural_key(self, about_type: str, about: str, what: str, source: str, page: str) -> Statement:
        app, model = about_type.split(".")
        return self.get(
            about_type=ContentType.objects.get_by_natural_key(app, model),
            about=about,
            what=what,
            source__slug=source,
            page=page,
        )


class Statement(models.Model):
    """What a source says of a record, as printed: a count, a total, a date, a name, a rhythm.

    `about` is the natural key of the record (an ODS code or slug), so that a fixture can name it. `what` is
    the fact in a fixed word that a rule knows, such as `practices` or `contract:GMS`; `text` what is printed;
    `number` its value where it is one; `on` the day that it is stated for.
    """

    about_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    about = models.CharField(max_length=120)
    what = models.CharField(max_length=60)
    text = models.CharField(max_length=250)
    number = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT)
    page = models.CharField("page or section", max_length=120, blank=True)

    objects: ClassVar[Any] = StatementManager()

    class Meta:
        ordering = ["about_type", "about", "what", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["about_type", "about", "what", "source", "page"], name="stated_once_on_a_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.about}: {self.what} {self.text}"

    def natural_key(self) -> tuple[str, str, str, str, str]:
        return (
            ".".join(self.about_type.natural_key()),
            self.about,
            self.what,
            self.source.slug,
            self.page,
        )


class Finding(models.Model):
    """Something the portal doubts. Made and kept up by `refresh` only; people say what they did about it.

    One row for a rule, a subject and a key. `about` is what the subject was called when the rule last ran.
    `fingerprint` is made of what was stated and found: when it changes, an accepted finding opens again.
    `patients` and `pounds` are how many the difference concerns. `gone_on` is the day on which the doubt was
    found gone. Of the answer, `said_on` is empty where no document gives its day.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Waiting"
        ACCEPTED = "accepted", "Accepted"

    rule = models.SlugField(max_length=60)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    about = models.CharField(max_length=250)
    key = models.CharField(max_length=200, blank=True)
    commissioner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    stated = models.TextField()
    stated_by = models.TextField(blank=True)
    found = models.TextField()
    found_by = models.TextField(blank=True)
    difference = models.TextField(blank=True)
    patients = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    pounds = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    meaning = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64)
    first_seen = models.DateField()
    gone_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    reason = models.TextField(blank=True)
    waiting_for = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    said_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        ordering = ["gone_on", "-first_seen", "-patients", "pk"]
        indexes = [
            models.Index(fields=["commissioner", "gone_on"]),
            models.Index(fields=["subject_type", "subject_id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject_type", "subject_id", "key"], name="doubted_once_by_a_rule"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", by__isnull=True, reason="", waiting_for="", said_on__isnull=True)
                | Q(outcome="accepted", by__isnull=False, waiting_for="") & ~Q(reason="")
                | Q(outcome="waiting", by__isnull=False) & ~Q(waiting_for=""),
                name="finding_has_an_outcome_with_its_reason_or_none",
            ),
            models.CheckConstraint(
                condition=Q(patients__isnull=True) | Q(patients__gte=0), name="finding_concerns_some_patients"
            ),
            models.CheckConstraint(
                condition=Q(pounds__isnull=True) | Q(pounds__gte=0), name="finding_concerns_some_pounds"
            ),
            models.CheckConstraint(
                condition=Q(gone_on__isnull=True) | Q(gone_on__gte=F("first_seen")),
                name="finding_gone_after_it_was_seen",
            ),
        ]

    def __str__(self) -> str:
        return self.about

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.pk])

    @property
    def status(self) -> str:
        """Open, Waiting, Accepted or Corrected."""
        return finding_status(self.outcome, self.gone_on)

    def take_back_answer(self) -> None:
        """Open again, on the instance alone: nobody has said anything about it as it is now."""
        self.outcome = self.reason = self.waiting_for = ""
        self.by, self.said_on = None, None


def finding_status(outcome: str, gone_on: date | None) -> str:
    """The word for a finding: corrected by itself, or as people answered it."""
    if gone_on:
        return "Corrected"
    return str(Finding.Outcome(outcome).label) if outcome else "Open"
