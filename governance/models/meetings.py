"""Meetings: when and where, moved from when, and who was there."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User
from pcnportal.refusals import Refused

from .bodies import Body


class Meeting(models.Model):
    """A meeting of a body, recorded for one commissioner.

    `held_on` is empty where no document gives the day. Once the agenda or the minutes are published they
    change by corrections only. `chaired_by` is the partner that chaired it, or was given the turn with a
    reason; empty, the turn follows from the order (`governance.turns`). `stated_attendance` is how many a
    document says were there, `period` the first day of the period of the rhythm that the meeting belongs to:
    it has one meeting in each.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="meetings")
    held_on = models.DateField("date", null=True, blank=True)
    starts_at = models.TimeField("start time", null=True, blank=True)
    ends_at = models.TimeField("end time", null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    period = models.DateField(null=True, blank=True)
    chaired_by = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    stated_attendance = models.PositiveSmallIntegerField("attendance as stated", null=True, blank=True)
    agenda_published_at = models.DateTimeField("agenda published", null=True, blank=True)
    minutes_published_at = models.DateTimeField("minutes published", null=True, blank=True)
    is_publication_dated = models.BooleanField(
        "when the minutes were published is held", default=True, db_default=True
    )
    is_cancelled = models.BooleanField("cancelled", default=False, db_default=False)
    cancelled_because = models.TextField(blank=True)
    # Pages of the pack as published, [item or paper, number, letter, pages]: late papers renumber nothing.
    numbering = models.JSONField(default=list, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "commissioner", "held_on", "starts_at"],
                condition=Q(is_cancelled=False),
                name="one_meeting_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["body", "commissioner", "held_on"],
                condition=Q(starts_at__isnull=True, is_cancelled=False),
                name="one_meeting_a_day_without_a_time",
            ),
            models.UniqueConstraint(
                fields=["body", "commissioner", "period"],
                condition=Q(is_cancelled=False, period__isnull=False),
                name="one_meeting_in_a_period",
            ),
            models.CheckConstraint(
                condition=Q(is_cancelled=False, cancelled_because="")
                | Q(is_cancelled=True) & ~Q(cancelled_because=""),
                name="a_reason_goes_with_cancelling",
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%-d %B %Y}" if self.held_on else f"{self.body}, date not held"

    def get_absolute_url(self) -> str:
        return reverse("governance:meeting", args=[self.pk])

    def stage_on(self, day: date) -> str:
        """How it stands, in words: a meeting of an earlier day that was not cancelled was held."""
        if self.is_cancelled:
            return "Cancelled"
        if self.held_on is None:
            return "Date not held"
        return "Held" if self.held_on < day else "Planned"

    @property
    def day(self) -> date:
        """The day of a meeting that can still be worked on. Raises `Refused` where it is not held."""
        if self.held_on is None:
            raise Refused(f"The date of this meeting of the {self.body} is not held.")
        return self.held_on


class Move(models.Model):
    """A meeting was moved to another day or time, and why; the newest row leads to where it is now."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="moves")
    from_day = models.DateField()
    from_time = models.TimeField(null=True, blank=True)
    to_day = models.DateField()
    to_time = models.TimeField(null=True, blank=True)
    reason = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="a_move_has_a_reason")]

    def __str__(self) -> str:
        return f"{self.from_day:%-d %B %Y} moved to {self.to_day:%-d %B %Y}"


class Attendance(models.Model):
    """Whether somebody was at a meeting, for whom, in which office, and with a vote."""

    class Presence(models.TextChoices):
        PRESENT = "present", "Present"
        APOLOGIES = "apologies", "Apologies"
        ABSENT = "absent", "Absent"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField(max_length=120, blank=True)
    is_voting = models.BooleanField("voting", default=True)
    in_place_of = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="deputy for"
    )
    took_the_chair = models.BooleanField("took the chair", default=False, db_default=False)
    presence = models.CharField(max_length=10, choices=Presence.choices)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attendance_recorded_once"),
            models.CheckConstraint(
                condition=Q(in_place_of__isnull=True) | ~Q(in_place_of=F("person")),
                name="nobody_deputises_for_themselves",
            ),
            models.CheckConstraint(
                condition=Q(took_the_chair=False) | Q(presence="present"), name="who_chairs_is_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_presence_display()}"
