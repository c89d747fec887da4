"""Bodies that decide: what they are for, how they hang together, when they meet, and who sits on them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import ByIdentity, Identified, Organisation, ends_after_start


class BodyManager(models.Manager["Body"]):
    def get_by_natural_key(self, slug: str) -> Body:
        return self.get(slug=slug)


class Body(models.Model):
    """A board, committee, group or workstream. What no document says of it is empty."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "Committee"
        PANEL = "panel", "Panel"
        BOARD = "board", "Board"
        GROUP = "group", "Group"
        FORUM = "forum", "Meeting of partners"
        WORKSTREAM = "workstream", "Workstream"
        SUBGROUP = "subgroup", "Workstream subgroup"

    class Tier(models.TextChoices):
        SYSTEM = "system", "System"
        PLACE = "place", "Borough"
        LOCALITY = "locality", "Locality"
        WORKSTREAM = "workstream", "Workstream"

    class Side(models.TextChoices):
        COMMISSIONER = "commissioner", "Commissioner"
        JOINT = "joint", "Joint"
        PROVIDER = "provider", "Provider"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        WORKING = "working", "Working model"
        ADOPTED = "adopted", "Adopted"
        CLOSED = "closed", "Closed"

    class ChairRule(models.TextChoices):
        FIXED = "fixed", "One chair"
        CO_CHAIRS = "co_chairs", "Co-chairs"
        ROTATING = "rotating", "Rotates by partner"

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    tier = models.CharField(max_length=12, choices=Tier.choices, blank=True)
    side = models.CharField(max_length=12, choices=Side.choices, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bodies")
    serves = models.ManyToManyField(Organisation, related_name="served_by", blank=True)
    purpose = models.TextField(blank=True)
    authority = models.TextField("delegated authority", blank=True)
    limit = models.TextField("limit of the authority", blank=True)
    chair_rule = models.CharField(max_length=10, choices=ChairRule.choices, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1)

    objects: ClassVar = BodyManager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("governance:body", args=[self.slug])


class BodyLink(Identified, models.Model):
    """A line of the map, from `body` to `to`: it reports to it, or feeds into it."""

    identity = ("body", "to", "kind", "starts_on")

    class Kind(models.TextChoices):
        REPORTS_TO = "reports_to", "Reports to"
        FEEDS_INTO = "feeds_into", "Feeds into"

    body = models.ForeignKey(Body, models.PROTECT, related_name="links")
    to = models.ForeignKey(Body, models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    objects: ClassVar = ByIdentity()

    class Meta:
        ordering = ["pk"]
        constraints = [
            ends_after_start("link_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(body=F("to")), name="no_body_reports_to_itself"),
            models.UniqueConstraint(
                fields=["body", "to", "kind"], condition=Q(ends_on__isnull=True), name="link_drawn_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_kind_display().lower()} {self.to}"


class Rhythm(Identified, models.Model):
    """How often a body meets as a rule, from a day until a day.

    Every `every` units a period begins, counted from `first_on`; in each period the body meets once, on
    `weekday` (0 is Monday) of the `week` that is named (1 to 4, 5 the last; of a month only). Where the day
    is not held no date follows, only the period. `stated` is how the document words it.
    """

    identity = ("body", "starts_on")

    class Unit(models.TextChoices):
        WEEK = "week", "weeks"
        MONTH = "month", "months"

    WEEKDAYS = [
        (0, "Monday"),
        (1, "Tuesday"),
        (2, "Wednesday"),
        (3, "Thursday"),
        (4, "Friday"),
    ]
    WEEKS = [(1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "last")]

    body = models.ForeignKey(Body, models.PROTECT, related_name="rhythms")
    every = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=5, choices=Unit.choices)
    weekday = models.PositiveSmallIntegerField("day of the week", null=True, blank=True, choices=WEEKDAYS)
    week = models.PositiveSmallIntegerField("week of the month", null=True, blank=True, choices=WEEKS)
    first_on = models.DateField("counted from", null=True, blank=True)
    starts_at = models.TimeField("start time", null=True, blank=True)
    ends_at = models.TimeField("end time", null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    stated = models.CharField("as stated", max_length=120, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    objects: ClassVar = ByIdentity()

    class Meta:
        ordering = ["pk"]
        constraints = [
            ends_after_start("rhythm_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=52), name="rhythm_is_a_count"),
            models.CheckConstraint(
                condition=Q(weekday__isnull=True) | Q(weekday__lte=4), name="a_body_meets_on_a_working_day"
            ),
            models.CheckConstraint(
                condition=Q(week__isnull=True) | Q(week__gte=1, week__lte=5, unit="month"),
                name="a_week_is_one_of_a_month",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="a_rhythm_s_meeting_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["body"], condition=Q(ends_on__isnull=True), name="one_rhythm_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.stated or f"every {self.every} {self.unit}s"


class TurnToChair(Identified, models.Model):
    """The place of a partner in the order in which the partners chair a body."""

    identity = ("body", "organisation", "starts_on")

    body = models.ForeignKey(Body, models.PROTECT, related_name="turns")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    objects: ClassVar = ByIdentity()

    class Meta:
        ordering = ["body", "position"]
        constraints = [
            ends_after_start("turn_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["body", "organisation"], condition=Q(ends_on__isnull=True), name="one_turn_each"
            ),
            models.UniqueConstraint(
                fields=["body", "position"], condition=Q(ends_on__isnull=True), name="turn_taken_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.organisation}"


class Terms(models.Model):
    """One version of a body's terms of reference: in force from a day, replaced by the next."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="terms")
    number = models.CharField("version", max_length=20)
    text = models.TextField(blank=True)
    adopted_on = models.DateField("adopted", null=True, blank=True)
    review_on = models.DateField("to be reviewed", null=True, blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    file = models.OneToOneField(
        "governance.StoredFile", models.PROTECT, null=True, blank=True, related_name="terms"
    )
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "terms of reference"
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="terms_numbered_once"),
            models.CheckConstraint(condition=~Q(text="") | Q(file__isnull=False), name="terms_say_something"),
        ]

    def __str__(self) -> str:
        return f"{self.body}: terms of reference, version {self.number}"

    def get_absolute_url(self) -> str:
        return f"{self.body.get_absolute_url()}#terms"

    @property
    def commissioner(self) -> Organisation:
        return self.body.organisation
