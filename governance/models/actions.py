"""Actions that a body gave somebody, when they are due, what became of them, and who was reminded."""

from __future__ import annotations

from textwrap import shorten

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User

from .agenda import AgendaItem
from .bodies import Body
from .files import StoredFile
from .meetings import Meeting

PRIVATE_TEXT = "An action from the private part"
SHORT = 120


class Action(models.Model):
    """Something to be done. Open until it is done or dropped; overdue is derived from the day it is due.

    Due on a day (`due_on`), in a month (`due_month`, its last day), at a meeting (`due_meeting`), or at the
    meeting of a body in a month, which may not be planned yet (`due_body` with `due_month`). None: not held.
    The day that follows from them is `governance.actions.due_day`.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    class Kind(models.TextChoices):
        ACTION = "action", "Action"
        COMMITMENT = "commitment", "Commitment"
        SCRUTINY = "scrutiny", "Scrutiny request"

    body = models.ForeignKey(Body, models.PROTECT, related_name="actions")
    commissioner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="actions")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.ACTION)
    text = models.TextField()
    due_on = models.DateField("due", null=True, blank=True)
    due_month = models.DateField("due in", null=True, blank=True)
    due_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="actions_due"
    )
    due_body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="actions_due")
    status = models.CharField(max_length=7, choices=Status.choices, default=Status.OPEN)
    recorded_on = models.DateField("recorded", null=True, blank=True)
    closed_on = models.DateField("closed", null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="an_action_says_what"),
            models.CheckConstraint(
                condition=Q(status="open", closed_on__isnull=True) | ~Q(status="open"),
                name="an_open_action_is_not_closed",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True, due_meeting__isnull=True)
                | Q(due_on__isnull=True, due_month__isnull=True)
                | Q(due_meeting__isnull=True, due_month__isnull=True),
                name="due_in_one_way",
            ),
            models.CheckConstraint(
                condition=Q(due_body__isnull=True) | Q(due_month__isnull=False),
                name="due_at_a_body_in_a_month",
            ),
        ]

    def __str__(self) -> str:
        """What anybody may read of it: no words of an action that was given out in private."""
        return PRIVATE_TEXT if self.is_private else shorten(self.text, SHORT, placeholder=" …")

    @property
    def is_private(self) -> bool:
        return bool(self.item and self.item.is_private)

    def get_absolute_url(self) -> str:
        return reverse("governance:action", args=[self.pk])


class ActionOwner(models.Model):
    """Who does it: a person, an organisation, or several that go by one name ("all providers")."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="owners")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="owns_actions")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="owns_actions"
    )
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, organisation__isnull=True, name="")
                | Q(person__isnull=True, organisation__isnull=False, name="")
                | Q(person__isnull=True, organisation__isnull=True) & ~Q(name=""),
                name="an_owner_is_one_of_three",
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.organisation or self.name)


class ActionUpdate(models.Model):
    """What somebody said of an action on a day: how it stands, or why it was changed, done or dropped.

    `text` is the update, the reason, or the evidence of what is done, which may be a file instead. `before`
    is what stood until then, in words: the earlier due date.
    """

    class Kind(models.TextChoices):
        UPDATE = "update", "Update"
        DUE = "due", "Another due date"
        CHANGED = "changed", "Changed"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"
        REOPENED = "reopened", "Reopened"

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.UPDATE)
    text = models.TextField(blank=True)
    before = models.TextField(blank=True)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="action_update"
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") | Q(kind="done", file__isnull=False), name="an_update_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Reminder(models.Model):
    """A reminder of an action to a user: once in the week before it is due, once on the day.

    The row is written before the mail goes out, so that nobody gets it twice; `sent_at` is empty until the
    mail server took it.
    """

    class When(models.TextChoices):
        WEEK = "week", "The week before"
        DAY = "day", "On the day"

    action = models.ForeignKey(Action, models.PROTECT, related_name="reminders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    when = models.CharField(max_length=4, choices=When.choices)
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "user", "when", "due_on"], name="reminded_once_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_when_display()}"
