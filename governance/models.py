"""Bodies that decide, their meetings, who was there, and what was on the agenda. Knows no PCN."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User, ends_after_start


class BodyManager(models.Manager["Body"]):
    def get_by_natural_key(self, slug: str) -> Body:
        return self.get(slug=slug)


class Body(models.Model):
    """A board, committee or panel."""

    class Kind(models.TextChoices):
        COMMITTEE = "committee", "Committee"
        PANEL = "panel", "Panel"
        BOARD = "board", "Board"
        GROUP = "group", "Group"

    slug = models.SlugField(max_length=120, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bodies")
    serves = models.ManyToManyField(Organisation, related_name="served_by", blank=True)
    purpose = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

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


class QuorumRule(models.Model):
    """How many members, and which offices, must be present for the body to decide.

    `offices` is a list of {"office": text, "at_least": number}.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="quorum_rules")
    voting_members = models.PositiveSmallIntegerField("voting members at least")
    offices = models.JSONField(default=list, blank=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT)

    class Meta:
        constraints = [
            ends_after_start("quorum_rule_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(voting_members__gte=1), name="quorum_needs_somebody"),
        ]

    def __str__(self) -> str:
        wanted = [f"{o['at_least']} {o['office']}" for o in self.offices]
        members = "voting member" if self.voting_members == 1 else "voting members"
        return ", ".join([f"at least {self.voting_members} {members}", *wanted])


class Seat(models.Model):
    """A member of a body, from a day until a day."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    office = models.CharField(max_length=120, blank=True)
    is_voting = models.BooleanField("voting", default=True)
    starts_on = models.DateField("from", null=True, blank=True)
    ends_on = models.DateField("until", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [ends_after_start("seat_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.person}, {self.office}" if self.office else str(self.person)


class Meeting(models.Model):
    """A meeting of a body, recorded for one commissioner."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings")
    held_on = models.DateField("date")
    starts_at = models.TimeField("start time", null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "commissioner", "held_on", "starts_at"], name="one_meeting_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["body", "commissioner", "held_on"],
                condition=Q(starts_at__isnull=True),
                name="one_meeting_a_day_without_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%-d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("governance:meeting", args=[self.pk])


class Attendance(models.Model):
    """Whether somebody was at a meeting, in which office, and with a vote."""

    class Presence(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    office = models.CharField(max_length=120, blank=True)
    is_voting = models.BooleanField("voting", default=True)
    presence = models.CharField(max_length=10, choices=Presence.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_recorded_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_presence_display()}"


class AgendaItem(models.Model):
    """One item of a meeting's agenda. `subject` is what it is about, a row of an app above."""

    class Purpose(models.TextChoices):
        DECIDE = "decide", "To decide"
        DISCUSS = "discuss", "To discuss"
        NOTE = "note", "To note"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=250)
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.DECIDE)
    is_private = models.BooleanField("private part", default=False)
    subject_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    taken_off_because = models.TextField(blank=True)
    is_taken_off = models.BooleanField(default=False)

    class Meta:
        ordering = ["meeting", "position"]
        indexes = [models.Index(fields=["subject_type", "subject_id"])]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position_taken_once"),
            models.CheckConstraint(
                condition=Q(is_taken_off=True) | Q(taken_off_because=""), name="a_reason_goes_with_taking_off"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#item-{self.pk}"

    @property
    def commissioner(self) -> Organisation:
        return self.meeting.commissioner


class Withdrawal(models.Model):
    """Somebody left for one item: no longer counted for its quorum."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="withdrawals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="withdrawals")
    reason = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "person"], name="withdrew_once")]

    def __str__(self) -> str:
        return f"{self.person} withdrew from the item"


def withdrew(user: User, item: Any) -> bool:
    """Whether `user` withdrew from the agenda item and so may not read its private papers."""
    return bool(user.person_id) and item.withdrawals.filter(person_id=user.person_id).exists()
