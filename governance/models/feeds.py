"""Private addresses of calendars."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from pcnportal.people.models import User


class CalendarFeed(models.Model):
    """The private address under which a user's calendar is read without signing in, until it is withdrawn.

    `digest` is the SHA-256 of the address's secret: the secret itself is shown once and kept nowhere.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="calendar_feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(withdrawn_at__isnull=True), name="one_calendar_address"
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.user}"
