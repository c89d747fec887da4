"""Actions that a body gave somebody, when they are due, what became of them, and who was reminded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from pcnportal.history.models import Source
from pcnportal.people.models import Organisation, Person, User

from .agenda import AgendaItem
from .bodies import Body
from .files import StoredFile
from .meetings import Meeting


class Action(models.Model):
    """Something to be done. Open until it is done or dropped; overdue is derived from the day it is due.

    Due on a day (`due_on`), in a month (`due_month`, its first day), at a meeting (`due_meeting`), or at the
    meeting of a body in a month that is not planned yet (`due_body` with `due_month`). None: not held.
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
    closed_on = models.DateField("closed", null=True, blank=True)
    evidence = models.TextField(blank=True)
    evidence_file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="action"
    )
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
                condition=~Q(status="done") | ~Q(evidence="") | Q(evidence_file__isnull=False),
                name="done_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_month__isnull=True, due_meeting__isnull=True),
                name="due_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.text

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
    """How an action stands, said by somebody on a day."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Reminder(models.Model):
    """A reminder of an action that a user was sent: once in the week before it is due, once on the day."""

    class When(models.TextChoices):
        WEEK = "week", "The week before"
        DAY = "day", "On the day"

    action = models.ForeignKey(Action, models.PROTECT, related_name="reminders")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    when = models.CharField(max_length=4, choices=When.choices)
    due_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "user", "when", "due_on"], name="reminded_once_of_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_when_display()}"
